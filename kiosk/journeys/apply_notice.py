"""The one-time notice: everything still missing, once; what is done so far is kept at the centre, and the notice on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kiosk.cases.notice import KEPT_HERE, SENT_LATER, Notice
from kiosk.effects.cases import SaveDraft
from kiosk.effects.results import PrintNotice
from kiosk.errors import REMEDIES
from kiosk.events.cases import DraftKept, DraftSaved
from kiosk.events.centre import CentreAway, CentreSaidNo
from kiosk.events.prints import PrintedOut, PrintFailed, PrintSent, SlipTaken
from kiosk.events.touches import Confirmed, Pressed, TimedOut
from kiosk.journeys import apply_parts as parts
from kiosk.journeys.apply_hub import TO_HUB, missing_rows
from kiosk.journeys.apply_model import ApplyAnswers, Paper, code_spaced, title_of, working_printer
from kiosk.journeys.apply_parts import HUB
from kiosk.journeys.common import FINISH, press, wait
from kiosk.journeys.model import Goto, Pace, Step
from kiosk.texts import Text, msg
from kiosk.views.parts import Action, Fact, QrCode, Tone
from kiosk.views.told import MessageView, ReviewView

if TYPE_CHECKING:
    from kiosk.events.model import Event
    from kiosk.views.model import View
    from kiosk.world import World

PRINT = Action(Pressed("print"), msg("Print what is missing"), "printer-outline")


def notice(answers: ApplyAnswers, world: World) -> View:
    """What is still missing, and the offer to keep what is there."""
    rows = tuple(missing_rows(answers, world))
    everything = msg("This is everything. Nothing else is asked for when you hand it in.")
    nothing = msg("Nothing is missing. You can look once more and sign, now or within 30 days.")
    return ReviewView(
        msg("What is still missing") if rows else msg("Keep it for later"),
        rows or ((msg("Application"), title_of(answers.case.target, world.catalogue)),),
        (Action(Confirmed(), msg("Keep it for 30 days"), "content-save-outline", main=True), TO_HUB),
        explain=everything if rows else nothing,
        icon="clipboard-list-outline",
    )


def keep(answers: ApplyAnswers, event: Confirmed, world: World) -> Goto:
    """The key of this saving is made here; what is missing is judged once, for screen and paper. The case remembers the key:
    when it is handed in, a draft that comes later, or whose answer was lost, is not kept."""
    told = Notice(answers.case.target, parts.still_missing(answers.case, world))
    case = replace(answers.case, saving=(*answers.case.saving, event.key))
    return Goto("saving", replace(answers, case=case, key=event.key, notice=told, paper=Paper.NONE))


def save(answers: ApplyAnswers) -> tuple[SaveDraft, ...]:
    """At the centre."""
    return (SaveDraft(answers.case, answers.key),)


def saved(answers: ApplyAnswers, event: DraftSaved, world: World) -> Goto:
    """On paper where that is possible."""
    told = replace(_notice(answers), code=event.code, until=date.fromisoformat(event.until))
    kept = replace(answers, notice=told, case=replace(answers.case, draft=event.code))
    return _on_paper(kept, world) if working_printer(world) else Goto("draft_kept", kept)


def kept_here(answers: ApplyAnswers, _event: DraftKept, _world: World) -> Goto:
    """Safe on this machine's disk; that the centre is away follows."""
    return Goto("saving", replace(answers, notice=replace(_notice(answers), kept_here=True)), asks=False)


def unsaved(answers: ApplyAnswers, _event: Event, world: World) -> Goto:
    """The centre has not kept it."""
    if not _notice(answers).kept_here:
        return Goto("draft_unkept", answers)
    return _on_paper(answers, world) if working_printer(world) else Goto("draft_kept", answers)


def _notice(answers: ApplyAnswers) -> Notice:
    if answers.notice is None:
        raise ValueError("no notice was asked for")
    return answers.notice


def _on_paper(answers: ApplyAnswers, world: World) -> Goto:
    return Goto("notice_printing", replace(answers, printer=working_printer(world) or answers.printer))


def print_it(answers: ApplyAnswers, _event: Pressed, world: World) -> Goto:
    """Also without a code: what to bring is worth having."""
    return _on_paper(answers, world)


def printing(answers: ApplyAnswers) -> tuple[PrintNotice, ...]:
    """The notice."""
    return (PrintNotice(_notice(answers), answers.printer),)


def printed(answers: ApplyAnswers, event: Event, _world: World) -> Goto:
    """What is known about the paper."""
    known = replace(answers, paper=paper_of(event))
    if isinstance(event, PrintFailed):
        known = replace(known, fault=event.fault)
    told = _notice(answers)
    return Goto("draft_kept" if told.code or told.kept_here else "draft_unkept", known)


