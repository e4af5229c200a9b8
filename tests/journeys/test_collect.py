"""Collecting results: printed here, or told where they are; counted only when paper is out."""

import pytest

from kiosk.effects.results import PrintResult
from kiosk.errors import Fault
from kiosk.events.cases import CasesFound
from kiosk.events.centre import CentreAway, CentreSaidNo
from kiosk.events.prints import PrintedOut, PrintFailed, PrintSent, SlipTaken
from kiosk.events.results import ResultRefused
from kiosk.events.touches import Chosen, Confirmed, Pressed, TimedOut
from kiosk.journeys.collect import COLLECT
from kiosk.journeys.model import Position
from kiosk.ports.device import ABSENT
from kiosk.texts import msg
from kiosk.views.choose import ChooseView
from kiosk.views.parts import Tone
from kiosk.views.told import MessageView
from screens.sample_cases import AT_WINDOW, PACKAGE, POSTED, UNDER_WAY
from tests.walk import END, at, draw, effects, walk
from tests.worlds import DEVICES, OUYANG, world

LISTED = at(COLLECT, "results", found=(PACKAGE,))
PRINTING = at(COLLECT, "printing", found=(PACKAGE,), chosen="r-1", key="k")


def shown(position: Position) -> MessageView:
    view = draw(position, world())
    assert isinstance(view, MessageView)
    return view


def test_from_the_card_to_the_paper() -> None:
    printing = walk(
        at(COLLECT, "find_looking", holder=OUYANG),
        (CasesFound((PACKAGE,)), "results"),
        (Chosen("r-1"), "confirm"),
        (Pressed("results"), "results"),
        (Chosen("r-1"), "confirm"),
        (Confirmed("key-1"), "printing"),
    )
    assert effects(printing) == (PrintResult("r-1", PACKAGE.token, "key-1"),)
    end = walk(printing, (PrintedOut(), "printed"), (SlipTaken(), "printed"))
    assert shown(end).tone is Tone.DONE
    assert end.answers.result[1].prints_left == 2
    walk(end, (Pressed("results"), "results"), (Pressed("finish"), END))
    assert walk(end, (Pressed("rate"), "rate.rate")).answers.token == PACKAGE.token


def test_only_confirmed_paper_is_called_printed() -> None:
    sent = walk(PRINTING, (PrintSent(), "sent"))
    assert (shown(sent).tone, sent.answers.result[1].prints_left) == (Tone.NOTE, 2)
    walk(sent, (Pressed("results"), "results"))
    unsure = walk(PRINTING, (TimedOut(), "unsure"))
    assert shown(unsure).tone is Tone.TROUBLE
    walk(unsure, (Pressed("results"), "results"))


@pytest.mark.parametrize("fault", list(Fault))
def test_a_failed_print_costs_nothing_and_the_next_has_a_key_of_its_own(fault: Fault) -> None:
    failed = walk(PRINTING, (PrintFailed(fault), "not_printed"))
    assert failed.answers.result[1].prints_left == 3
    assert "not counted" in str(shown(failed).title)
    again = walk(failed, (Pressed("again"), "confirm"), (Confirmed("key-2"), "printing"))
    assert effects(again) == (PrintResult("r-1", PACKAGE.token, "key-2"),)


def test_an_unknown_answer_is_asked_again_under_the_same_key() -> None:
    again = walk(PRINTING, (CentreAway(), "away"), (Pressed("again"), "printing"))
    assert effects(again) == (PrintResult("r-1", PACKAGE.token, "k"),)


@pytest.mark.parametrize("code", ["no-prints-left", "not-printable", "no-such-result", "not-fetched", "something-new"])
def test_a_refusal_says_why(code: str) -> None:
    refused = walk(PRINTING, (ResultRefused(code), "refused"))
    assert shown(refused).explain
    walk(refused, (Pressed("results"), "results"))
    walk(PRINTING, (CentreSaidNo(code), "refused"))
    walk(PRINTING, (ResultRefused("not-fetched"), "refused"), (Pressed("again"), "confirm"))


def test_what_cannot_be_printed_says_why() -> None:
    view = draw(LISTED, world())
    assert isinstance(view, ChooseView)
    assert [option.available for option in view.options] == [True, False, True, True]
    assert view.options[1].reason
    broken = draw(LISTED, world(devices={**DEVICES, "a4_printer": ABSENT}))
    assert isinstance(broken, ChooseView)
    assert not broken.options[0].available
    assert broken.options[0].reason
    nothing = draw(at(COLLECT, "results", found=(UNDER_WAY,)), world())
    assert isinstance(nothing, ChooseView)
    assert (nothing.options, bool(nothing.empty)) == ((), True)


def test_what_is_elsewhere_says_where() -> None:
    post = shown(walk(LISTED, (Chosen(POSTED.number), "elsewhere")))
    assert post.facts[0].value == "EX000000000CN"
    window = walk(LISTED, (Chosen(AT_WINDOW.number), "elsewhere"))
    assert shown(window).facts[0].value == msg("window {window}", window="3")
    walk(window, (Pressed("rate"), "rate.rate"))


@pytest.mark.parametrize("step", sorted(step for step in COLLECT.steps if step not in ("printing", "elsewhere")))
def test_nobody_does_anything(step: str) -> None:
    walk(at(COLLECT, step, found=(PACKAGE,), chosen="r-1", holder=OUYANG), (TimedOut(), END))
