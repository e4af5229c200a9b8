"""Prints: entered in the ledger before the act, told as what the printer knows, discarded when the visit ends."""

import logging
import threading
from collections.abc import Mapping
from uuid import uuid4

from kiosk import events
from kiosk.context import Context, Handler
from kiosk.documents import Writer
from kiosk.effects import Effect, PrinterName, PrintGuide, PrintTicket
from kiosk.errors import DeviceUnavailable, Fault, PrintFailed, StoreError
from kiosk.events import Event
from kiosk.handlers.results import NoRequest, post
from kiosk.ports.document import Document
from kiosk.ports.ledger import PrintLedger, PrintState
from kiosk.ports.printer import Outcome, Printer, PrintOutcome
from kiosk.ports.worker import DeviceWorker, Request

log = logging.getLogger(__name__)

STATES = {Outcome.OUT: PrintState.OUT, Outcome.SENT: PrintState.SENT, Outcome.FAILED: PrintState.VOID}


class PrintHandlers:
    """Over the printers' workers and the print ledger."""

    def __init__(self, workers: Mapping[str, DeviceWorker], ledger: PrintLedger) -> None:
        self._workers, self._ledger = workers, ledger

    def table(self) -> Mapping[type[Effect], Handler]:
        """Effect -> handler."""
        return {PrintTicket: self._print_ticket, PrintGuide: self._print_guide}

    def discard(self) -> None:
        """The visit is over: nothing of it may print later."""
        for name in PrinterName:
            if name in self._workers:
                self._workers[name].ask(lambda printer, _cancelled: printer.discard(), lambda _result: None)
        self._ledger.void_prints()

    def print(self, name: str, document: Document, ctx: Context) -> Request:
        """Print a document that has no effect of its own: PrintedOut, PrintSent or PrintFailed."""
        return self._print(name, document, ctx)

    def _print_ticket(self, effect: PrintTicket, ctx: Context) -> Request:
        return self._print(PrinterName.TICKET, Writer(ctx.words, ctx.world).ticket(effect.ticket), ctx)

    def _print_guide(self, effect: PrintGuide, ctx: Context) -> Request:
        writer, item = Writer(ctx.words, ctx.world), ctx.world.catalogue.by_id[effect.item]
        document = writer.guide(item) if effect.printer is PrinterName.A4 else writer.short_guide(item)
        return self._print(effect.printer, document, ctx)

    def _print(self, name: str, document: Document, ctx: Context) -> Request:
        worker = self._workers.get(name)
        if worker is None:
            ctx.post(events.PrintFailed(Fault.UNPLUGGED))
            return NoRequest()
        job_id = uuid4().hex

        def work(printer: Printer, cancelled: threading.Event) -> Event:
            # Here, not on the main thread: a disk that is slow or full makes a failed print, not a lost number.
            self._ledger.prepare_print(job_id, document.name)
            # A print that waited behind another, and whose person has left, must not come out.
            if cancelled.is_set():
                return events.PrintFailed(Fault.OFFLINE)
            self._mark(job_id, PrintState.SENT)
            outcome = printer.print(job_id, document)
            self._mark(job_id, STATES[outcome.outcome])
            return print_event(outcome)

        return worker.ask(work, lambda result: post(ctx, result, print_trouble))

    def _mark(self, job_id: str, state: PrintState) -> None:
        try:
            self._ledger.mark_print(job_id, state)
        except StoreError:
            # The visit ended, and voided the job, while the printer was at it.
            log.info("a print became %s after its visit had ended", state)


def print_event(outcome: PrintOutcome) -> Event:
    """Only what is known."""
    if outcome.outcome is Outcome.OUT:
        return events.PrintedOut()
    if outcome.outcome is Outcome.SENT:
        return events.PrintSent()
    return events.PrintFailed(outcome.fault or Fault.HARDWARE)


def print_trouble(error: Exception) -> Event:
    """A printer's exception as an event."""
    return events.PrintFailed(error.fault if isinstance(error, PrintFailed | DeviceUnavailable) else Fault.HARDWARE)
