"""Printers without a cable, with hands: a ticket printer that makes PNG files and a page printer that makes PDF files."""

import itertools
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from devices.hands import Hand, Sight, fault_named
from devices.health import worst
from devices.printers.escpos_paper import png
from devices.printers.pdf_apart import pdf_apart
from devices.printers.slip import DOTS_PER_MM, render, warm_up
from devices.simulated import Simulated
from kiosk.errors import Fault
from kiosk.ports.document import Document, ready_pages
from kiosk.ports.printer import Outcome, PrinterCapabilities, PrintOutcome, failed
from kiosk.texts import Msg, msg

FAULTS: dict[Fault, Msg] = {
    Fault.PAPER_LOW: msg("Paper nearly out"),
    Fault.PAPER_OUT: msg("Paper out"),
    Fault.PAPER_JAM: msg("Paper jam"),
    Fault.COVER_OPEN: msg("Cover open"),
    Fault.OFFLINE: msg("Switched offline"),
    Fault.HARDWARE: msg("Printer error"),
}
SLIP_FAULTS = FAULTS | {Fault.CUTTER: msg("Cutter stuck"), Fault.HEAD_HOT: msg("Print head too hot")}
PAGE_FAULTS = FAULTS | {
    Fault.TONER_LOW: msg("Toner nearly out"),
    Fault.TONER_OUT: msg("Toner out"),
    Fault.OUTPUT_FULL: msg("Output tray full"),
}


class _SimulatedPrinter(Simulated):
    """What both have in common: faults, the paper that hangs out, and one print per job."""

    called = "printer"

    faults_known: dict[Fault, Msg]
    ending: str
    width_mm: float

    def __init__(self, folder: str, print_s: float) -> None:
        super().__init__()
        self._folder = Path(folder) if folder else None
        self._print_s = print_s
        self._faults: set[Fault] = set()
        self._done: dict[str, PrintOutcome] = {}
        self._numbers = itertools.count(1)
        self.papers: list[bytes] = []
        self.hanging: bytes | None = None

    def _made(self, document: Document) -> bytes:
        raise NotImplementedError

    def _picture(self) -> bytes | None:
        return None

    # --- the port ------------------------------------------------------------------------------------------

    @property
    def capabilities(self) -> PrinterCapabilities:
        """It confirms, and it senses the paper being taken."""
        return PrinterCapabilities(self.width_mm, can_confirm=True, can_tell_taken=True)

    def print(self, job_id: str, document: Document) -> PrintOutcome:
        """Print once per `job_id`. Raises DeviceUnavailable if closed."""
        if job_id in self._done:
            return self._done[job_id]
        self._require()
        self._done[job_id] = self._attempt(document)
        return self._done[job_id]

    def await_taken(self, timeout_s: float) -> bool | None:
        """Wait until nothing hangs out."""
        with self._changed:
            return self._changed.wait_for(lambda: self.hanging is None, timeout_s)

    def discard(self, begun: bool = False) -> None:
        """Nothing waits in this printer: a job that fails is gone."""

    def _troubles(self) -> Collection[Fault]:
        return self._faults

    def _attempt(self, document: Document) -> PrintOutcome:
        paper = b"" if worst(self._faults) else self._made(document)
        time.sleep(self._print_s)
        if not self.plugged:
            return failed(Fault.UNPLUGGED)
        if fault := worst(self._faults):
            return failed(fault)
        self._put_out(paper)
        return PrintOutcome(Outcome.OUT)

    def _put_out(self, paper: bytes) -> None:
        self.hanging = paper
        self.papers.append(paper)
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / f"paper-{next(self._numbers):03d}.{self.ending}").write_bytes(paper)

    # --- hands ---------------------------------------------------------------------------------------------

    def take(self, _choice: str = "") -> None:
        """Take the paper."""
        with self._change():
            self.hanging = None

    def break_with(self, fault: str) -> None:
        """A fault by its name in `Fault`; "" or "none" ends all. Raises SetupError for one it cannot have."""
        if named := fault_named(fault, self.faults_known, self.called):
            self._faults.add(Fault(named))
        else:
            self._faults.clear()

    def refill(self, _choice: str = "") -> None:
        """Put in paper, and toner where there is toner."""
        self._faults -= {Fault.PAPER_LOW, Fault.PAPER_OUT, Fault.TONER_LOW, Fault.TONER_OUT}

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers."""
        moods: Iterable[tuple[str, Msg]] = ((fault.value, label) for fault, label in self.faults_known.items())
        return (
            Hand("take", msg("Take the paper"), "receipt-text-check", self.take),
            Hand("refill", msg("Put in paper"), "paper-roll", self.refill),
            Hand("fault", msg("Printer fault"), "alert", self.break_with, (("none", msg("No fault")), *moods)),
            *self.cable_hands(),
        )

    def sight(self) -> Sight | None:
        """The paper that hangs out."""
        if self.hanging is None:
            return Sight(msg("Nothing hangs out of the printer"))
        return Sight(msg("Paper hangs out of the printer"), self._picture())


class SimulatedTicketPrinter(_SimulatedPrinter):
    """Makes the slip that a real printer would print, as PNG."""

    faults_known = SLIP_FAULTS
    ending = "png"

    @dataclass(frozen=True)
    class Options:
        """`width_dots` at 203 dpi; `folder` for the PNG files, none when empty; `print_s`: how long a slip takes."""

        width_dots: int = 576
        folder: str = ""
        print_s: float = 0.0

    def __init__(self, options: Options) -> None:
        super().__init__(options.folder, options.print_s)
        self.options = options
        self.width_mm = options.width_dots / DOTS_PER_MM

    def open(self) -> None:
        """Connect, and load the typefaces. Raises DeviceUnavailable while unplugged."""
        super().open()
        warm_up(self.options.width_dots, "zh_CN")

    def _attempt(self, document: Document) -> PrintOutcome:
        """Pages do not go onto a roll."""
        return super()._attempt(document) if ready_pages(document) is None else failed(Fault.WRONG_DEVICE)

    def _made(self, document: Document) -> bytes:
        ink = render(document, self.options.width_dots)
        return png(ink.point([255, *[0] * 255]))

    def _picture(self) -> bytes | None:
        return self.hanging


class SimulatedPagePrinter(_SimulatedPrinter):
    """Makes the pages that a real printer would get, as PDF."""

    faults_known = PAGE_FAULTS
    ending = "pdf"
    width_mm = 210.0

    @dataclass(frozen=True)
    class Options:
        """`folder` for the PDF files, none when empty; `print_s`: how long a document takes."""

        folder: str = ""
        print_s: float = 0.0

    def __init__(self, options: Options) -> None:
        super().__init__(options.folder, options.print_s)
        self.options = options

    def _made(self, document: Document) -> bytes:
        return pdf_apart(document)
