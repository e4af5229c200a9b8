"""What following a case shows: the list of cases, one case as a line of steps, handing in what is asked, taking a case back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiosk.cases.model import CaseInHand, Filling, HandingIn
from kiosk.cases.number import spaced
from kiosk.contract.cases import CaseState
from kiosk.events.touches import Confirmed, Pressed
from kiosk.journeys import case_words as words
from kiosk.journeys.common import ANOTHER, FINISH
from kiosk.journeys.finding_views import FINISH_SMALL, Search
from kiosk.texts import Msg, counted, msg
from kiosk.views.choose import ChooseView
from kiosk.views.parts import Action, Option, Tone
from kiosk.views.progress import Mark, TimelineStep, TimelineView
from kiosk.views.told import MessageView, ReviewView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.contract.cases import CaseView, Progress
    from kiosk.ports.card_reader import IdCard
    from kiosk.views.model import View
    from kiosk.world import World

SUPPLY = Action(Pressed("supply"), msg("Add what is asked for"), "file-upload-outline", main=True)
COLLECT = Action(Pressed("collect"), msg("Print the result"), "printer-outline", main=True)
WITHDRAW = Action(Pressed("withdraw"), msg("Take this case back"), "undo-variant")
RATE = Action(Pressed("rate"), msg("Rate our service"), "star-outline")
SEE_CASE = Action(Pressed("case"), msg("See the case"), "progress-check")
AGAIN = Action(Pressed("again"), msg("Try again"), "refresh", main=True)

ACCEPT, EXAMINE = words.STATES[CaseState.ACCEPTED].name, words.STATES[CaseState.REVIEW].name
DECIDE, RESULT = msg("Decision"), msg("Result")
AHEAD: Mapping[CaseState, tuple[Msg, ...]] = {
    CaseState.RECEIVED: (ACCEPT, EXAMINE, DECIDE, RESULT),
    CaseState.RETURNED: (EXAMINE, DECIDE, RESULT),
    CaseState.ACCEPTED: (EXAMINE, DECIDE, RESULT),
    CaseState.REVIEW: (DECIDE, RESULT),
    CaseState.GRANTED: (RESULT,),
}
"""What is still to come after a state."""


@dataclass(frozen=True, repr=False)
class ProgressAnswers:
    """Who looks, what was found, which case and part are looked at; what is handed in for it (`case`)."""

    holder: IdCard | None = None
    search: Search = field(default_factory=Search)
    found: tuple[CaseView, ...] = ()
    token: str = ""
    part: str = ""
    case: CaseInHand = field(default_factory=CaseInHand)
    filling: Filling | None = None
    handing: HandingIn | None = None
    key: str = ""

    @property
    def view(self) -> CaseView:
        """The case looked at. Raises StopIteration before one is."""
        return next(case for case in self.found if case.token == self.token)

    @property
    def progress(self) -> Progress:
        """The part looked at."""
        return next(part for part in self.view.parts if part.number == self.part)


def cases(answers: ProgressAnswers, world: World) -> View:
    """Several cases, newest first."""
    options = tuple(_case_option(case, world) for case in answers.found)
    return ChooseView(msg("Your cases"), options, actions=(ANOTHER,))


def _case_option(case: CaseView, world: World) -> Option:
    said = words.STATES[words.state_of(case)]
    detail = msg("{state} · handed in {day}", state=said.name, day=words.day(case.received_at, world))
    return Option(case.token, case.title, detail, said.icon)


def parts(answers: ProgressAnswers, _world: World) -> View:
    """The items of a package, each with where it stands."""
    case = answers.view
    options = tuple(
        Option(part.number, part.title, words.STATES[part.state].name, words.STATES[part.state].icon)
        for part in case.parts
    )
    explain = msg("Case number {number}", number=spaced(case.number))
    return ChooseView(case.title, options, explain=explain, actions=_end(case))


def case(answers: ProgressAnswers, world: World) -> View:
    """One case, or one item of a package."""
    view, part = answers.view, answers.progress
    said = words.STATES[part.state]
    return TimelineView(
        part.title,
        spaced(view.number),
        said.tone,
        said.name,
        said.means,
        said.icon,
        words.days(part),
        words.asked_section(view, part, world),
        words.results(part, world),
        timeline(part, world),
        _actions(view, part),
    )


def timeline(part: Progress, world: World) -> tuple[TimelineStep, ...]:
    """What was, where it is, what is still to come."""
    last = len(part.steps) - 1
    past = tuple(
        TimelineStep(
            words.STATES[step.state].name,
            Mark.NOW if at == last else Mark.PAST,
            words.day(step.at, world),
            step.office,
            step.note,
        )
        for at, step in enumerate(part.steps)
    )
    return past + tuple(TimelineStep(title, Mark.NEXT) for title in AHEAD.get(part.state, ()))


def _actions(view: CaseView, part: Progress) -> tuple[Action, ...]:
    """At most one of them is the main one."""
    printable = any(result.prints_left for result in part.results)
    wanted = ([SUPPLY] if part.asked else []) + ([COLLECT] if printable else [])
    first, more = wanted[:1], [replace(action, main=False) for action in wanted[1:]]
    end = _end(view)
    return (*more, *(replace(action, main=False) if first else action for action in end), *first)


def _end(view: CaseView) -> tuple[Action, ...]:
    can_withdraw = any(part.state in words.OPEN for part in view.parts)
    withdraw = (WITHDRAW,) if can_withdraw else ()
    return (*withdraw, *(() if view.rated else (RATE,)), FINISH)


# --- hand in what is asked -----------------------------------------------------------------------------------------------


def asked(answers: ProgressAnswers, world: World) -> View:
    """The materials that are asked for. What somebody has with them can be sent; the rest another time."""
    wanted = words.asked(answers.view)
    options = tuple(_asked_option(answers, material, world) for material, _reason in wanted)
    there = [material for material, _reason in wanted if answers.case.sheets.get(material)]
    later = msg("What is missing can be handed in another time. The days stand still until then.")
    send = Action(
        Confirmed(),
        msg("Send it to the office"),
        "send-check-outline",
        main=True,
        available=bool(there),
        reason="" if there else msg("nothing is here yet"),
    )
    explain = msg("Touch one to scan or photograph it. Nothing is sent before you say so.")
    return ChooseView(msg("What the office asks for"), options, explain=explain, actions=(SEE_CASE, send),
                      note=later if 0 < len(there) < len(wanted) else "")  # fmt: skip


def _asked_option(answers: ProgressAnswers, material: str, world: World) -> Option:
    pages = len(answers.case.sheets.get(material, ()))
    reason = dict(words.asked(answers.view))[material]
    name = words.material_name(answers.view, material, world)
    if not pages:
        return Option(material, name, reason, "file-plus-outline", reason=msg("not yet here"))
    return Option(material, name, counted("{n} page is here", "{n} pages are here", pages), "check-circle-outline")


def supplied(answers: ProgressAnswers, _world: World) -> View:
    """The centre has it, all of it or a part."""
    if words.asked(answers.view):
        return _supply(
            answers,
            Tone.NOTE,
            msg("The office has received this part"),
            msg("Something is still asked of you. You can hand it in here, now or another time."),
            "alert-circle-outline",
            SEE_CASE,
        )
    return _supply(
        answers,
        Tone.DONE,
        msg("The office has received it"),
        msg("Your case goes on. You need do nothing more now."),
        "check-circle",
        SEE_CASE,
    )


def supply_kept(answers: ProgressAnswers, _world: World) -> View:
    """Safe on this machine, not yet sent."""
    return _supply(
        answers,
        Tone.NOTE,
        msg("Kept here, not yet sent"),
        msg("It is safe in this terminal and is sent by itself. The office has not received it yet."),
        "tray-arrow-up",
    )


def supply_set_aside(answers: ProgressAnswers, _world: World) -> View:
    """The centre did not take it as it is."""
    return _supply(
        answers,
        Tone.TROUBLE,
        msg("The office's system did not take it"),
        msg("It is kept here and our staff look after it. Please ask at the front desk."),
        "account-wrench-outline",
    )


def _supply(answers: ProgressAnswers, tone: Tone, title: Msg, explain: Msg, icon: str, *more: Action) -> View:
    note = msg("Case number {number}", number=spaced(answers.view.number))
    return MessageView(tone, title, explain, icon, big_note=note, actions=(*more, ANOTHER, FINISH))


def supply_not_kept(_answers: ProgressAnswers, _world: World) -> View:
    """Nothing was written down."""
    return MessageView(
        Tone.TROUBLE,
        msg("It was not handed in"),
        msg("It could not be written down here. Nothing was sent, and nothing is lost of what you scanned."),
        "alert-octagon-outline",
        steps=(msg("Try again."), msg("Or hand it in at a window.")),
        actions=(FINISH_SMALL, AGAIN),
    )


def supply_unsure(_answers: ProgressAnswers, _world: World) -> View:
    """The disk did not answer in time."""
    return MessageView(
        Tone.TROUBLE,
        msg("We do not know whether it was kept"),
        msg("This terminal did not answer in time. Trying again is safe: it is not handed in twice."),
        "help-circle-outline",
        actions=(FINISH_SMALL, AGAIN),
    )


# --- take a case back ----------------------------------------------------------------------------------------------------


def withdraw(answers: ProgressAnswers, world: World) -> View:
    """Ask once."""
    view = answers.view
    return ReviewView(
        msg("Take this case back?"),
        (
            (msg("Case"), view.title),
            (msg("Case number"), spaced(view.number)),
            (msg("Handed in"), words.day(view.received_at, world)),
        ),
        (
            Action(Pressed("case"), msg("Keep the case"), "arrow-left"),
            Action(Confirmed(), msg("Take it back"), "undo-variant", main=True),
        ),
        explain=msg("The office stops working on it. It cannot be taken up again; you would apply anew."),
        icon="help-circle-outline",
    )


def withdrawn(answers: ProgressAnswers, _world: World) -> View:
    """Done."""
    return MessageView(
        Tone.DONE,
        msg("The case was taken back"),
        msg("The office does not work on it any more. You can apply again at any time."),
        "check-circle",
        big_note=msg("Case number {number}", number=spaced(answers.view.number)),
        actions=(SEE_CASE, ANOTHER, FINISH),
    )


def withdraw_away(_answers: ProgressAnswers, _world: World) -> View:
    """It may have reached the centre, or not."""
    return MessageView(
        Tone.TROUBLE,
        msg("No connection to the hall's system"),
        msg("We do not know whether the case was taken back. Trying again is safe."),
        "lan-disconnect",
        actions=(SEE_CASE, FINISH_SMALL, AGAIN),
    )


def withdraw_refused(_answers: ProgressAnswers, _world: World) -> View:
    """It is decided already, or the centre does not know why we ask."""
    return MessageView(
        Tone.TROUBLE,
        msg("The case cannot be taken back here"),
        msg("It may have been decided already. Nothing was changed. The front desk can help you."),
        "alert-circle-outline",
        actions=(SEE_CASE, FINISH),
    )
