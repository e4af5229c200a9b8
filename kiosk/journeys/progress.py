"""Follow a case: find it, see its steps and days, hand in what is asked, take it back, print its result, rate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.cases.model import CaseInHand
from kiosk.effects.cases import SendSupplement, WithdrawCase
from kiosk.events.cases import CaseSetAside, CaseWithdrawn, NotKept, SupplementKept, SupplementReceived
from kiosk.events.centre import CentreAway, CentreSaidNo
from kiosk.events.touches import Chosen, Confirmed, Pressed, TimedOut
from kiosk.journeys import progress_views as views
from kiosk.journeys.case_words import asked
from kiosk.journeys.collect_views import begin_collect
from kiosk.journeys.common import ANYWHERE, press, wait
from kiosk.journeys.finding import find_steps
from kiosk.journeys.model import Goto, Journey, Step
from kiosk.journeys.progress_materials import hand_in, keep_pages, material_steps
from kiosk.journeys.progress_views import ProgressAnswers
from kiosk.journeys.rate_views import begin_rating
from kiosk.texts import msg

if TYPE_CHECKING:
    from kiosk.contract.cases import CaseView
    from kiosk.events.model import Event
    from kiosk.journeys.model import Aim, Target
    from kiosk.world import World

SOON_S = 4.0
"""How long the centre's answer is waited for before the screen says that it is kept here and not yet sent."""
WRITING_S = 60.0
"""A disk that takes longer to write it down has not answered."""


def found(answers: ProgressAnswers, _world: World) -> Aim:
    """One is shown, of several the list."""
    if len(answers.found) == 1:
        return _open(answers, answers.found[0])
    return Goto("cases", answers, forget=True)


def _open(answers: ProgressAnswers, case: CaseView, *, forget: bool = False) -> Goto:
    chosen = replace(answers, token=case.token, part=case.parts[0].number, case=CaseInHand(), key="")
    return Goto("case" if len(case.parts) == 1 else "parts", chosen, forget=forget)


def open_case(answers: ProgressAnswers, event: Chosen, _world: World) -> Goto:
    """One of several."""
    return _open(answers, next(case for case in answers.found if case.token == event.key))


def open_part(answers: ProgressAnswers, event: Chosen, _world: World) -> Goto:
    """One item of a package."""
    return Goto("case", replace(answers, part=event.key))


def see(answers: ProgressAnswers, _event: Pressed, _world: World) -> Goto:
    """The case as it is known now."""
    return _open(answers, answers.view)


def to_collect(answers: ProgressAnswers, _event: Pressed, _world: World) -> Goto:
    """To the results of this case."""
    return begin_collect((answers.view,))


def to_rate(answers: ProgressAnswers, _event: Pressed, _world: World) -> Goto:
    """How was it?"""
    return begin_rating(answers.token)


def send(answers: ProgressAnswers, event: Confirmed, _world: World) -> Goto:
    """Exactly once per key, and only when there is something."""
    if not any(answers.case.sheets.values()):
        return Goto("asked", answers, asks=False)
    return Goto("supplying", replace(answers, key=event.key), forget=True)


def supplement(answers: ProgressAnswers) -> tuple[SendSupplement, ...]:
    """The pages of what was asked for and is here."""
    sheets = {material: answers.case.sheets.get(material, ()) for material, _reason in asked(answers.view)}
    there = {material: pages for material, pages in sheets.items() if pages}
    return (SendSupplement(answers.token, there, answers.key),)


def received(answers: ProgressAnswers, event: SupplementReceived, _world: World) -> Goto:
    """The centre has it; the pages have done their work."""
    return Goto("supplied", replace(_with(answers, event.case), case=CaseInHand()), forget=True)


def withdrawn(answers: ProgressAnswers, event: CaseWithdrawn, _world: World) -> Goto:
    """The case as it is now."""
    return Goto("withdrawn", _with(answers, event.case), forget=True)


def _with(answers: ProgressAnswers, case: CaseView) -> ProgressAnswers:
    found = tuple(case if each.token == case.token else each for each in answers.found)
    return replace(answers, found=found)


ACTIONS = press(supply="asked", collect=to_collect, withdraw="withdraw", rate=to_rate)
TOLD: dict[type[Event], Target] = {SupplementReceived: received, CaseSetAside: "supply_set_aside"}

PROGRESS = Journey(
    "progress",
    ProgressAnswers,
    steps={
        **find_steps(found),
        "cases": Step(views.cases, {Chosen: open_case, Pressed: press()}),
        "parts": Step(views.parts, {Chosen: open_part, Pressed: ACTIONS}),
        "case": Step(views.case, {Pressed: ACTIONS}, timeout_s=120),
        "asked": Step(
            views.asked,
            {Chosen: hand_in, Confirmed: send, Pressed: press(case=see)},
            timeout_s=180,
            returned=keep_pages,
        ),
        **material_steps("asked"),
        "supplying": Step(
            wait(
                msg("Sending it to the office"),
                msg("Please wait a moment. It is being written down."),
                "send-outline",
                2,
            ),
            {SupplementKept: "supply_sending", NotKept: "supply_not_kept", TimedOut: "supply_unsure", **TOLD},
            supplement,
            WRITING_S,
            passing=True,
            holds=True,
        ),
        "supply_sending": Step(
            wait(
                msg("Sending it to the office"),
                msg("It is safe in this terminal and being sent."),
                "send-outline",
                SOON_S,
            ),
            {TimedOut: "supply_kept", **TOLD},
            timeout_s=SOON_S,
            passing=True,
            keeps=True,
            holds=True,
        ),
        "supply_kept": Step(views.supply_kept, {Pressed: press(), **TOLD}, keeps=True),
        "supplied": Step(views.supplied, {Pressed: press(case=see)}),
        "supply_set_aside": Step(views.supply_set_aside, {Pressed: press()}, timeout_s=120),
        "supply_not_kept": Step(views.supply_not_kept, {Pressed: press(again="supplying")}, timeout_s=120),
        "supply_unsure": Step(views.supply_unsure, {Pressed: press(again="supplying")}, timeout_s=120),
        "withdraw": Step(views.withdraw, {Confirmed: Goto("withdrawing", forget=True), Pressed: press(case=see)}),
        "withdrawing": Step(
            wait(msg("Taking the case back"), msg("This takes a moment."), "undo-variant", 2),
            {CaseWithdrawn: withdrawn, CentreAway: "withdraw_away", CentreSaidNo: "withdraw_refused"},
            lambda answers: (WithdrawCase(answers.token),),
            timeout_s=60,
            passing=True,
            holds=True,
        ),
        "withdrawn": Step(views.withdrawn, {Pressed: press(case=see)}),
        "withdraw_away": Step(views.withdraw_away, {Pressed: press(again="withdrawing", case=see)}, timeout_s=120),
        "withdraw_refused": Step(views.withdraw_refused, {Pressed: press(case=see)}),
    },
    anywhere=ANYWHERE,
)
