"""Rating: five levels, reasons for the low two, once per case, kept also without network."""

import pytest

from kiosk.contract.ratings import Level, RatingRequest
from kiosk.effects.cases import SendRating
from kiosk.events.cases import CasesFound, NotKept, RatingKept
from kiosk.events.touches import Chosen, Confirmed, Pressed, TimedOut, Typed
from kiosk.journeys.rate import RATE
from kiosk.journeys.rate_views import LEVELS, LONGEST, LOW, REASONS, begin_rating
from kiosk.ports.device import ABSENT
from kiosk.views.choose import ChooseView
from kiosk.views.fields import FieldView
from screens.sample_cases import MADE, PACKAGE
from tests.walk import END, at, draw, effects, walk
from tests.worlds import OUYANG, TUESDAY_MORNING, world

OFFLINE = world(centre_reachable=False, devices={"card_reader": ABSENT})


def test_the_service_is_rated_without_network() -> None:
    sending = walk(
        at(RATE, "start"),
        (Chosen("service"), "rate"),
        (Chosen("5"), "check"),
        (Confirmed("key-1"), "sending"),
        world=OFFLINE,
    )
    assert effects(sending) == (SendRating("", 5, (), "", "key-1"),)
    walk(sending, (RatingKept(), "thanks"), (Pressed("finish"), END))


def test_the_levels_are_the_contracts_and_none_is_marked() -> None:
    assert [*LEVELS] == sorted(Level, reverse=True)
    view = draw(at(RATE, "rate"), world())
    assert isinstance(view, ChooseView)
    assert not any(option.main for option in view.options)
    assert len(view.options) == 5


@pytest.mark.parametrize("level", LOW)
def test_the_low_two_say_why(level: int) -> None:
    why = walk(at(RATE, "rate", token=MADE.token), (Chosen(str(level)), "why"), (Pressed("next"), "why"))
    end = walk(
        why,
        (Chosen("late"), "why"),
        (Chosen("staff"), "why"),
        (Chosen("late"), "why"),
        (Pressed("next"), "words"),
        (Typed("等 了\n很久"), "words"),
        (Pressed("check"), "check"),
        (Pressed("words"), "words"),
        (Pressed("check"), "check"),
        (Confirmed("key-2"), "sending"),
    )
    (rating,) = effects(end)
    assert rating == SendRating(MADE.token, level, ("staff",), "等 了 很久", "key-2")
    walk(why, (Pressed("rate"), "rate"), (Chosen("4"), "check"))


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_one_of_the_wire(reason: str) -> None:
    made = RatingRequest(token=None, level=Level.UNSATISFIED, reasons=(reason,), made_at=TUESDAY_MORNING)
    assert made.reasons == (reason,)


def test_words_that_are_too_long_are_said_at_the_field() -> None:
    end = walk(at(RATE, "words", level=2, reasons=("late",)), (Typed("长" * (LONGEST + 1)), "words"))
    view = draw(end, world())
    assert isinstance(view, FieldView)
    assert view.error
    walk(end, (Pressed("check"), "words"), (Typed("😀" * LONGEST), "words"), (Pressed("check"), "check"))


def test_a_case_is_rated_once() -> None:
    walk(at(RATE, "start"), (Chosen("case"), "find"))
    looking = at(RATE, "find_looking", holder=OUYANG)
    assert walk(looking, (CasesFound((MADE,)), "rate")).answers.token == MADE.token
    rated = MADE.model_copy(update={"rated": True})
    listed = walk(looking, (CasesFound((rated,)), "cases"), (Pressed("another"), "home.home"))
    assert listed.step == "home"
    both = walk(looking, (CasesFound((rated, PACKAGE)), "cases"))
    view = draw(both, world())
    assert isinstance(view, ChooseView)
    assert [option.available for option in view.options] == [False, True]
    assert walk(both, (Chosen(PACKAGE.token), "rate")).answers.token == PACKAGE.token
    assert begin_rating(MADE.token).answers.token == MADE.token


def test_a_full_disk_is_told() -> None:
    sending = at(RATE, "sending", level=5, key="k")
    again = walk(sending, (NotKept(), "not_kept"), (Pressed("again"), "sending"))
    assert effects(again) == (SendRating("", 5, (), "", "k"),)
    walk(sending, (TimedOut(), "not_kept"))


@pytest.mark.parametrize("step", ["start", "cases", "rate", "why", "words", "check", "thanks", "not_kept"])
def test_nobody_does_anything(step: str) -> None:
    walk(at(RATE, step, level=2, reasons=("late",), found=(MADE,)), (TimedOut(), END))


@pytest.mark.parametrize("step", ["start", "rate", "why", "check"])
def test_finish_is_everywhere(step: str) -> None:
    walk(at(RATE, step, level=2, reasons=("late",)), (Pressed("finish"), END))
