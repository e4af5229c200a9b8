"""Prints: entered in the ledger before the act, told as what the printer knows, discarded when the visit ends."""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias, cast
from uuid import uuid4

from kiosk import errors
from kiosk.context import Context, Handler
from kiosk.documents import Writer
from kiosk.effects.model import Effect
from kiosk.effects.prints import PrinterName, PrintGuide, PrintTicket
from kiosk.errors import DeviceUnavailable, Fault, StoreError
from kiosk.events.model import Event
from kiosk.events.prints import PrintedOut, PrintFailed, PrintSent, SlipTaken
from kiosk.handlers.results import NoRequest, post
from kiosk.handlers.slips import SlipWatch
from kiosk.ports.document import Document
from kiosk.ports.ledger import PrintLedger, PrintState
from kiosk.ports.printer import Outcome, Printer, PrintOutcome
from kiosk.ports.tally import NO_TALLY, Counter, Tally
from kiosk.ports.worker import DeviceWorker, Request

log = logging.getLogger(__name__)

Ended: TypeAlias = Callable[[Event], None]
"""Is told how a print ended."""
STATES = {Outcome.OUT: PrintState.OUT, Outcome.SENT: PrintState.SENT, Outcome.FAILED: PrintState.VOID}


class PrintHandlers:
    """Over the printers' workers, the print ledger and the counters."""

    def __init__(self, workers: Mapping[str, DeviceWorker], ledger: PrintLedger, tally: Tally = NO_TALLY) -> None:
        self._workers, self._ledger, self._tally = workers, ledger, tally
        self._slips: dict[str, SlipWatch] = {}
        self._half_a_slip = False
        """Whether an earlier run of the program may have left half a slip in a printer."""

    def table(self) -> Mapping[type[Effect], Handler]:
        """Effect -> handler."""
        return {PrintTicket: self._print_ticket, PrintGuide: self._print_guide}

    def discard(self) -> None:
        """The visit is over: nothing of it may print later."""
        self._tell_printers(lambda printer: printer.discard())
        for slip in tuple(self._slips.values()):
            slip.visit_over()
        self._ledger.void_prints()

    def recover(self) -> None:
        """What an earlier run left open is void. A ledger that cannot be written now keeps nobody from starting."""
        try:
            left = self._ledger.recover_prints()
        except StoreError as error:
            log.error("the prints of the last run are not known: %s", error)
            self._half_a_slip = True
            return
        self._half_a_slip = left.unknown > 0
        if left.total:
            counts = (left.unsent, left.unknown, left.out)
            log.warning("prints of an earlier run are void: %d not sent, %d not known to be out, %d out", *counts)

    def clear_printers(self) -> None:
        """Nothing of an earlier run may print."""
        begun, self._half_a_slip = self._half_a_slip, False
        self._tell_printers(lambda printer: printer.discard(begun=True) if begun else printer.discard())

    def _tell_printers(self, work: Callable[[Printer], None]) -> None:
        for name in PrinterName:
            if name in self._workers:
                self._workers[name].ask(lambda printer, _cancelled: work(printer), lambda _result: None)

    def print(
        self, name: str, document: Document, ctx: Context, ended: Ended | None = None, job_id: str = ""
    ) -> Request:
        """Print a document that has no effect of its own: PrintedOut, PrintSent or PrintFailed. `ended` gets the same event in
        the printer's thread before the visit does, and also when the visit is over. `job_id`: what it was entered as."""
        return self._print(name, document, ctx, ended, job_id)

    def enter(self, job_id: str, document: str) -> None:
        """Enter a print that is still to be made ready, so that it is known whatever happens until then."""
        try:
            self._ledger.prepare_print(job_id, document)
        except StoreError as error:
            log.warning("a print could not be entered yet: %s", error)  # without that it will not be printed either

    def over(self, document: str, since: datetime) -> Mapping[str, PrintState | None]:
        """What is known of prints that are over, by job. Raises StoreError."""
        return self._ledger.over_prints(document, since)

    def _print_ticket(self, effect: PrintTicket, ctx: Context) -> Request:
        return self._print(PrinterName.TICKET, Writer(ctx.words, ctx.world).ticket(effect.ticket), ctx)

    def _print_guide(self, effect: PrintGuide, ctx: Context) -> Request:
        writer, item = Writer(ctx.words, ctx.world), ctx.world.catalogue.by_id[effect.item]
        document = writer.guide(item) if effect.printer is PrinterName.A4 else writer.short_guide(item)
        return self._print(effect.printer, document, ctx)

    def _print(
        self, name: str, document: Document, ctx: Context, ended: Ended | None = None, entered: str = ""
    ) -> Request:
        tell = ended or _nobody
        worker = self._workers.get(name)
        if worker is None:
            tell(PrintFailed(Fault.UNPLUGGED))
            ctx.post(PrintFailed(Fault.UNPLUGGED))
            return NoRequest()
        job_id, alone = entered or uuid4().hex, threading.Event()

        def work(printer: Printer, cancelled: threading.Event) -> Event:
            # Here, not on the main thread: a disk that is slow or full makes a failed print, not a lost number.
            self._ledger.prepare_print(job_id, document.name)
            # A print that waited behind another, and whose person has left, must not come out.
            if cancelled.is_set():
                return PrintFailed(Fault.OFFLINE)
            outcome = self._printed(name, printer, job_id, document)
            if cancelled.is_set():
                alone.set()  # its person left meanwhile
            return print_event(outcome)

        def done(result: object) -> None:
            tell(print_trouble(result) if isinstance(result, Exception) else cast("Event", result))
            post(ctx, result, print_trouble)
            if isinstance(result, Exception):
                self._tally.count(name, Counter.ERRORS)
            elif isinstance(result, PrintedOut):
                self._await_taking(name, job_id, ctx, alone.is_set())

        return worker.ask(work, done)

    def _printed(self, name: str, printer: Printer, job_id: str, document: Document) -> PrintOutcome:
        """Entered before the act, and what is known after it. Raises StoreError where it cannot be entered, or was voided
        by the end of its visit: then nothing is sent."""
        if slip := self._slips.pop(name, None):
            slip.put_away(printer)
        self._ledger.mark_print(job_id, PrintState.SENT)
        outcome = printer.print(job_id, document)
        self._mark(job_id, STATES[outcome.outcome])
        self._count(name, outcome)
        return outcome

    def _count(self, name: str, outcome: PrintOutcome) -> None:
        if outcome.pages:
            self._tally.count(name, Counter.PAGES, outcome.pages)
            self._tally.count(name, Counter.PAGES_SINCE_REFILL, outcome.pages)
        if outcome.outcome is Outcome.FAILED:
            self._tally.count(name, Counter.ERRORS)
        elif name == PrinterName.TICKET:
            self._tally.count(name, Counter.CUTS)

    def _await_taking(self, name: str, job_id: str, ctx: Context, alone: bool) -> None:
        """Only a printer that can tell answers more than once."""

        def taken() -> None:
            self._mark(job_id, PrintState.TAKEN)
            ctx.post(SlipTaken())

        slip = self._slips[name] = SlipWatch(self._workers[name], taken)
        if alone:
            slip.visit_over()
        slip.begin()

    def _mark(self, job_id: str, state: PrintState) -> None:
        try:
            self._ledger.mark_print(job_id, state)
        except StoreError:
            log.warning("the ledger could not be told that a print is %s", state)


def _nobody(_event: Event) -> None:
    """Nobody but the visit wants to know."""


def print_event(outcome: PrintOutcome) -> Event:
    """Only what is known."""
    if outcome.outcome is Outcome.OUT:
        return PrintedOut()
    if outcome.outcome is Outcome.SENT:
        return PrintSent()
    return PrintFailed(outcome.fault or Fault.HARDWARE)


def print_trouble(error: Exception) -> Event:
    """A printer's exception as an event."""
    return PrintFailed(error.fault if isinstance(error, errors.PrintFailed | DeviceUnavailable) else Fault.HARDWARE)
