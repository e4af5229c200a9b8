"""Two readers asked for one card, over real workers and simulated readers."""

import queue
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from devices import registry
from devices.worker import Worker
from kiosk.context import Context
from kiosk.effects.cards import ReadCard
from kiosk.errors import Fault
from kiosk.events.cards import CardFailed, CardLeft, CardRead, CardReaderLost, CardSeen, CardTaken
from kiosk.events.model import Event
from kiosk.handlers.cards import CardHandlers
from kiosk.ports.card_reader import CardKind
from kiosk.words import load
from tests.worlds import world

PATIENCE_S = 5.0


class Desk:
    """The readers of a station and what is posted."""

    def __init__(self, *kinds: str) -> None:
        options = {"card_reader": {"read_s": 0.05}}
        self.readers: dict[str, Any] = {
            kind: registry.build(kind, "simulated", options.get(kind, {})) for kind in kinds
        }
        self.workers = {
            kind: Worker(kind, reader, lambda *_: None, watch_s=0.1) for kind, reader in self.readers.items()
        }
        self.handlers = CardHandlers(self.workers)
        self.posted: queue.Queue = queue.Queue()

    def ask(self, visit: int = 1):
        """Ask for a card in a visit."""
        context = Context(visit, world(), load("en"), self.posted.put)
        return self.handlers.table()[ReadCard](ReadCard(), context)

    def next(self) -> Event:
        """What is posted next."""
        return self.posted.get(timeout=PATIENCE_S)

    def quiet(self) -> bool:
        """Nothing more is posted for a while."""
        try:
            return self.posted.get(timeout=0.45) is None
        except queue.Empty:
            return True

    def until(self, there: Callable[[], object]) -> None:
        """Wait for something to be so."""
        end = time.monotonic() + PATIENCE_S
        while not there():
            assert time.monotonic() < end
            time.sleep(0.01)


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk("card_reader", "citizen_card_reader")
    yield made
    for worker in made.workers.values():
        worker.close()


SOCIAL, IDENTITY = "citizen_card_reader", "card_reader"


@pytest.mark.parametrize(("first", "kind"), [(SOCIAL, CardKind.SOCIAL_SECURITY), (IDENTITY, CardKind.RESIDENT)])
def test_the_first_card_wins_and_is_the_same_person(desk, first, kind):
    desk.ask()
    desk.readers[first].place("li")
    assert desk.next() == CardSeen()
    card = desk.next().card
    assert (card.kind, card.number, card.name) == (kind, "440113199001010041", "李示范")
    assert desk.quiet()


def test_two_cards_at_once_are_one_answer(desk):
    desk.readers[IDENTITY].place("li")
    desk.readers[SOCIAL].place("chen")
    desk.ask()
    assert desk.next() == CardSeen()
    assert isinstance(desk.next(), CardRead)
    assert desk.quiet()


def test_the_loser_of_two_cards_is_not_read_for_the_next_person(desk):
    desk.readers[IDENTITY].place("li")
    desk.ask(visit=1)
    desk.next()
    desk.readers[SOCIAL].place("chen")
    desk.next()
    desk.readers[IDENTITY].remove()
    desk.until(lambda: set(desk.handlers._seen) == {SOCIAL})
    desk.ask(visit=2)
    assert desk.next() == CardLeft(slot=True)
    desk.readers[SOCIAL].remove()
    assert desk.next() == CardTaken()
    desk.until(lambda: not desk.handlers.card_lies)


@pytest.mark.parametrize(("name", "slot"), [(SOCIAL, True), (IDENTITY, False)])
def test_a_card_that_an_earlier_visit_left_is_not_read_by_any_reader(desk, name, slot):
    desk.readers[name].place("li")
    desk.ask(visit=1)
    desk.next()
    desk.next()
    desk.ask(visit=2)
    assert desk.next() == CardLeft(slot=slot)
    other = IDENTITY if name == SOCIAL else SOCIAL
    desk.readers[other].place("chen")
    assert desk.quiet(), "the card that was left goes first"
    desk.readers[name].remove()
    assert desk.next() == CardTaken()
    desk.ask(visit=2)
    assert desk.next() == CardSeen()
    assert desk.next().card.number.startswith("440126")


def test_a_card_that_could_not_be_read_is_not_read_for_the_next_person_either(desk):
    desk.readers[SOCIAL].break_with("garbage")
    desk.readers[SOCIAL].place("li")
    desk.ask(visit=1)
    assert [desk.next(), desk.next()] == [CardSeen(), CardFailed(slot=True)]
    desk.readers[SOCIAL].break_with("none")
    desk.ask(visit=2)
    assert desk.next() == CardLeft(slot=True)


def test_the_same_visit_may_try_again_without_moving_the_card(desk):
    desk.readers[SOCIAL].break_with("garbage")
    desk.readers[SOCIAL].place("li")
    desk.ask()
    assert [desk.next(), desk.next()] == [CardSeen(), CardFailed(slot=True)]
    desk.readers[SOCIAL].break_with("none")
    desk.ask()
    assert desk.next() == CardSeen()
    assert isinstance(desk.next(), CardRead)


@pytest.mark.parametrize(("broken", "works"), [(SOCIAL, IDENTITY), (IDENTITY, SOCIAL)])
def test_one_broken_reader_leaves_the_other(desk, broken, works):
    desk.readers[broken].unplug()
    desk.ask()
    assert desk.quiet()
    desk.readers[works].place("li")
    assert desk.next() == CardSeen()
    assert isinstance(desk.next(), CardRead)


def test_a_reader_that_comes_back_is_asked_too(desk):
    desk.readers[SOCIAL].unplug()
    desk.ask()
    assert desk.quiet()
    desk.readers[SOCIAL].plug()
    desk.readers[SOCIAL].place("li")
    assert desk.next() == CardSeen()
    assert desk.next().card.kind is CardKind.SOCIAL_SECURITY


def test_without_any_reader_it_is_said_once(desk):
    desk.ask()
    desk.readers[SOCIAL].unplug()
    desk.readers[IDENTITY].unplug()
    assert desk.next() == CardReaderLost(Fault.UNPLUGGED)
    assert desk.quiet()


def test_cancelled_work_says_nothing_and_frees_the_readers(desk):
    request = desk.ask()
    request.cancel()
    desk.readers[IDENTITY].place("li")
    assert desk.quiet()
    desk.ask()
    assert desk.next() == CardSeen()
    assert isinstance(desk.next(), CardRead)


def test_a_station_with_the_slot_alone():
    desk = Desk(SOCIAL)
    desk.readers[SOCIAL].place("hk")
    desk.ask()
    assert desk.next() == CardSeen()
    assert desk.next().card.number.startswith("810000")
    desk.readers[SOCIAL].unplug()
    desk.ask()
    assert desk.next() == CardReaderLost(Fault.UNPLUGGED)
    for worker in desk.workers.values():
        worker.close()


def test_a_station_without_readers():
    desk = Desk()
    desk.ask()
    assert desk.next() == CardReaderLost(Fault.UNPLUGGED)
