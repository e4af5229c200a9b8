"""A4 printers through a CUPS queue: `lp` hands the pages over, IPP says what became of them.

A job that did not come out is cancelled and purged before anything else happens, so that it cannot be printed after a
refill, in front of the next person; one that did is purged, too, so that its pages lie in no spool.
"""

import getpass
import logging
import re
from collections import OrderedDict
from dataclasses import dataclass
from typing import Literal

from devices.health import status_of, worst
from devices.printers.cups_job import GONE, JOB_NAME, Watch, hand_over
from devices.printers.cups_reasons import Unknown, faults_in, supplies_in, toner_low
from devices.printers.ipp import Answer, Ipp
from devices.printers.pdf_apart import pdf_apart
from kiosk.errors import DeviceUnavailable, Fault, SettingsError
from kiosk.ports.device import ABSENT, Health, Status
from kiosk.ports.document import Document
from kiosk.ports.printer import Outcome, PrinterCapabilities, PrintOutcome, Supply, failed
from kiosk.ports.weights import WEIGHTS

log = logging.getLogger(__name__)

JOBS_KEPT = 256
IDLE, PROCESSING, STOPPED = 3, 4, 5
"""printer-state."""
LIGHT = frozenset(WEIGHTS[Health.LOW])
"""Faults that a print does not disprove."""
QUEUE_ITSELF = ("paused", "moving-to-paused", "hold-new-jobs", "cups-missing-filter")
"""Reasons of a queue that its printer cannot know."""


