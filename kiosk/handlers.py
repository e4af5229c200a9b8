"""Does what journeys ask for: each effect is handed to a device's worker or to the pool, its result becomes an event.

A handler returns what can be cancelled. Results go through `post`, which carries the number of the visit that asked:
a late answer never reaches the next person.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from time import monotonic
from uuid import uuid4

from kiosk import events
from kiosk.context import Context, Handler
from kiosk.documents import Writer
from kiosk.effects import Effect, FindTickets, GiveUpTicket, PrinterName, PrintGuide, PrintTicket, ReadCard, TakeTicket
from kiosk.errors import (
    CardGone,
    CardNotGenuine,
    CardUnreadable,
    CentreRefused,
    DeviceUnavailable,
    Fault,
    PrintFailed,
    StoreError,
)
from kiosk.events import Event
from kiosk.ports.card_reader import CardReader, IdCard
from kiosk.ports.centre import Centre
from kiosk.ports.document import Document
from kiosk.ports.ledger import PrintLedger, PrintState
from kiosk.ports.printer import Outcome, Printer, PrintOutcome
from kiosk.ports.worker import DeviceWorker, Pool, Request

log = logging.getLogger(__name__)

SLICE_S = 0.2
"""How long a wait inside a worker may last before it looks whether it was cancelled."""
GONE_S = 1.0
"""How long it may take a reader to be sure that a card is gone."""
CARD_PATIENCE_S = 600.0
"""A reader is watched as long as the step lasts; this only bounds a request that nobody cancels."""


class Handlers:
    """The handlers over the station's workers and centre. `digest` makes a holder's digest from a card."""

    def __init__(
        self,
        workers: Mapping[str, DeviceWorker],
        pool: Pool,
        centre: Callable[[], Centre],
        digest: Callable[[IdCard], str],
        ledger: PrintLedger,
        queues_changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._workers, self._pool, self._centre, self._digest, self._ledger = workers, pool, centre, digest, ledger
        self._queues_changed = queues_changed
        self._last_read: int | None = None
        """The visit in which the card on the reader was read, until it is seen to be gone."""
        self._watch: Request = NoRequest()

    @property
    def card_lies(self) -> bool:
        """Whether a card that was read has not been seen to go."""
        return self._last_read is not None

    def table(self) -> Mapping[type[Effect], Handler]:
        """Effect -> handler; complete by test."""
        return {
            ReadCard: self._read_card,
            TakeTicket: self._take_ticket,
            FindTickets: self._find_tickets,
            GiveUpTicket: self._give_up,
            PrintTicket: lambda effect, ctx: self._print(
                "ticket_printer", Writer(ctx.words, ctx.world).ticket(effect.ticket), ctx
            ),
            PrintGuide: self._print_guide,
        }

    def discard_prints(self) -> None:
        """The visit is over: nothing of it may print later."""
        for name in ("ticket_printer", "a4_printer"):
            if name in self._workers:
                self._workers[name].ask(lambda printer, _cancelled: printer.discard(), lambda _result: None)
        self._ledger.void_prints()

    # --- cards -----------------------------------------------------------------------------------------------

    def _read_card(self, _effect: ReadCard, ctx: Context) -> Request:
        worker = self._workers.get("card_reader")
        if worker is None:
            ctx.post(events.CardReaderLost(Fault.UNPLUGGED))
            return NoRequest()
        self._watch.cancel()

        def done(result: object) -> None:
            _post(ctx, result, card_trouble)
            if isinstance(result, events.CardRead):
                self._watch = worker.ask(self._see_it_go, lambda _result: None)

        return worker.ask(lambda reader, cancelled: self._own_card(reader, cancelled, ctx), done)

    def _see_it_go(self, reader: CardReader, cancelled: threading.Event) -> None:
        """Until the next card is asked for: notice that the one just read is taken away."""
        until = monotonic() + CARD_PATIENCE_S
        while not cancelled.is_set() and monotonic() < until:
            if reader.await_removal(SLICE_S):
                self._last_read = None
                return

    def _own_card(self, reader: CardReader, cancelled: threading.Event, ctx: Context) -> Event | None:
        """A card, but never one that an earlier visit read and left lying: that is somebody else's."""
        if self._last_read not in (None, ctx.visit) and not reader.await_removal(GONE_S):
            return self._left_card(reader, cancelled, ctx)
        self._last_read = None
        event = read_card(reader, cancelled, ctx.post)
        if isinstance(event, events.CardRead):
            self._last_read = ctx.visit
        return event

    def _left_card(self, reader: CardReader, cancelled: threading.Event, ctx: Context) -> Event | None:
        ctx.post(events.CardLeft())
        while not cancelled.is_set():
            if reader.await_removal(SLICE_S):
                self._last_read = None
                return events.CardTaken()
        return None

    # --- tickets ---------------------------------------------------------------------------------------------

    def _ask_centre(self, ctx: Context, work: Callable[[Centre], Event]) -> Request:
        return self._pool.ask(lambda: work(self._centre()), lambda result: _post(ctx, result, centre_trouble))

    def _take_ticket(self, effect: TakeTicket, ctx: Context) -> Request:
        def take(centre: Centre) -> Event:
            holder = self._digest(effect.holder) if effect.holder else None
            taken = centre.take_ticket(effect.queue, holder, effect.key)
            self._queues_changed()
            return events.TicketTaken(taken.ticket, taken.already_open)

        return self._ask_centre(ctx, take)

    def _find_tickets(self, effect: FindTickets, ctx: Context) -> Request:
        return self._ask_centre(
            ctx, lambda centre: events.TicketsFound(centre.open_tickets(self._digest(effect.holder)))
        )

    def _give_up(self, effect: GiveUpTicket, ctx: Context) -> Request:
        def give_up(centre: Centre) -> Event:
            ticket = centre.give_up_ticket(effect.ticket_id)
            self._queues_changed()
            return events.TicketGivenUp(ticket)

        return self._ask_centre(ctx, give_up)

    # --- prints ----------------------------------------------------------------------------------------------

    def _print_guide(self, effect: PrintGuide, ctx: Context) -> Request:
        writer, item = Writer(ctx.words, ctx.world), ctx.world.catalogue.by_id[effect.item]
        document = writer.guide(item) if effect.printer is PrinterName.A4 else writer.short_guide(item)
        return self._print(effect.printer.value, document, ctx)

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

        return worker.ask(work, lambda result: _post(ctx, result, print_trouble))

    def _mark(self, job_id: str, state: PrintState) -> None:
        try:
            self._ledger.mark_print(job_id, state)
        except StoreError:
            # The visit ended, and voided the job, while the printer was at it.
            log.info("a print became %s after its visit had ended", state)


