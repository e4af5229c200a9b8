"""A scanner without a cable, with hands: glass, feeder, and all that can go wrong with them."""

from collections.abc import Collection, Generator
from dataclasses import dataclass

from devices.hands import PULLED_OUT, Hand, Sight, fault_named
from devices.simulated import Simulated
from kiosk.errors import Fault, NothingToScan, ScanFailed, SetupError
from kiosk.ports.page import Page
from kiosk.ports.scanner import ScannerCapabilities, ScanOrder, Source
from kiosk.texts import Msg, counted, msg

DPIS = (100, 150, 200, 300)
FAULTS: dict[Fault, Msg] = {
    Fault.PAGE_JAM: msg("A page is stuck"),
    Fault.LID_OPEN: msg("The cover is open"),
    Fault.IN_USE: msg("Another program uses it"),
    Fault.HARDWARE: msg("Scanner error"),
}
SHEETS: dict[str, Msg] = {
    "form": msg("An application form"),
    "certificate": msg("A certificate with a red seal"),
    "plan": msg("A floor plan"),
    "nothing": msg("Nothing"),
}
"""What can be laid on it; `sample_pages` draws them."""
STACK = ("form", "certificate", "plan")
"""What a stack of sheets is made of, over and over."""
STACKS = (1, 3, 10)
SLOW_S = 6.0


class SimulatedScanner(Simulated):
    """Scans sample pages."""

    called = "scanner"

    @dataclass(frozen=True)
    class Options:
        """`page_s`: how long a page takes, in seconds."""

        page_s: float = 0.0

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.options = options
        self._cancelled = self._slow = False
        self._fault: Fault | None = None
        self._glass = "nothing"
        self._feeder: list[str] = []
        self.scanning = False

    # --- the port ------------------------------------------------------------------------------------------

    @property
    def capabilities(self) -> ScannerCapabilities:
        """A glass of A4 and a feeder."""
        self._require()
        return ScannerCapabilities((Source.FLATBED, Source.FEEDER), DPIS, True, 210.0, 297.0)

    def scan(self, order: ScanOrder) -> Generator[Page, None, None]:
        """The page on the glass, or those of the feeder. Raises as the port says."""
        self._require()
        with self._changed:
            self._cancelled = False
        return self._pages(order)

    def cancel(self) -> None:
        """Stop the scan that is begun."""
        with self._change():
            self._cancelled = True

    def _pages(self, order: ScanOrder) -> Generator[Page, None, None]:
        feeder = order.source is Source.FEEDER
        if feeder and not self._feeder:
            raise NothingToScan("There is no paper in the feeder.")
        self.scanning = True
        try:
            while (page := self._page(order)) is not None:
                yield page
                if not (feeder and self._feeder):
                    return
        finally:
            self.scanning = False

    def _page(self, order: ScanOrder) -> Page | None:
        """The next page; None when the scan was cancelled."""
        from devices.scanners.sample_pages import picture  # noqa: PLC0415  Pillow is loaded when somebody scans

        kind = self._feeder.pop(0) if order.source is Source.FEEDER else self._glass
        with self._changed:
            self._changed.wait_for(self._interrupted, SLOW_S if self._slow else self.options.page_s)
            self._require()
            if self._fault:
                raise ScanFailed("The simulated scanner was told so.", self._fault)
            if self._cancelled:
                return None
        dpi = min((dpi for dpi in DPIS if dpi >= order.dpi), default=max(DPIS))
        return Page(*picture(kind, dpi, colour=order.colour), dpi)

    def _interrupted(self) -> bool:
        return self._cancelled or self._fault is not None or not self._here

    def _troubles(self) -> Collection[Fault]:
        return (self._fault,) if self._fault else ()

    # --- hands ---------------------------------------------------------------------------------------------

    def lay(self, kind: str) -> None:
        """Lay a sheet on the glass, or take it away. Raises SetupError for an unknown one."""
        if kind not in SHEETS:
            raise SetupError(f"There is no sheet {kind!r}. Known are {', '.join(SHEETS)}.")
        self._glass = kind

    def fill(self, sheets: str) -> None:
        """Put so many sheets into the feeder, after taking out what is in it. Raises SetupError for no number."""
        if not sheets.isdecimal() or len(sheets) > 3:
            raise SetupError(f"{sheets!r} is no number of sheets.")
        self._feeder = [STACK[number % len(STACK)] for number in range(int(sheets))]

    def break_with(self, fault: str) -> None:
        """A fault by its name in `Fault`; "" or "none" ends it. Raises SetupError for one it cannot have."""
        named = fault_named(fault, FAULTS, self.called)
        with self._change():
            self._fault = Fault(named) if named else None

    def pace(self, pace: str) -> None:
        """ "slow": a page takes six seconds; anything else: as the options say."""
        self._slow = pace == "slow"

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers."""
        stacks = tuple((str(n), counted("{n} sheet", "{n} sheets", n)) for n in STACKS)
        faults = (("none", msg("No fault")), *((fault.value, label) for fault, label in FAULTS.items()))
        paces = (("quick", msg("Scans quickly")), ("slow", msg("Scans slowly")))
        return (
            Hand("lay", msg("Lay a page on the glass"), "scanner", self.lay, tuple(SHEETS.items())),
            Hand("fill", msg("Put pages into the feeder"), "file-document-multiple-outline", self.fill, stacks),
            Hand("fault", msg("Scanner fault"), "alert", self.break_with, faults),
            Hand("pace", msg("How fast it scans"), "speedometer", self.pace, paces),
            *self.cable_hands(),
        )

    def sight(self) -> Sight | None:
        """What lies on the glass and in the feeder."""
        if not self.plugged:
            return Sight(PULLED_OUT)
        lies = msg("On the glass: {what}. In the feeder: {n}", what=SHEETS[self._glass], n=len(self._feeder))
        return Sight(lies)
