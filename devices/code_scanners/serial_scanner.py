"""Scanners for bar codes and QR codes on a serial line: USB in CDC mode ("virtual COM port"), RS-232, serial servers.

They speak without being asked and answer nothing, so that nothing tells a scanner from another device on the same port;
what that one sends is refused as noise. 8N1; the speed matters to RS-232 alone.
"""

import time
from dataclasses import dataclass

from devices.code_scanners.framing import Framer, Suffix
from devices.code_scanners.texts import Inbox, Marks
from devices.health import status_of
from devices.transports.line import Line, open_line
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.code_scanner import Code
from kiosk.ports.device import ABSENT, READY, Status

CHUNK = 4096
CHUNKS = 16
"""Reads at one look: 64 kB, so that a look ends however much noise comes."""
NOTHING_S = 3600.0


class SerialCodeScanner:
    """A scanner on a cable."""

    @dataclass(frozen=True)
    class Options:
        """`url`: where it is connected. `suffix`: what ends a code, see framing.py. `prefix`: what the scanner was set to
        send before each code; `aim`: whether it sends AIM identifiers. Both are taken off, and a code without is refused."""

        url: str
        baud: int = 9600
        suffix: Suffix = "auto"
        prefix: str = ""
        aim: bool = False

    def __init__(self, options: Options) -> None:
        self.options = options
        self._line: Line | None = None
        self._inbox = Inbox(options.url, Marks(options.prefix.encode(), options.aim))
        self._framer = Framer(self._inbox, options.suffix)

    def open(self) -> None:
        """Open the cable. Raises DeviceUnavailable."""
        if self._line is None:
            self._line = open_line(self.options.url, self.options.baud)
            self._inbox.clear()
            self._framer = Framer(self._inbox, self.options.suffix)

    def close(self) -> None:
        """Let go of the cable."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def status(self) -> Status:
        """READY while the cable is there; a scanner that went away is closed, so that it can be opened again."""
        if self._line is None:
            return ABSENT
        try:
            self._listen(0)
        except DeviceUnavailable as error:
            self.close()
            return status_of((error.fault,))
        return READY

    def await_code(self, timeout_s: float) -> Code | None:
        """The next code. Raises DeviceUnavailable."""
        end = time.monotonic() + timeout_s
        while True:
            if (code := self._inbox.take()) is not None:
                return code
            now = time.monotonic()
            if now >= end and self._line is not None:
                return None
            due = self._framer.due() or now + NOTHING_S
            self._listen(max(0.0, min(end, due) - now))

    def clear(self) -> None:
        """Forget what came, and the rest of what is just coming."""
        try:
            self._listen(0)
        except DeviceUnavailable:
            self.close()
        self._framer.deafen(time.monotonic())
        self._inbox.clear()

    def _listen(self, wait_s: float) -> None:
        """Take what is there; waits for the first byte only."""
        line = self._open_line()
        data = line.read(1, wait_s)
        for _ in range(CHUNKS):
            self._framer.feed(data, time.monotonic())
            if not data:
                return
            data = line.read(CHUNK, 0)

    def _open_line(self) -> Line:
        if self._line is None:
            raise DeviceUnavailable(f"The code scanner at {self.options.url} is closed.", Fault.UNPLUGGED)
        return self._line