class CupsPrinter:
    """Prints A4 pages."""

    @dataclass(frozen=True)
    class Options:
        """`queue` on the CUPS server `server` (host:port, loopback); `timeout_s`: how long a job may take without a page.

        `printer_uri`: the printer's own address (ipp://host/ipp/print), which is then asked how it is: CUPS itself knows that
        only while it prints. `sides`, `tray`: both sides of the sheet, and the tray (`lpoptions -p QUEUE -l` lists InputSlot);
        "" leaves it to the queue.
        """

        queue: str
        server: str = "localhost:631"
        timeout_s: float = 120.0
        media: str = "iso_a4_210x297mm"
        printer_uri: str = ""
        sides: Literal["one-sided", "two-sided-long-edge", "two-sided-short-edge"] = "one-sided"
        tray: str = ""

        def __post_init__(self) -> None:
            if not re.fullmatch(r"[A-Za-z0-9_.-]+", self.queue):
                raise SettingsError("queue must be the name of a CUPS queue: letters, digits, '_', '.', '-'.")
            if not re.fullmatch(r"[A-Za-z0-9_.-]*", self.tray):
                raise SettingsError("tray must be the name of a tray: letters, digits, '_', '.', '-'.")

        @property
        def job_options(self) -> tuple[str, ...]:
            """What `lp` is told with -o."""
            tray = (f"media-source={self.tray}", f"InputSlot={self.tray}") if self.tray else ()
            return (f"media={self.media}", f"sides={self.sides}", *tray)

    def __init__(self, options: Options) -> None:
        self.options = options
        self._queue = Ipp.queue(options.server, options.queue)
        self._printer = _own_address(options.printer_uri)
        self._user = getpass.getuser()
        self._is_open = False
        self._done: OrderedDict[str, PrintOutcome] = OrderedDict()
        self._jobs: set[int] = set()
        """Jobs of ours that may still be in the queue."""
        self._outdated: frozenset[Fault] = frozenset()
        """What is still reported although a job came out meanwhile, until it is reported no more."""
        self.unknown = Unknown()

    @property
    def capabilities(self) -> PrinterCapabilities:
        """A4; the queue says when a job is complete, no sensor says when it was taken."""
        return PrinterCapabilities(width_mm=210.0, can_confirm=True, can_tell_taken=False, can_tell_supplies=True)

    def open(self) -> None:
        """See that the queue is there, and purge what an earlier run left in it. Raises DeviceUnavailable."""
        if self._is_open:
            return
        if not self._queue.printer().ok:
            reason = f"There is no print queue {self.options.queue!r} at {self.options.server}. See 'lpstat -p'."
            raise DeviceUnavailable(reason, Fault.WRONG_DEVICE)
        self._jobs |= {number for number, name in self._queue.jobs(self._user).items() if name in (JOB_NAME, "")}
        self._is_open = True
        self.discard()

    def close(self) -> None:
        """Nothing is held open."""
        self._is_open = False

    def status(self) -> Status:
        """The queue's state, with the printer's own reasons; what could not be purged before is purged first."""
        if not self._is_open:
            return ABSENT
        if self._jobs:
            self.discard()
        try:
            answer, faults = self._state()
        except DeviceUnavailable as error:
            self._is_open = False
            return status_of((error.fault,))
        found = status_of(faults)
        busy = found.health is Health.READY and answer.number("printer-state") == PROCESSING
        return Status(Health.BUSY) if busy else found

    def supplies(self) -> tuple[Supply, ...]:
        """Toner and the like; () when it cannot be asked now, or does not say."""
        if not self._is_open:
            return ()
        try:
            return supplies_in((self._printer or self._queue).printer())
        except DeviceUnavailable:
            return ()

    def print(self, job_id: str, document: Document) -> PrintOutcome:
        """Print once; the same `job_id` again prints nothing and answers as before. Raises DeviceUnavailable if closed."""
        if job_id in self._done:
            return self._done[job_id]
        if not self._is_open:
            raise DeviceUnavailable(f"The print queue {self.options.queue} is not open.", Fault.UNPLUGGED)
        self._remember(job_id, failed(Fault.HARDWARE))
        self._remember(job_id, self._attempt(document))
        return self._done[job_id]

    def await_taken(self, timeout_s: float) -> bool | None:
        """A page printer cannot tell."""
        return None

    def discard(self, begun: bool = False) -> None:
        """Cancel and purge every job of ours that may still be in the queue; where that fails, at the next look at it.
        Pages have no half that could hang on the next person's: `begun` is nothing to this one."""
        for number in sorted(self._jobs):
            try:
                self._purge(number)
            except DeviceUnavailable:
                log.warning("%d print jobs could not be purged yet: the print service does not answer", len(self._jobs))
                return

    def _purge(self, number: int) -> None:
        """A job that was printing is purged only when its printer's driver has ended: it is asked for again then."""
        done = self._queue.cancel(number, self._user)
        if not done.ok or self._queue.job(number).status == GONE:
            self._jobs.discard(number)

    # --- a job ---------------------------------------------------------------------------------------------

    def _attempt(self, document: Document) -> PrintOutcome:
        try:
            answer, faults = self._state()
            if fault := worst(self._obstacles(answer, faults)):
                return failed(fault)
            number = hand_over(self.options.server, self.options.queue, self.options.job_options, pdf_apart(document))
            self._jobs.add(number)
            old = frozenset() if self._printer else faults | self._outdated
            outcome = Watch(self._queue, number, self.faults, self.options.timeout_s, old).outcome()
            if outcome.outcome is Outcome.OUT:
                self._outdated = self.faults() - LIGHT
            return outcome
        except DeviceUnavailable as error:
            return failed(error.fault)
        finally:
            self.discard()

    def _obstacles(self, answer: Answer, faults: frozenset[Fault]) -> frozenset[Fault]:
        """What is known to be in the way. What CUPS says of an idle queue may be long out of date, and only a job that is
        tried brings news."""
        idle = answer.ok and answer.number("printer-state") != STOPPED and not _refuses(answer)
        return frozenset() if idle and not self._printer else faults

    def faults(self) -> frozenset[Fault]:
        """What stands in the way now. Raises DeviceUnavailable."""
        return self._state()[1]

    def _state(self) -> tuple[Answer, frozenset[Fault]]:
        """The queue's answer, and the faults of queue and printer together."""
        queue = self._queue.printer()
        if not queue.ok:
            return queue, frozenset({Fault.WRONG_DEVICE})
        printer, reasons = queue, queue.words("printer-state-reasons")
        if self._printer:
            printer = self._printer.printer()
            own = tuple(reason for reason in reasons if reason.startswith(QUEUE_ITSELF))
            reasons = (*own, *printer.words("printer-state-reasons"))
        self.unknown.note(reasons)
        found = set(faults_in(reasons)) | ({Fault.TONER_LOW} if toner_low(printer) else set())
        if not worst(found) and (queue.number("printer-state") == STOPPED or _refuses(queue)):
            found.add(Fault.OFFLINE)
        self._outdated &= found
        if queue.number("printer-state") == IDLE:
            found -= self._outdated
        return queue, frozenset(found - ({Fault.TONER_LOW} if Fault.TONER_OUT in found else set()))

    def _remember(self, job_id: str, outcome: PrintOutcome) -> None:
        self._done[job_id] = outcome
        while len(self._done) > JOBS_KEPT:
            self._done.popitem(last=False)


def _refuses(answer: Answer) -> bool:
    return list(answer.values("printer-is-accepting-jobs")) == [False]


def _own_address(uri: str) -> Ipp | None:
    try:
        return Ipp.at(uri) if uri else None
    except ValueError as error:
        raise SettingsError(f"printer_uri: {error}") from error