STATES = {Outcome.OUT: PrintState.OUT, Outcome.SENT: PrintState.SENT, Outcome.FAILED: PrintState.VOID}


class NoRequest:
    """Nothing was begun."""

    def cancel(self) -> None:
        """Nothing to stop."""


def read_card(reader: CardReader, cancelled: threading.Event, post: Callable[[Event], None]) -> Event | None:
    """Wait for a card in short slices and read it. None when cancelled. Raises what the reader raises."""
    until = monotonic() + CARD_PATIENCE_S
    while not cancelled.is_set() and monotonic() < until:
        if reader.await_card(SLICE_S):
            post(events.CardSeen())
            return events.CardRead(reader.read())
    return None


def print_event(outcome: PrintOutcome) -> Event:
    """Only what is known."""
    if outcome.outcome is Outcome.OUT:
        return events.PrintedOut()
    if outcome.outcome is Outcome.SENT:
        return events.PrintSent()
    return events.PrintFailed(outcome.fault or Fault.HARDWARE)


def card_trouble(error: Exception) -> Event:
    """A reader's exception as an event."""
    if isinstance(error, CardNotGenuine):
        return events.CardFailed(genuine=False)
    if isinstance(error, CardUnreadable | CardGone):
        return events.CardFailed()
    return events.CardReaderLost(error.fault if isinstance(error, DeviceUnavailable) else Fault.HARDWARE)


def print_trouble(error: Exception) -> Event:
    """A printer's exception as an event."""
    return events.PrintFailed(error.fault if isinstance(error, PrintFailed | DeviceUnavailable) else Fault.HARDWARE)


def centre_trouble(error: Exception) -> Event:
    """The centre's exception as an event. What we do not understand counts as refused, not as "try again"."""
    return events.CentreSaidNo(error.code) if isinstance(error, CentreRefused) else events.CentreAway()


def _post(ctx: Context, result: object, trouble: Callable[[Exception], Event]) -> None:
    if isinstance(result, Exception):
        log.warning("a request failed: %s", result)
        ctx.post(trouble(result))
    elif isinstance(result, Event):
        ctx.post(result)
