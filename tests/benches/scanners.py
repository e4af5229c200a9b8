"""Document scanners."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devices import registry
from kiosk.errors import Fault
from tests.sane_desk import STATUSES as SANE_STATUSES
from tests.sane_desk import SaneDesk


@dataclass
class ScannerBench:
    """A scanner with hands. `fill`: sheets into the feeder, how many there are then; `empty`: take them out. `faults`:
    fault -> bring it about; `mend` ends any. `slow`: from now on a page takes many seconds."""

    scanner: Any
    lay: Callable[[], None]
    fill: Callable[[], int]
    empty: Callable[[], None]
    faults: Mapping[Fault, Callable[[], None]]
    mend: Callable[[], None]
    slow: Callable[[], None]
    unplug: Callable[[], None]
    plug: Callable[[], None]


@contextmanager
def simulated_scanner(_folder: Path) -> Iterator[ScannerBench]:
    scanner = registry.build("document_scanner", "simulated", {})
    faults = {
        fault: (lambda fault=fault: scanner.break_with(fault.value))
        for fault in (Fault.PAGE_JAM, Fault.LID_OPEN, Fault.IN_USE, Fault.HARDWARE)
    }

    def fill() -> int:
        scanner.fill("3")
        return 3

    yield ScannerBench(
        scanner,
        lambda: scanner.lay("form"),
        fill,
        lambda: scanner.fill("0"),
        faults,
        lambda: scanner.break_with("none"),
        lambda: scanner.pace("slow"),
        scanner.unplug,
        scanner.plug,
    )


@contextmanager
def sane(folder: Path) -> Iterator[ScannerBench]:
    """SANE's own test device; its configuration file says how it behaves."""
    desk = SaneDesk(folder / "sane")
    scanner = registry.build("document_scanner", "sane", {"device": desk.device, "config": str(desk.folder)})
    faults = {fault: (lambda status=status: desk.set(status=status)) for fault, status in SANE_STATUSES.items()}

    def fill() -> int:
        desk.set()
        return desk.SHEETS

    yield ScannerBench(
        scanner,
        desk.set,
        fill,
        lambda: desk.set(status="NO_DOCS"),
        faults,
        desk.set,
        lambda: desk.set(slow=True),
        lambda: desk.set(plugged=False),
        desk.set,
    )
