"""Who applies: by a card on the reader, in the slot, or the app's code; what the centre knows; what was begun before.

A card that the item does not allow, and one that has expired, is refused in words, and nothing of it is kept or shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk import availability
from kiosk.cases.model import Identity
from kiosk.catalogue.kinds import IdentityMethod
from kiosk.effects.cases import AskWhoseCode, LookUpHolder
from kiosk.effects.codes import ReadCode
from kiosk.events.cards import CardRead
from kiosk.events.cases import AppCodeRefused, HolderKnown
from kiosk.events.centre import CentreAway, CentreSaidNo
from kiosk.events.codes import CodeScanned, CodeScannerLost
from kiosk.events.touches import Pressed
from kiosk.journeys.apply_handover import HAND_OVER, TAKE_NUMBER
from kiosk.journeys.apply_model import METHODS, ApplyAnswers, Goal, drafts_for, ways_to_identify
from kiosk.journeys.apply_parts import HUB, prefilled
from kiosk.journeys.common import AGAIN, HOME, NOT_NOW, Asking, identify, press, wait
from kiosk.journeys.guide_page import IDENTITY
from kiosk.journeys.model import Goto, Pace, Step, Target
from kiosk.texts import Msg, Series, msg
from kiosk.views.parts import Action, Tone
from kiosk.views.told import MessageView, WaitView

if TYPE_CHECKING:
    from kiosk.events.model import Event
    from kiosk.ports.card_reader import IdCard
    from kiosk.views.model import View
    from kiosk.world import World

CARDS = frozenset({IdentityMethod.RESIDENT_CARD, IdentityMethod.HMT_PERMIT, IdentityMethod.FOREIGNER_CARD})
USE_CODE = Action(Pressed("code"), msg("Use the app's QR code"), "qrcode")
USE_CARD = Action(Pressed("card"), msg("Use a card"), "card-account-details-outline")
OTHER_CARD = replace(AGAIN, label=msg("Use another card"), icon="card-account-details-outline")


# --- which ways ----------------------------------------------------------------------------------------------------


def cards(answers: ApplyAnswers, world: World) -> tuple[bool, bool]:
    """Whether the item takes ID cards and social-security cards that can be read now."""
    allowed = ways_to_identify(answers.case, world.catalogue)
    on_reader = bool(allowed & CARDS) and availability.id_cards(world)
    return on_reader, IdentityMethod.CITIZEN_CARD in allowed and availability.social_cards(world)


def _code_works(answers: ApplyAnswers, world: World) -> bool:
    """The centre has to be asked whose code it is."""
    allowed = IdentityMethod.APP_QR in ways_to_identify(answers.case, world.catalogue)
    return allowed and world.device("code_scanner").works and world.centre_reachable


def _further(answers: ApplyAnswers, world: World) -> tuple[Action, ...]:
    return (USE_CODE,) if _code_works(answers, world) else ()


def to_identify(answers: ApplyAnswers, world: World) -> Goto:
    """To the card, or to the code where no card can be read."""
    if any(cards(answers, world)):
        return Goto("card", answers)
    return Goto("code" if _code_works(answers, world) else "card_no_reader", answers)


def again(answers: ApplyAnswers, _event: Pressed, world: World) -> Goto:
    """Once more from the start of identifying."""
    return to_identify(answers, world)


# --- whose card it is ------------------------------------------------------------------------------------------------


def judge_card(answers: ApplyAnswers, event: CardRead, world: World) -> Goto:
    """A card was read: by which of the ways, and whether it may be used."""
    return _judge(answers, event.card, METHODS[event.card.kind], world)


def judge_code(answers: ApplyAnswers, event: CardRead, world: World) -> Goto:
    """The centre said whose code it is."""
    return _judge(answers, event.card, IdentityMethod.APP_QR, world)


def _judge(answers: ApplyAnswers, card: IdCard, method: IdentityMethod, world: World) -> Goto:
    if method not in ways_to_identify(answers.case, world.catalogue):
        return Goto("card_wrong", answers)
    if card.valid_until and card.valid_until < world.now.date():
        return Goto("card_expired", replace(answers, expired=card.valid_until))
    case = replace(answers.case, identity=Identity(method, card))
    return Goto("looking", replace(answers, case=case))


def card_wrong(answers: ApplyAnswers, world: World) -> View:
    """A card of a kind that the item does not take."""
    allowed = ways_to_identify(answers.case, world.catalogue)
    taken = tuple(text for method, text in IDENTITY.items() if method in allowed)
    return MessageView(
        Tone.TROUBLE,
        msg("This card cannot be used for this"),
        msg("You can use: {means}. Nothing of your card was kept.", means=Series(taken, either=True)),
        "card-off-outline",
        steps=(msg("Use one of these."), msg("Or take a number: at the window other papers may do.")),
        actions=(OTHER_CARD, TAKE_NUMBER, NOT_NOW),
    )


def card_expired(answers: ApplyAnswers, _world: World) -> View:
    """A card whose time is over."""
    when = answers.expired
    return MessageView(
        Tone.TROUBLE,
        msg("Your card has expired"),
        msg("It was valid until {date}. Applying needs a valid one.", date=when) if when else "",
        "calendar-alert",
        steps=(
            msg("Renew it where it was issued. For resident ID cards that is any police station."),
            msg("If it is renewed already, use the new card."),
            msg("Or take a number: the window can help you meanwhile."),
        ),
        actions=(OTHER_CARD, TAKE_NUMBER, NOT_NOW),
    )


# --- by the app's code -------------------------------------------------------------------------------------------------


def code(answers: ApplyAnswers, world: World) -> View:
    """Hold the app's code before the scanner."""
    use_card = (USE_CARD,) if any(cards(answers, world)) else ()
    return WaitView(
        msg("Hold the code of the app before the scanner"),
        msg("Open the citizens' app and choose your identity code. It is good for one minute."),
        "qrcode-scan",
        actions=(*use_card, NOT_NOW),
    )


