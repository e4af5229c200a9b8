"""Go on with what was begun: by card, by the code on the notice, scanned or typed. A draft opens for the person who began it
and nobody else; for anybody else it is as if there were none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.effects.cases import OpenDraft
from kiosk.effects.codes import ReadCode
from kiosk.events.cases import DraftGone, DraftOpened
from kiosk.events.centre import CentreAway, CentreSaidNo
from kiosk.events.codes import CodeScanned, CodeScannerLost
from kiosk.events.touches import Chosen, Pressed, Typed
from kiosk.journeys.apply_handover import CHOOSE_OTHER, HAND_OVER, TAKE_NUMBER
from kiosk.journeys.apply_identify import to_hub, to_identify
from kiosk.journeys.apply_model import (
    ApplyAnswers,
    Goal,
    draft_code,
    draft_target,
    title_of,
    ways_to_identify,
)
from kiosk.journeys.common import AGAIN, NOT_NOW, press, wait
from kiosk.journeys.model import Aim, Goto, Pace, Step
from kiosk.texts import Text, msg
from kiosk.views.choose import ChooseView
from kiosk.views.fields import FieldKind, FieldView
from kiosk.views.parts import Action, Fact, Option, Tone
from kiosk.views.told import MessageView, WaitView

if TYPE_CHECKING:
    from kiosk.contract.drafts import Draft
    from kiosk.views.model import View
    from kiosk.world import World

LONGEST = 20
GO_ON = Action(Pressed("go_on"), msg("Go on with it"), "arrow-right", main=True)
ANEW = Action(Pressed("anew"), msg("Start anew"), "file-outline")
OTHER_WAY = Action(Pressed("resume"), msg("Try another way"), "folder-open-outline")
TYPE_CODE = Action(Pressed("type"), msg("Write the code instead"), "keyboard-outline")


# --- which draft -----------------------------------------------------------------------------------------------------


def resume(_answers: ApplyAnswers, world: World) -> View:
    """Three ways to what was begun; all of them end with the card of whoever began it."""
    scanner = world.device("code_scanner").works
    return ChooseView(
        msg("Go on with an application"),
        (
            Option("by_card", msg("With my card"), msg("Shows what you have begun"), "card-account-details-outline"),
            Option(
                "by_scan",
                msg("With the code on my notice"),
                msg("Hold the paper before the scanner"),
                "qrcode-scan",
                scanner,
                "" if scanner else msg("Codes cannot be read here now. You can write it instead."),
            ),
            Option("by_typing", msg("Write the code"), msg("Eight letters and digits"), "keyboard-outline"),
        ),
        explain=msg("What was begun is kept for 30 days. Only who began it can open it."),
    )


def way(_answers: ApplyAnswers, event: Chosen, world: World) -> Goto:
    """One of the three."""
    fresh = ApplyAnswers(goal=Goal.RESUME)
    if event.key == "by_card":
        return to_identify(fresh, world)
    return Goto({"by_scan": "draft_scan", "by_typing": "draft_type"}[event.key], fresh)


def draft_scan(_answers: ApplyAnswers, _world: World) -> View:
    """Hold the notice before the scanner."""
    return WaitView(
        msg("Hold the code on your notice before the scanner"),
        msg("It is the square at the end of the paper."),
        "qrcode-scan",
        actions=(TYPE_CODE, NOT_NOW),
    )


def draft_scanned(answers: ApplyAnswers, event: CodeScanned, world: World) -> Goto:
    """On to the card, if it is such a code."""
    found = draft_code(event.code.text)
    return to_identify(replace(answers, code=found), world) if found else Goto("draft_odd", answers)


def draft_odd(_answers: ApplyAnswers, _world: World) -> View:
    """A code of something else."""
    return MessageView(
        Tone.TROUBLE,
        msg("This is another code"),
        msg("Please use the code on the paper that says what is still missing."),
        "qrcode-remove",
        actions=(AGAIN, TYPE_CODE, NOT_NOW),
    )


def draft_unscanned(_answers: ApplyAnswers, _world: World) -> View:
    """There is no scanner now."""
    return MessageView(
        Tone.TROUBLE,
        msg("Codes cannot be read here now"),
        msg("You can write the code. It stands above the square on your notice."),
        "qrcode-remove",
        actions=(replace(TYPE_CODE, main=True), OTHER_WAY, NOT_NOW),
    )


def draft_type(answers: ApplyAnswers, _world: World) -> View:
    """Write the code."""
    return FieldView(
        msg("Which code stands on your notice?"),
        answers.code,
        FieldKind.LATIN,
        explain=msg("Eight letters and digits, above the square."),
        hint="K7MP 4XRW",
        error=answers.error,
        actions=(Action(Pressed("next"), msg("Go on"), "arrow-right", main=True), NOT_NOW),
    )


def draft_typed(answers: ApplyAnswers, event: Typed, _world: World) -> Goto:
    """What stands in the field."""
    return Goto("draft_type", replace(answers, code=event.text[:LONGEST], error=""))


def draft_written(answers: ApplyAnswers, _event: Pressed, world: World) -> Goto:
    """On to the card, if it can be a code."""
    found = draft_code(answers.code)
    if found:
        return to_identify(replace(answers, code=found, error=""), world)
    wrong = msg("A code has eight letters and digits, and no 0, 1, I, L or O.")
    return Goto("draft_type", replace(answers, error=wrong))


# --- what this person has begun --------------------------------------------------------------------------------------


def my_drafts(answers: ApplyAnswers, world: World) -> View:
    """The drafts of the person who is known now."""
    options = tuple(_draft(draft, world) for draft in answers.drafts if _known_here(draft, world))
    return ChooseView(
        msg("What you have begun"),
        options,
        empty=msg("Nothing that you have begun is kept. After 30 days it is deleted."),
        actions=(CHOOSE_OTHER,),
    )


def _draft(draft: Draft, world: World) -> Option:
    return Option(draft.code, title_of(draft_target(draft), world.catalogue), _kept(draft), "file-clock-outline")


def _kept(draft: Draft) -> Text:
    return msg("begun {date}, kept until {until}", date=draft.saved_at.date(), until=draft.expires_at.date())


def _known_here(draft: Draft, world: World) -> bool:
    items = {asked.item for asked in draft.items}
    packages = {draft.package} if draft.package else set()
    return items <= world.catalogue.by_id.keys() and packages <= world.catalogue.packages_by_id.keys()


def pick(answers: ApplyAnswers, event: Chosen, _world: World) -> Goto:
    """One of them."""
    return Goto("opening", replace(answers, code=event.key))


def begun_before(answers: ApplyAnswers, world: World) -> View:
    """The same was begun before."""
    newest = answers.drafts[0]
    return MessageView(
        Tone.NOTE,
        msg("You have begun this before"),
        msg("You can go on where you stopped."),
        "file-clock-outline",
        facts=(Fact(title_of(answers.case.target, world.catalogue), _kept(newest), "file-clock-outline"),),
        actions=(GO_ON, ANEW),
    )


def go_on_with(answers: ApplyAnswers, _event: Pressed, _world: World) -> Goto:
    """With the newest."""
    return Goto("opening", replace(answers, code=answers.drafts[0].code))


def anew(answers: ApplyAnswers, _event: Pressed, world: World) -> Goto:
    """From the start; the old one stays until this one takes its place."""
    return to_hub(replace(answers, case=replace(answers.case, draft=answers.drafts[0].code)), world)


# --- opening it ------------------------------------------------------------------------------------------------------


def open_draft(answers: ApplyAnswers) -> tuple[OpenDraft, ...]:
    """As the person who is known now."""
    identity = answers.case.identity
    return (OpenDraft(answers.code, identity.card),) if identity else ()


def opened(answers: ApplyAnswers, event: DraftOpened, world: World) -> Aim:
    """On with it, as the person whose card was read; the items may take another card than was used."""
    identity, case = answers.case.identity, event.case
    if identity is None or not {*case.items} <= world.catalogue.by_id.keys():
        return "draft_gone"
    known = replace(identity, record=case.identity.record if case.identity else identity.record)
    if identity.method not in ways_to_identify(case, world.catalogue):
        return Goto("card_wrong", replace(answers, case=replace(answers.case, items=case.items, identity=None)))
    return to_hub(replace(answers, goal=Goal.NEW, code="", case=replace(case, identity=known)), world)


def draft_gone(_answers: ApplyAnswers, _world: World) -> View:
    """Never, no more, or somebody else's: which of it is not said."""
    return MessageView(
        Tone.TROUBLE,
        msg("Nothing can be opened with this card and code"),
        msg("What was begun is kept for 30 days, and opens with the card of whoever began it."),
        "folder-alert-outline",
        steps=(
            msg("Look whether the code is right, and use the same card as then."),
            msg("Or begin again. What the government holds need not be told again."),
        ),
        actions=(replace(OTHER_WAY, main=True), CHOOSE_OTHER, TAKE_NUMBER),
    )