def paper_of(event: Event) -> Paper:
    """What an event tells about a print; one that never comes tells nothing."""
    table = {PrintedOut: Paper.OUT, PrintFailed: Paper.FAILED, SlipTaken: Paper.TAKEN}
    return table.get(type(event), Paper.SENT)


def paper_says(answers: ApplyAnswers) -> Text:
    """What is known about the paper, in a sentence."""
    return {
        Paper.NONE: msg("No printing now. Please photograph this page."),
        Paper.OUT: msg("Please take your paper below the screen."),
        Paper.TAKEN: msg("You have the paper in your hand."),
        Paper.SENT: msg("It was sent to the printer. Please look whether the paper came out."),
        Paper.FAILED: msg("{fault} Nothing was printed.", fault=REMEDIES[answers.fault].resident),
    }[answers.paper]


def _again(answers: ApplyAnswers, world: World) -> tuple[Action, ...]:
    wanted = answers.paper in (Paper.NONE, Paper.FAILED, Paper.SENT) and working_printer(world)
    return (PRINT,) if wanted else ()


def draft_kept(answers: ApplyAnswers, world: World) -> View:
    """The code, on the screen and on paper."""
    told = _notice(answers)
    if told.kept_here:
        return _kept_here(answers, world)
    caption = msg("Hold this before the scanner of any terminal, with your card at hand.")
    return MessageView(
        Tone.DONE,
        msg("It is kept for you until {date}", date=told.until) if told.until else msg("It is kept for you"),
        msg("Go on at any terminal, with the same card as today."),
        "content-save-check-outline",
        big=code_spaced(told.code),
        big_note=paper_says(answers),
        facts=(Fact(title_of(told.target, world.catalogue), msg("what you have begun"), "file-clock-outline"),),
        qr=QrCode(told.code, caption),
        actions=(*_again(answers, world), TO_HUB, FINISH),
    )


def _kept_here(answers: ApplyAnswers, world: World) -> View:
    """On this machine's disk; it has no code yet."""
    return MessageView(
        Tone.NOTE,
        KEPT_HERE,
        SENT_LATER,
        "tray-arrow-up",
        facts=(
            Fact(title_of(_notice(answers).target, world.catalogue), msg("what you have begun"), "file-clock-outline"),
        ),
        steps=(
            paper_says(answers),
            msg(
                "At any terminal choose: {tile}, then: {choice}.",
                tile=msg("Apply"),
                choice=msg("Go on with an application"),
            ),
        ),
        actions=(*_again(answers, world), TO_HUB, FINISH),
    )


def draft_unkept(answers: ApplyAnswers, world: World) -> View:
    """The centre did not take it; it can still be handed in."""
    again = Action(Pressed("again"), msg("Try again"), "refresh", main=True)
    on_paper = (PRINT,) if working_printer(world) else ()
    said = (paper_says(answers),) if answers.paper is not Paper.NONE else ()
    return MessageView(
        Tone.TROUBLE,
        msg("It could not be kept for later"),
        msg("The hall's system cannot be reached now. What you have done is here until you finish."),
        "lan-disconnect",
        steps=(*said, msg("Try again, or go on and hand it in now."), msg("You can print what is missing.")),
        actions=(again, *on_paper, TO_HUB, replace(FINISH, main=False)),
    )


def notice_steps() -> dict[str, Step]:
    """From "notice" back to the hub, or to the end."""
    papers = {PrintedOut: printed, PrintSent: printed, PrintFailed: printed, TimedOut: printed}
    buttons = press(hub=HUB, print=print_it, again="saving")
    return {
        "notice": Step(notice, {Confirmed: keep, Pressed: press(hub=HUB)}, timeout_s=120),
        "saving": Step(
            wait(msg("Keeping what you have done"), msg("This takes a moment."), "content-save-outline", 3),
            {
                DraftSaved: saved,
                DraftKept: kept_here,
                CentreAway: unsaved,
                CentreSaidNo: "draft_unkept",
                TimedOut: unsaved,
            },
            save,
            timeout_s=60,
            passing=True,
            holds=True,
        ),
        "notice_printing": Step(
            wait(msg("Printing what is missing"), msg("The paper comes out below the screen."), "printer-outline", 4),
            papers,
            printing,
            timeout_s=60,
            passing=True,
            holds=True,
        ),
        "draft_kept": Step(draft_kept, {Pressed: buttons, SlipTaken: printed}, timeout_s=Pace.IDLE, passing=True),
        "draft_unkept": Step(draft_unkept, {Pressed: buttons}, timeout_s=120, passing=True),
    }