def scanned(answers: ApplyAnswers, event: CodeScanned, _world: World) -> Goto:
    """Whose it is, the centre says."""
    return Goto("whose", replace(answers, scan=event.code))


def asking_whose(answers: ApplyAnswers) -> tuple[AskWhoseCode, ...]:
    """The code that was scanned."""
    return (AskWhoseCode(answers.scan),) if answers.scan else ()


def _code_trouble(title: Msg, explain: Msg) -> Callable[[ApplyAnswers, World], View]:
    """The code did not do."""

    def view(answers: ApplyAnswers, world: World) -> View:
        use_card = (USE_CARD,) if any(cards(answers, world)) else ()
        return MessageView(
            Tone.TROUBLE, title, explain, "qrcode-remove", actions=(AGAIN, *use_card, TAKE_NUMBER, NOT_NOW)
        )

    return view


code_refused = _code_trouble(
    msg("This code cannot be used"),
    msg("It is older than a minute, was used before, or is another code. Please show a fresh one."),
)
code_away = _code_trouble(
    msg("The code could not be checked"),
    msg("No connection to the hall's system now. A card can be read without it."),
)
code_lost = _code_trouble(
    msg("Codes cannot be read here now"), msg("The code scanner stopped answering. A card may do instead.")
)


# --- what the centre knows -------------------------------------------------------------------------------------------


def looking_up(answers: ApplyAnswers) -> tuple[LookUpHolder, ...]:
    """What the centre holds about this person."""
    return (LookUpHolder(answers.case.identity.card),) if answers.case.identity else ()


def known(answers: ApplyAnswers, event: HolderKnown, world: World) -> Goto:
    """With what is on file; what this person has begun of the same is offered."""
    if answers.goal is Goal.RESUME:
        return Goto("opening" if answers.code else "my_drafts", replace(answers, drafts=event.drafts), forget=True)
    identity = answers.case.identity
    case = replace(answers.case, identity=replace(identity, record=event.record) if identity else None)
    begun = replace(answers, case=case, drafts=drafts_for(case.target, event.drafts))
    return Goto("begun_before", begun) if begun.drafts else to_hub(begun, world)


def to_hub(answers: ApplyAnswers, world: World) -> Goto:
    """To the application itself, with what is known filled in."""
    return Goto(HUB, replace(answers, case=prefilled(answers.case, world), drafts=()), forget=True)


def centre_away(answers: ApplyAnswers, _event: CentreAway | CentreSaidNo, _world: World) -> str:
    """An application goes on without the centre; what was begun before is there and cannot be had."""
    return "without_record" if answers.goal is Goal.NEW else "drafts_away"


def without_record(_answers: ApplyAnswers, _world: World) -> View:
    """Said once: nothing is on file today."""
    return MessageView(
        Tone.NOTE,
        msg("The hall's system cannot be reached now"),
        msg("You can go on. We ask for everything, also for what is on file there."),
        "lan-disconnect",
        steps=(msg("What you hand in is kept here and sent by itself."),),
        actions=(Action(Pressed("next"), msg("Go on"), "arrow-right", main=True), TAKE_NUMBER),
    )


def go_on(answers: ApplyAnswers, _event: Pressed, world: World) -> Goto:
    """Without what the centre holds."""
    return to_hub(answers, world)


# --- the steps -------------------------------------------------------------------------------------------------------

ASKING = Asking(NOT_NOW, cards, _further, needed=True)
OUTSIDE: Mapping[type[Event], Target] = {CentreAway: centre_away, CentreSaidNo: centre_away}


def identify_steps() -> dict[str, Step]:
    """From "card" or "code" to "hub", "begun_before", "my_drafts" or "opening"."""
    buttons = press(again=again, card=again, code="code", next=go_on, **HAND_OVER)
    return {
        **identify(judge_card, ASKING, HOME, code="code"),
        "card_wrong": Step(card_wrong, {Pressed: buttons}, passing=True),
        "card_expired": Step(card_expired, {Pressed: buttons}, passing=True),
        "code": Step(
            code,
            {CodeScanned: scanned, CodeScannerLost: "code_lost", Pressed: press(card="card", not_now=HOME)},
            lambda _answers: (ReadCode(),),
            Pace.CARD,
        ),
        "whose": Step(
            wait(msg("Asking whose code it is"), msg("This takes a moment."), "qrcode-scan", 2),
            {
                CardRead: judge_code,
                AppCodeRefused: "code_refused",
                CentreSaidNo: "code_refused",
                CentreAway: "code_away",
            },
            asking_whose,
            timeout_s=60,
            passing=True,
        ),
        **{
            name: Step(view, {Pressed: press(again="code", card="card", **HAND_OVER)}, passing=True)
            for name, view in (("code_refused", code_refused), ("code_away", code_away), ("code_lost", code_lost))
        },
        "looking": Step(
            wait(
                msg("Looking what is on file about you"),
                msg("What is known already need not be told again."),
                "folder-search-outline",
                2,
            ),
            {HolderKnown: known, **OUTSIDE},
            looking_up,
            timeout_s=60,
            passing=True,
        ),
        "without_record": Step(without_record, {Pressed: buttons}, passing=True),
    }
