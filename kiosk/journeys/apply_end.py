"""The end of an application: look once more, sign, hand in exactly once, and say truly where it stands: on the screen, on paper.

The key is made at the press that hands in; every attempt carries it. What was handed in cannot be gone back behind.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.cases.consent import STATEMENT
from kiosk.cases.delivery import ADDRESS, PHONE, RECIPIENT
from kiosk.catalogue.kinds import ResultDelivery
from kiosk.effects.cases import SubmitCase
from kiosk.effects.results import PrintReceipt
from kiosk.events.cases import CaseKept, CaseReceived, CaseSetAside, NotKept
from kiosk.events.prints import PrintedOut, PrintFailed, PrintSent, SlipTaken
from kiosk.events.signing import Signed
from kiosk.events.touches import Confirmed, Pressed, TimedOut
from kiosk.journeys import apply_parts as parts
from kiosk.journeys.apply_end_views import done, not_kept, unsure
from kiosk.journeys.apply_handover import HAND_OVER
from kiosk.journeys.apply_hub import complete, field_rows, material_rows
from kiosk.journeys.apply_model import (
    ApplyAnswers,
    Paper,
    Standing,
    as_handed_in,
    is_package,
    standing_of,
    title_of,
    titles,
    working_printer,
)
from kiosk.journeys.apply_notice import paper_of
from kiosk.journeys.apply_parts import HUB
from kiosk.journeys.common import masked_name, masked_number, press, wait
from kiosk.journeys.guide_page import DELIVERY
from kiosk.journeys.model import Goto, Pace, Step, Target
from kiosk.signature import Judgement, judge
from kiosk.texts import Series, Text, msg
from kiosk.views.parts import Action
from kiosk.views.signing import SignView
from kiosk.views.told import ReviewView

if TYPE_CHECKING:
    from kiosk.cases.model import CaseInHand
    from kiosk.events.model import Event
    from kiosk.views.model import View
    from kiosk.world import World

SOON_S = 4.0
"""How long the centre's answer is waited for before the screen says that it is kept here and not yet sent."""
WRITING_S = 60.0
"""A disk that takes longer to write it down has not answered."""
HAND_IN = Action(Confirmed(), msg("Hand it in now"), "send-check-outline", main=True)
CHANGE = Action(Pressed("hub"), msg("Change something"), "pencil-outline")


# --- look once more ------------------------------------------------------------------------------------------------------


def review(answers: ApplyAnswers, world: World) -> View:
    """Everything that is going to be handed in, on one page."""
    return ReviewView(
        msg("Is everything right?"),
        (*_who(answers.case, world), *field_rows(answers.case, world), *_what(answers.case, world)),
        (CHANGE, Action(Pressed("sign"), msg("Go on and sign"), "draw", main=True)),
        explain=msg("Nothing is handed in before you have signed."),
        icon="clipboard-check-outline",
    )


def _who(case: CaseInHand, world: World) -> tuple[tuple[Text, Text], ...]:
    rows: list[tuple[Text, Text]] = [(msg("Application"), title_of(case.target, world.catalogue))]
    if is_package(case, world.catalogue):
        rows.append((msg("With these items"), Series(titles(case.items, world.catalogue))))
    if case.identity:
        card = case.identity.card
        rows += [(msg("Name"), masked_name(card)), (msg("Card number"), masked_number(card))]
    return tuple(rows)


def _what(case: CaseInHand, world: World) -> tuple[tuple[Text, Text], ...]:
    wish = as_handed_in(case).wish
    if wish is None:
        return tuple(material_rows(case, world))
    rows: list[tuple[Text, Text]] = [(msg("How the result comes"), DELIVERY[wish.method])]
    if wish.method is ResultDelivery.POST:
        rows += [(RECIPIENT.label, wish.recipient), (ADDRESS.label, wish.address), (PHONE.label, wish.phone)]
    return (*material_rows(case, world), *rows)


def to_sign(answers: ApplyAnswers, _event: Pressed, world: World) -> Goto:
    """Only what is complete is signed."""
    return Goto("sign" if complete(answers.case, world) else HUB, answers)


# --- sign ------------------------------------------------------------------------------------------------------------------


def sign(answers: ApplyAnswers, _world: World) -> View:
    """The words, and the field to sign in."""
    return SignView(
        msg("Please sign"),
        STATEMENT,
        (
            Action(Pressed("unsigned"), msg("Go on without signing"), "hand-back-right-off-outline"),
            replace(HAND_IN, label=msg("Sign and hand it in")),
        ),
        answers.case.strokes,
        explain=msg("Please read this before you sign."),
    )


def signed(answers: ApplyAnswers, event: Signed, _world: World) -> Goto:
    """What is in the field now."""
    return Goto("sign", replace(answers, case=replace(answers.case, strokes=event.strokes)), asks=False)


def hand_in_signed(answers: ApplyAnswers, event: Confirmed, world: World) -> Goto:
    """With a signature that is one."""
    if judge(answers.case.strokes) is not Judgement.ENOUGH:
        return Goto("sign", answers, asks=False)
    return hand_in(answers, event, world)


