"""SANE's own `test` backend as a scanner on a desk: a private configuration folder whose file says how it behaves.

Its feeder always holds ten sheets; what it is told to answer, it answers to every read (sane-test(5)).
"""

from pathlib import Path
from typing import ClassVar

from kiosk.errors import Fault

STATUSES = {
    Fault.PAGE_JAM: "JAMMED",
    Fault.LID_OPEN: "COVER_OPEN",
    Fault.IN_USE: "DEVICE_BUSY",
    Fault.HARDWARE: "IO_ERROR",
}
DEFAULTS = """\
mode Color
depth 8
resolution 100
test-picture "Color pattern"
geometry_min 0.0
geometry_max 300.0
geometry_quant 1.0
"""


class SaneDesk:
    """`folder` is for SANE_CONFIG_DIR, `device` the one whose cable can be pulled. What is set holds from the next call of
    scanimage on."""

    device: ClassVar[str] = "*:1"

    SHEETS: ClassVar[int] = 10

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "dll.conf").write_text("test\n")
        self.set()

    def set(self, *, plugged: bool = True, status: str = "", slow: bool = False) -> None:
        """Whether it is connected, the status that reading gives ("JAMMED"), and whether it dawdles."""
        lines = [
            f"number_of_devices {2 if plugged else 1}",
            f'read-status-code "{f"SANE_STATUS_{status}" if status else "Default"}"',
            f"read-delay {'true' if slow else 'false'}",
            "read-delay-duration 200000",
        ]
        (self.folder / "test.conf").write_text(DEFAULTS + "\n".join(lines) + "\n")
