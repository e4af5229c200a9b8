"""Identification where the terminal also reads social-security cards."""

import pytest

from kiosk.centre.holder import holder_digest, identity_kind
from kiosk.effects.cards import ReadCard
from kiosk.errors import Fault
from kiosk.events.cards import CardFailed, CardLeft, CardRead, CardReaderLost, CardTaken
from kiosk.events.touches import Chosen, Pressed
from kiosk.journeys.ticket import TICKET as JOURNEY
from kiosk.ports.card_reader import CardKind, IdCard
from kiosk.ports.device import ABSENT, READY, Health, Status
from kiosk.texts import Msg
from kiosk.views.told import MessageView, WaitView
from tests.walk import at, draw, effects, walk
from tests.worlds import DEVICES, OUYANG, world

BROKEN = Status(Health.BROKEN, frozenset({Fault.NO_ANSWER}))
CARD = at(JOURNEY, "card", queue="market")


def with_readers(id_cards: Status, social: Status):
    return world(devices={**DEVICES, "card_reader": id_cards, "citizen_card_reader": social})


@pytest.mark.parametrize(
    ("id_cards", "social", "title", "slot_said"),
    [
        (READY, READY, "Place your ID card", True),
        (READY, BROKEN, "Place your ID card", False),
        (READY, ABSENT, "Place your ID card", False),
        (BROKEN, READY, "Put your social-security card into the slot", True),
    ],
)
def test_only_what_works_is_asked_for(id_cards, social, title, slot_said) -> None:
    view = draw(CARD, with_readers(id_cards, social))
    assert isinstance(view, WaitView)
    assert isinstance(view.title, Msg)
    assert view.title.id.startswith(title)
    assert ("slot" in f"{view.title} {view.explain}") is slot_said
    assert view.actions


def test_one_broken_reader_leaves_the_other_and_only_none_is_none() -> None:
    for readers in ((BROKEN, READY), (READY, BROKEN)):
        walk(at(JOURNEY, "choose"), (Chosen("market"), "card"), world=with_readers(*readers))
    walk(at(JOURNEY, "choose"), (Chosen("market"), "card_no_reader"), world=with_readers(BROKEN, ABSENT))
    view = draw(at(JOURNEY, "card_no_reader", queue="market"), with_readers(BROKEN, ABSENT))
    assert isinstance(view, MessageView)
    assert "The device does not answer." in str(view)


@pytest.mark.parametrize(("prefix", "without"), [("card", "review"), ("find_card", "home.home")])
def test_a_card_in_the_slot_that_cannot_be_read(prefix: str, without: str) -> None:
    bad = walk(at(JOURNEY, prefix, queue="market"), (CardFailed(slot=True), f"{prefix}_slot_unreadable"))
    assert effects(walk(bad, (Pressed("again"), prefix))) == (ReadCard(),)
    walk(bad, (Pressed("without_card" if prefix == "card" else "not_now"), without))
    both, alone = draw(bad, with_readers(READY, READY)), draw(bad, with_readers(ABSENT, READY))
    assert isinstance(both, MessageView)
    assert isinstance(alone, MessageView)
    assert "Or use your ID card" in str(both.steps)
    assert "Or use your ID card" not in str(alone.steps)
    assert "never asks for a PIN" in str(both.steps)


@pytest.mark.parametrize(("prefix", "without"), [("card", "review"), ("find_card", "home.home")])
def test_a_card_that_somebody_left_in_the_slot(prefix: str, without: str) -> None:
    left = walk(at(JOURNEY, prefix, queue="market"), (CardLeft(slot=True), f"{prefix}_slot_left"))
    assert "slot" in str(draw(left, world()))
    walk(left, (CardTaken(), prefix))
    walk(left, (CardReaderLost(), f"{prefix}_no_reader"))
    walk(left, (Pressed("without_card" if prefix == "card" else "not_now"), without))


def test_a_social_security_card_is_a_holder_like_any_other() -> None:
    walk(CARD, (CardRead(IdCard(CardKind.SOCIAL_SECURITY, OUYANG.number, name=OUYANG.name)), "review"))


NUMBERS = {
    "440113195803050020": CardKind.RESIDENT,
    "11010519491231002X": CardKind.RESIDENT,
    "810000199001010019": CardKind.HMT_PERMIT,
    "830000199001010020": CardKind.HMT_PERMIT,
    "911010199001010016": CardKind.FOREIGNER_2023,
    "GBR440088022901": CardKind.FOREIGNER_2017,
}


@pytest.mark.parametrize(("number", "kind"), NUMBERS.items())
def test_the_same_person_is_the_same_digest(number: str, kind: CardKind) -> None:
    key = "ab" * 32
    assert identity_kind(number) is kind
    assert holder_digest(key, IdCard(CardKind.SOCIAL_SECURITY, number)) == holder_digest(key, IdCard(kind, number))
    other = CardKind.HMT_PERMIT if kind is CardKind.RESIDENT else CardKind.RESIDENT
    assert holder_digest(key, IdCard(other, number)) != holder_digest(key, IdCard(kind, number))
