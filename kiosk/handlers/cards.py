"""Reads cards: waits on every reader the station has, the first card wins, and never is a card read that an earlier
visit left lying for this person's."""

import threading
from collections.abc import Callable, Mapping
from time import monotonic
from typing import TypeAlias

from kiosk.context import Context, Handler
from kiosk.effects.cards import ReadCard
from kiosk.effects.model import Effect
from kiosk.errors import CardGone, CardNotGenuine, CardUnreadable, DeviceUnavailable, Fault
from kiosk.events.cards import CardFailed, CardLeft, CardRead, CardReaderLost, CardSeen, CardTaken
from kiosk.events.model import Event
from kiosk.handlers.card_race import Race
from kiosk.handlers.results import SLICE_S, NoRequest, count_trouble
from kiosk.ports.card_reader import CardKind, CardReader, IdCard
from kiosk.ports.citizen_card import CitizenCard, CitizenCardReader
from kiosk.ports.tally import NO_TALLY, Counter, Tally
from kiosk.ports.worker import DeviceWorker, Request

AnyReader: TypeAlias = CardReader | CitizenCardReader
READERS = ("card_reader", "citizen_card_reader")
"""The workers of a station that read cards, the ID-card reader first."""
GONE_S = 1.0
"""How long it may take a reader to be sure that a card is gone."""
CARD_PATIENCE_S = 600.0
"""A reader is watched as long as the step lasts; this only bounds a request that nobody cancels."""


class CardHandlers:
    """Over the workers of the card readers."""

    def __init__(self, workers: Mapping[str, DeviceWorker], tally: Tally = NO_TALLY) -> None:
        self._workers, self._tally = workers, tally
        self._seen: dict[str, int] = {}
        """Per reader: the visit that put a card on it, read or not, until the card is seen to be gone."""
        self._watches: dict[str, Request] = {}

    def table(self) -> Mapping[type[Effect], Handler]:
        """Effect -> handler."""
        return {ReadCard: self._read_card}

    @property
    def card_lies(self) -> bool:
        """Whether a card has not been seen to go."""
        return bool(self._seen)

    def make_way(self, name: str) -> None:
        """Somebody else wants this reader: it is no longer watched for the last card's going."""
        if name in self._watches:
            self._watches[name].cancel()

    def left_in(self, name: str, visit: int) -> None:
        """A card was read elsewhere in this visit, and may still lie there for the next one."""
        self._seen[name] = visit

    def _read_card(self, _effect: ReadCard, ctx: Context) -> Request:
        """Ask every reader at once; the first card, or the first that cannot be read, is the answer of all."""
        fitted = {name: self._workers[name] for name in READERS if name in self._workers}
        if not fitted:
            ctx.post(CardReaderLost(Fault.UNPLUGGED))
            return NoRequest()
        for watch in tuple(self._watches.values()):
            watch.cancel()
        race = Race(fitted, ctx.post, self._in_trouble, lambda: self._watch_all(fitted, ctx.visit))
        race.begin(lambda name, reader, stop: self._own_card(name, reader, stop, ctx, race))
        return race

    def _watch_all(self, workers: Mapping[str, DeviceWorker], visit: int) -> None:
        """Until the next card is asked for: notice that cards are taken away, also one that was laid on a second reader
        and never read."""
        for name, worker in workers.items():
            watch = lambda reader, cancelled, name=name: self._see_it_go(name, reader, cancelled, visit)  # noqa: E731
            self._watches[name] = worker.ask(watch, lambda _result: None)

    def _see_it_go(self, name: str, reader: AnyReader, cancelled: threading.Event, visit: int) -> None:
        if name not in self._seen:
            if cancelled.is_set() or not reader.await_card(0):
                return
            self._seen[name] = visit
        until = monotonic() + CARD_PATIENCE_S
        while not cancelled.is_set() and monotonic() < until:
            if reader.await_removal(SLICE_S):
                self._seen.pop(name, None)
                return

    def _own_card(
        self, name: str, reader: AnyReader, cancelled: threading.Event, ctx: Context, race: Race
    ) -> Event | None:
        """A card, but never one that an earlier visit left lying: that is somebody else's."""
        if self._seen.get(name, ctx.visit) != ctx.visit:
            if not reader.await_removal(GONE_S):
                return self._left_card(name, reader, cancelled, race)
            self._seen.pop(name, None)
        if not wait_for_card(reader, cancelled, lambda: race.works(name)):
            return None
        self._seen[name] = ctx.visit
        if not race.leads(name, CardSeen()):
            return None
        card = identity(reader.read())
        self._tally.count(name, Counter.READS)
        return CardRead(card)

    def _in_trouble(self, name: str, error: Exception) -> Event:
        count_trouble(self._tally, name, error)
        return card_trouble(name, error)

    def _left_card(self, name: str, reader: AnyReader, cancelled: threading.Event, race: Race) -> Event | None:
        """Nobody's card is read before the one that was left is gone."""
        if not race.leads(name, CardLeft(slot=_slot(name))):
            return None
        while not cancelled.is_set():
            if reader.await_removal(SLICE_S):
                self._seen.pop(name, None)
                return CardTaken()
        return None


def wait_for_card(reader: AnyReader, cancelled: threading.Event, works: Callable[[], None]) -> bool:
    """Wait for a card in short slices; `works` hears that the reader answers. False when cancelled. Raises
    DeviceUnavailable."""
    until = monotonic() + CARD_PATIENCE_S
    while not cancelled.is_set() and monotonic() < until:
        lies = reader.await_card(SLICE_S)
        works()
        if lies:
            return not cancelled.is_set()
    return False


def identity(card: IdCard | CitizenCard) -> IdCard:
    """What any card says about its holder, as an ID card would."""
    if isinstance(card, IdCard):
        return card
    return IdCard(CardKind.SOCIAL_SECURITY, card.number, name=card.name or None)


def card_trouble(name: str, error: Exception) -> Event:
    """A reader's exception as an event."""
    if isinstance(error, CardNotGenuine):
        return CardFailed(genuine=False)
    if isinstance(error, CardUnreadable | CardGone):
        return CardFailed(slot=_slot(name))
    return CardReaderLost(error.fault if isinstance(error, DeviceUnavailable) else Fault.HARDWARE)


def _slot(name: str) -> bool:
    return name == "citizen_card_reader"
