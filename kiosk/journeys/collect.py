"""Collect results: find one's cases, print on A4 what may be printed here, see where the others are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.effects.results import PrintResult
from kiosk.events.centre import CentreAway, CentreSaidNo
from kiosk.events.prints import PrintedOut, PrintFailed, PrintSent, SlipTaken
from kiosk.events.results import ResultRefused
from kiosk.events.touches import Chosen, Confirmed, Pressed, TimedOut
from kiosk.journeys import collect_views as views
from kiosk.journeys.collect_views import CollectAnswers, without_one
from kiosk.journeys.common import ANYWHERE, press, wait
from kiosk.journeys.finding import find_steps
from kiosk.journeys.model import Goto, Journey, Pace, Step
from kiosk.journeys.rate_views import begin_rating
from kiosk.texts import msg

if TYPE_CHECKING:
    from kiosk.world import World

PRINTING_S = 150.0
"""A document of several pages on a slow printer, fetched over a slow line."""


def found(answers: CollectAnswers, _world: World) -> Goto:
    """To the list, also of one: it says what each result can still do."""
    return Goto("results", answers, forget=True)


def chosen(answers: CollectAnswers, event: Chosen, _world: World) -> Goto:
    """A result to print, or a part that comes another way."""
    known = replace(answers, chosen=event.key)
    printable = any(one.id == event.key for _case, part in answers.each() for one in part.results)
    return Goto("confirm" if printable else "elsewhere", known)


def confirmed(answers: CollectAnswers, event: Confirmed, _world: World) -> Goto:
    """A print of its own, with a key of its own."""
    return Goto("printing", replace(answers, key=event.key), forget=True)


def printing(answers: CollectAnswers) -> tuple[PrintResult, ...]:
    """The chosen result."""
    case, one = answers.result
    return (PrintResult(one.id, case.token, answers.key),)


def printed(answers: CollectAnswers, _event: PrintedOut, _world: World) -> Goto:
    """It counts."""
    return Goto("printed", without_one(answers))


def sent(answers: CollectAnswers, _event: PrintSent, _world: World) -> Goto:
    """It counts, too."""
    return Goto("sent", without_one(answers))


def failed(answers: CollectAnswers, event: PrintFailed, _world: World) -> Goto:
    """Remember what was wrong."""
    return Goto("not_printed", replace(answers, fault=event.fault))


def refused(answers: CollectAnswers, event: ResultRefused | CentreSaidNo, _world: World) -> Goto:
    """Remember why."""
    return Goto("refused", replace(answers, code=event.code))


def to_rate(answers: CollectAnswers, _event: Pressed, _world: World) -> Goto:
    """Of the case whose result it is."""
    token = next(
        case.token
        for case, part in answers.each()
        if answers.chosen in (part.number, *(one.id for one in part.results))
    )
    return begin_rating(token)


END = press(results="results", rate=to_rate)
ONCE_MORE = press(results="results", again="confirm")
"""A new print: the last one is over, and its end was told."""

COLLECT = Journey(
    "collect",
    CollectAnswers,
    steps={
        **find_steps(found),
        "results": Step(views.results, {Chosen: chosen, Pressed: press()}),
        "elsewhere": Step(views.elsewhere, {Pressed: END}),
        "confirm": Step(views.confirm, {Confirmed: confirmed, Pressed: press(results="results")}),
        "printing": Step(
            wait(
                msg("Printing your document"), msg("The paper comes out of the large printer."), "printer-outline", 12
            ),
            {
                PrintedOut: printed,
                PrintSent: sent,
                PrintFailed: failed,
                ResultRefused: refused,
                CentreSaidNo: refused,
                CentreAway: "away",
                TimedOut: "unsure",
            },
            printing,
            PRINTING_S,
            passing=True,
            holds=True,
        ),
        "printed": Step(views.printed, {Pressed: END, SlipTaken: "printed"}, timeout_s=Pace.DONE),
        "sent": Step(views.sent, {Pressed: END}),
        "not_printed": Step(views.not_printed, {Pressed: ONCE_MORE}, timeout_s=120),
        "unsure": Step(views.unsure, {Pressed: END}, timeout_s=120),
        "refused": Step(views.refused, {Pressed: ONCE_MORE}, timeout_s=120),
        "away": Step(views.away, {Pressed: press(results="results", again="printing")}, timeout_s=120),
    },
    anywhere=ANYWHERE,
)
