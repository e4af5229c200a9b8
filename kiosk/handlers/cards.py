"""Reads ID cards: waits for one, and never takes one that an earlier visit left lying for this person's."""

import threading
from collections.abc import Callable, Mapping
from time import monotonic

from kiosk import events
from kiosk.context import Context, Handler
from kiosk.effects import Effect, ReadCard
from kiosk.errors import CardGone, CardNotGenuine, CardUnreadable, DeviceUnavailable, Fault
from kiosk.events import Event
from kiosk.handlers.results import SLICE_S, NoRequest, post
from kiosk.ports.card_reader import CardReader
from kiosk.ports.worker import DeviceWorker, Request

GONE_S = 1.0
"""How long it may take a reader to be sure that a card is gone."""
CARD_PATIENCE_S = 600.0
"""A reader is watched as long as the step lasts; this only bounds a request that nobody cancels."""


class CardHandlers:
    """Over the worker of the card reader."""

    def __init__(self, workers: Mapping[str, DeviceWorker]) -> None:
        self._workers = workers
        self._last_read: int | None = None
        """The visit in which the card on the reader was read, until it is seen to be gone."""
        self._watch: Request = NoRequest()

    def table(self) -> Mapping[type[Effect], Handler]:
        """Effect -> handler."""
        return {ReadCard: self._read_card}

    @property
    def card_lies(self) -> bool:
        """Whether a card that was read has not been seen to go."""
        return self._last_read is not None

    def make_way(self) -> None:
        """Somebody else wants the reader: it is no longer watched for the last card's going."""
        self._watch.cancel()

    def left_in(self, visit: int) -> None:
        """A card was read elsewhere in this visit, and may still lie there for the next one."""
        self._last_read = visit

    def _read_card(self, _effect: ReadCard, ctx: Context) -> Request:
        worker = self._workers.get("card_reader")
        if worker is None:
            ctx.post(events.CardReaderLost(Fault.UNPLUGGED))
            return NoRequest()
        self._watch.cancel()

        def done(result: object) -> None:
            post(ctx, result, card_trouble)
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


def read_card(reader: CardReader, cancelled: threading.Event, post: Callable[[Event], None]) -> Event | None:
    """Wait for a card in short slices and read it. None when cancelled. Raises what the reader raises."""
    until = monotonic() + CARD_PATIENCE_S
    while not cancelled.is_set() and monotonic() < until:
        if reader.await_card(SLICE_S):
            post(events.CardSeen())
            return events.CardRead(reader.read())
    return None


def card_trouble(error: Exception) -> Event:
    """A reader's exception as an event."""
    if isinstance(error, CardNotGenuine):
        return events.CardFailed(genuine=False)
    if isinstance(error, CardUnreadable | CardGone):
        return events.CardFailed()
    return events.CardReaderLost(error.fault if isinstance(error, DeviceUnavailable) else Fault.HARDWARE)
