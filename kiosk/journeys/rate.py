"""Rate the service or a case: a level, reasons for the low two, words if one likes; kept here, sent by itself, also offline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.effects.cases import SendRating
from kiosk.events.cases import NotKept, RatingKept
from kiosk.events.touches import Chosen, Confirmed, Pressed, TimedOut, Typed
from kiosk.journeys import rate_views as views
from kiosk.journeys.common import ANYWHERE, press, wait
from kiosk.journeys.finding import find_steps
from kiosk.journeys.model import Goto, Journey, Pace, Step
from kiosk.journeys.rate_views import LONGEST, LOW, RateAnswers
from kiosk.texts import msg

if TYPE_CHECKING:
    from kiosk.world import World


def started(_answers: RateAnswers, event: Chosen, _world: World) -> Goto:
    """The service, or a case that is found first."""
    return Goto("rate" if event.key == "service" else "find", RateAnswers())


def found(answers: RateAnswers, _world: World) -> Goto:
    """One that can be rated is rated; else the list, which says what was rated already."""
    if len(answers.found) == 1 and not answers.found[0].rated:
        return Goto("rate", replace(answers, token=answers.found[0].token), forget=True)
    return Goto("cases", answers, forget=True)


def case_chosen(answers: RateAnswers, event: Chosen, _world: World) -> Goto:
    """One of them."""
    return Goto("rate", replace(answers, token=event.key))


def level_chosen(answers: RateAnswers, event: Chosen, _world: World) -> Goto:
    """The low two are asked why."""
    level = int(event.key)
    reasons = answers.reasons if level in LOW else ()
    return Goto("why" if level in LOW else "check", replace(answers, level=level, reasons=reasons))


def reason_chosen(answers: RateAnswers, event: Chosen, _world: World) -> Goto:
    """Chosen, or no more."""
    kept = [key for key in views.REASONS if (key in answers.reasons) != (key == event.key)]
    return Goto("why", replace(answers, reasons=tuple(kept)), asks=False)


def reasons_done(answers: RateAnswers, _event: Pressed, _world: World) -> Goto:
    """On, with at least one."""
    return Goto("words" if answers.reasons else "why", answers)


def typed(answers: RateAnswers, event: Typed, _world: World) -> Goto:
    """As it stands in the field."""
    return Goto("words", replace(answers, words=event.text), asks=False)


def words_done(answers: RateAnswers, _event: Pressed, _world: World) -> Goto:
    """Only as long as the centre takes them."""
    words = " ".join(answers.words.split())
    return Goto("check" if len(words) <= LONGEST else "words", replace(answers, words=words))


def send(answers: RateAnswers, event: Confirmed, _world: World) -> Goto:
    """The key of this rating is made here and goes with every attempt."""
    return Goto("sending", replace(answers, key=event.key), forget=True)


def sending(answers: RateAnswers) -> tuple[SendRating, ...]:
    """Into the outbox."""
    return (SendRating(answers.token, answers.level, answers.reasons, answers.words, answers.key),)


RATE = Journey(
    "rate",
    RateAnswers,
    steps={
        "start": Step(views.start, {Chosen: started, Pressed: press()}),
        **find_steps(found),
        "cases": Step(views.cases, {Chosen: case_chosen, Pressed: press()}),
        "rate": Step(views.rate, {Chosen: level_chosen, Pressed: press()}),
        "why": Step(views.why, {Chosen: reason_chosen, Pressed: press(rate="rate", next=reasons_done)}),
        "words": Step(views.words, {Typed: typed, Pressed: press(check=words_done)}, timeout_s=180),
        "check": Step(views.check, {Confirmed: send, Pressed: press(rate="rate", words="words")}),
        "sending": Step(
            wait(msg("Keeping your rating"), msg("This takes a moment."), "star-outline", 1),
            {RatingKept: "thanks", NotKept: "not_kept", TimedOut: "not_kept"},
            sending,
            timeout_s=30,
            passing=True,
            holds=True,
        ),
        "thanks": Step(views.thanks, {Pressed: press()}, timeout_s=Pace.DONE),
        "not_kept": Step(views.not_kept, {Pressed: press(again="sending")}),
    },
    anywhere=ANYWHERE,
)