def consent(_answers: ApplyAnswers, _world: World) -> View:
    """For people who cannot sign by hand: the same words, consented to by a button."""
    return ReviewView(
        msg("Hand it in without a signature"),
        ((msg("You declare"), STATEMENT),),
        (Action(Pressed("sign"), msg("Sign by hand"), "draw"), HAND_IN),
        explain=msg("Who cannot sign by hand agrees by this button. It counts the same."),
        icon="hand-back-right-off-outline",
    )


def hand_in_unsigned(answers: ApplyAnswers, event: Confirmed, world: World) -> Goto:
    """By the button alone."""
    return hand_in(replace(answers, case=replace(answers.case, strokes=())), event, world)


# --- hand in ---------------------------------------------------------------------------------------------------------------


def hand_in(answers: ApplyAnswers, event: Confirmed, world: World) -> Goto:
    """Exactly once per key; Back does not return behind this point."""
    if not complete(answers.case, world):
        return Goto(HUB, answers)
    case = as_handed_in(answers.case)
    return Goto("submitting", replace(answers, case=case, key=event.key), forget=True)


def submit(answers: ApplyAnswers) -> tuple[SubmitCase, ...]:
    """The case as it was signed."""
    return (SubmitCase(answers.case, answers.key),)


def stand(answers: ApplyAnswers, event: Event) -> ApplyAnswers:
    """Where the case stands after an event."""
    if isinstance(event, CaseReceived):
        return replace(answers, stands=standing_of(event.receipt), receipt=event.receipt)
    return replace(answers, stands=Standing.SET_ASIDE if isinstance(event, CaseSetAside) else Standing.KEPT)


def outcome(answers: ApplyAnswers, event: Event, world: World) -> Goto:
    """The centre has answered, or has not in time: a receipt that says so is printed, where it can be."""
    known = stand(answers, event)
    if known.stands is Standing.SET_ASIDE:
        return Goto("done", known)
    return _receipt(known, world)


def _receipt(answers: ApplyAnswers, world: World) -> Goto:
    printer = working_printer(world)
    if printer is None:
        return Goto("done", replace(answers, paper=Paper.NONE))
    return Goto("printing", replace(answers, printer=printer, told=answers.stands))


def print_again(answers: ApplyAnswers, _event: Pressed, world: World) -> Goto:
    """What is true now."""
    return _receipt(answers, world)


def printing(answers: ApplyAnswers) -> tuple[PrintReceipt, ...]:
    """The receipt of what is known."""
    return (PrintReceipt(answers.case, answers.receipt, answers.printer),)


def meanwhile(step: str) -> Target:
    """The centre's answer comes while something else is shown or printed: it is remembered, and nothing asked again."""
    return lambda answers, event, _world: Goto(step, stand(answers, event), asks=False)


def printed(answers: ApplyAnswers, event: Event, _world: World) -> Goto:
    """What is known about the paper."""
    known = replace(answers, paper=paper_of(event))
    return Goto("done", replace(known, fault=event.fault) if isinstance(event, PrintFailed) else known)


def rate(answers: ApplyAnswers, _event: Pressed, _world: World) -> Goto:
    """How was it?"""
    return parts.to_rating(answers.receipt)


def end_steps() -> dict[str, Step]:
    """From "review" to the end."""
    answers_: dict[type[Event], Target] = {CaseReceived: outcome, CaseSetAside: outcome}
    return {
        "review": Step(review, {Pressed: press(hub=HUB, sign=to_sign)}, timeout_s=180),
        "sign": Step(
            sign, {Signed: signed, Confirmed: hand_in_signed, Pressed: press(unsigned="consent")}, timeout_s=180
        ),
        "consent": Step(consent, {Confirmed: hand_in_unsigned, Pressed: press(sign="sign")}, timeout_s=120),
        "submitting": Step(
            wait(msg("Handing it in"), msg("Please wait a moment. It is being written down."), "send-outline", 2),
            {CaseKept: "sending", NotKept: "not_kept", TimedOut: "unsure", **answers_},
            submit,
            timeout_s=WRITING_S,
            passing=True,
            holds=True,
        ),
        "sending": Step(
            wait(msg("Handing it in"), msg("It is safe in this terminal and being sent."), "send-outline", SOON_S),
            {TimedOut: outcome, **answers_},
            timeout_s=SOON_S,
            passing=True,
            keeps=True,
            holds=True,
        ),
        "printing": Step(
            wait(msg("Printing your receipt"), msg("The paper comes out below the screen."), "printer-outline", 4),
            {
                **dict.fromkeys((PrintedOut, PrintSent, PrintFailed, TimedOut), printed),
                **dict.fromkeys((CaseReceived, CaseSetAside), meanwhile("printing")),
            },
            printing,
            timeout_s=60,
            passing=True,
            keeps=True,
            holds=True,
        ),
        "done": Step(
            done,
            {
                Pressed: press(print=print_again, rate=rate, **HAND_OVER),
                SlipTaken: printed,
                **dict.fromkeys((CaseReceived, CaseSetAside), meanwhile("done")),
            },
            timeout_s=Pace.DONE,
            keeps=True,
        ),
        "not_kept": Step(not_kept, {Pressed: press(again="submitting", hub=HUB, **HAND_OVER)}, timeout_s=120),
        "unsure": Step(unsure, {Pressed: press(again="submitting", **HAND_OVER)}, timeout_s=120),
    }