def drafts_away(answers: ApplyAnswers, _world: World) -> View:
    """What was begun is at the centre."""
    fresh = replace(CHOOSE_OTHER, label=msg("Start a new application"))
    return MessageView(
        Tone.TROUBLE,
        msg("The hall's system cannot be reached now"),
        msg("What you have begun is kept there, and nothing of it is lost."),
        "lan-disconnect",
        steps=(msg("Try again in a few minutes."), msg("Or take your papers to a window.")),
        actions=(replace(AGAIN, event=Pressed("look_again")), fresh, TAKE_NUMBER),
    )


def look_again(answers: ApplyAnswers, _event: Pressed, world: World) -> Goto:
    """By the card that was read; it need not be read again."""
    return Goto("looking", answers) if answers.case.identity else to_identify(answers, world)


def draft_steps() -> dict[str, Step]:
    """From "resume", "begun_before" or "my_drafts" to "hub"."""
    again_ = press(resume="resume", type="draft_type", again="draft_scan", look_again=look_again, **HAND_OVER)
    return {
        "resume": Step(resume, {Chosen: way}),
        "draft_scan": Step(
            draft_scan,
            {CodeScanned: draft_scanned, CodeScannerLost: "draft_unscanned", Pressed: again_},
            lambda _answers: (ReadCode(),),
            Pace.CARD,
        ),
        "draft_odd": Step(draft_odd, {Pressed: again_}, passing=True),
        "draft_unscanned": Step(draft_unscanned, {Pressed: again_}, passing=True),
        "draft_type": Step(draft_type, {Typed: draft_typed, Pressed: press(next=draft_written, **HAND_OVER)}),
        "my_drafts": Step(my_drafts, {Chosen: pick, Pressed: again_}),
        "begun_before": Step(begun_before, {Pressed: press(go_on=go_on_with, anew=anew)}, passing=True),
        "opening": Step(
            wait(msg("Opening what you have begun"), msg("This takes a moment."), "folder-open-outline", 3),
            {DraftOpened: opened, DraftGone: "draft_gone", CentreAway: "drafts_away", CentreSaidNo: "draft_gone"},
            open_draft,
            timeout_s=60,
            passing=True,
        ),
        "draft_gone": Step(draft_gone, {Pressed: again_}, passing=True),
        "drafts_away": Step(drafts_away, {Pressed: again_}, passing=True),
    }
