"""Steps and actions shared by journeys: identify with a card, wait, apologise, finish."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from kiosk import availability
from kiosk.effects.cards import ReadCard
from kiosk.events.cards import CardFailed, CardLeft, CardRead, CardReaderLost, CardSeen, CardTaken
from kiosk.events.model import Event
from kiosk.events.touches import Pressed, TimedOut
from kiosk.journeys.model import Answers, EndVisit, Goto, Pace, Step, Target
from kiosk.ports.card_reader import IdCard
from kiosk.texts import Msg, Text, msg
from kiosk.views.model import View
from kiosk.views.parts import Action, Tone
from kiosk.views.told import MessageView, WaitView
from kiosk.world import World

HOME = "home.home"
ANYWHERE: Mapping[type[Event], Target] = {TimedOut: EndVisit()}

FINISH = Action(Pressed("finish"), msg("Finish and clear my data"), "check", main=True)
ANOTHER = Action(Pressed("another"), msg("Do something else"), "home")


def press(**targets: Target) -> Target:
    """A target for `Pressed`: the button's name decides. "finish" ends the visit and "another" goes home anywhere."""
    table: dict[str, Target] = {"finish": EndVisit(), "another": HOME, **targets}

    def pressed(answers: Answers, event: Pressed, world: World) -> Any:
        target = table.get(event.name)
        if target is None:
            raise ValueError(f"a button {event.name!r} that its step does not know")
        return target(answers, event, world) if callable(target) else target

    return pressed


def wait(title: Msg, explain: Msg, icon: str, expected_s: float | None = None) -> Callable[[Answers, World], View]:
    """A view function for a step of waiting."""
    view = WaitView(title, explain, icon, expected_s)
    return lambda _answers, _world: view


ID_CARD = WaitView(
    msg("Place your ID card on the reader"),
    msg("The marked area is below the screen. Leave the card there for about one second."),
    "card-account-details-outline",
    points_down=True,
)
EITHER_CARD = replace(
    ID_CARD,
    explain=msg(
        "The marked area is below the screen. Leave the card there for about one second. "
        "Or put your social-security card into the slot."
    ),
)
SOCIAL_CARD = replace(
    ID_CARD,
    title=msg("Put your social-security card into the slot"),
    explain=msg("The chip goes in first and faces up. Leave the card in until the screen changes."),
    icon="smart-card-outline",
)
WANTED = {
    (True, True): EITHER_CARD,
    (True, False): ID_CARD,
    (False, True): SOCIAL_CARD,
    (False, False): ID_CARD,
}
"""Whether ID cards and social-security cards can be read now -> what is asked for."""


def ask_for_card(without: Action) -> Callable[[Answers, World], View]:
    """ "Put your card here", for the readers that work now, with the way around it."""

    def view(_answers: Answers, world: World) -> View:
        wanted = WANTED[availability.id_cards(world), availability.social_cards(world)]
        return replace(wanted, actions=(without,))

    return view


LEFT_ON_READER = WaitView(
    msg("A card is still on the reader"),
    msg("Please take it away first. If it is not yours, hand it in at the front desk. Then place your own card."),
    "card-remove-outline",
    points_down=True,
)
LEFT_IN_SLOT = replace(
    LEFT_ON_READER,
    title=msg("A card is still in the slot"),
    explain=msg("Please take it out first. If it is not yours, hand it in at the front desk. Then use your own card."),
)


def card_left(without: Action, left: WaitView) -> Callable[[Answers, World], View]:
    """Somebody's card is still there; nothing of it is shown."""
    view = replace(left, actions=(without,))
    return lambda _answers, _world: view


def card_unreadable(without: Action) -> Callable[[Answers, World], View]:
    """The card was there and could not be read."""
    view = MessageView(
        Tone.TROUBLE,
        msg("The card could not be read"),
        icon="card-off-outline",
        steps=(
            msg("Take the card out of its cover or wallet, and away from other cards."),
            msg("Lay it flat on the marked area and leave it there until the screen changes."),
            msg("If it still does not work, go on without the card or ask at the front desk."),
        ),
        actions=(Action(Pressed("again"), msg("Try again"), "refresh", main=True), without),
    )
    return lambda _answers, _world: view


def slot_unreadable(without: Action) -> Callable[[Answers, World], View]:
    """The card was in the slot and could not be read: put in wrongly, of another kind, or it wants its PIN first."""

    def view(_answers: Answers, world: World) -> View:
        other = msg("Or use your ID card: its reader is below the screen.")
        return MessageView(
            Tone.TROUBLE,
            msg("The social-security card could not be read"),
            icon="card-off-outline",
            steps=(
                msg("Take the card out. Put it in again with the chip first and facing up."),
                msg("Only social-security cards without a PIN can be read here. This terminal never asks for a PIN."),
                other if availability.id_cards(world) else msg("Or go on without the card, or ask at the front desk."),
            ),
            actions=(Action(Pressed("again"), msg("Try again"), "refresh", main=True), without),
        )

    return view


def card_not_genuine(without: Action) -> Callable[[Answers, World], View]:
    """Reader and card could not authenticate each other."""
    view = MessageView(
        Tone.TROUBLE,
        msg("This card could not be verified"),
        msg("The reader does not accept this card. Nothing was kept. The front desk can help you."),
        icon="shield-alert-outline",
        actions=(Action(Pressed("again"), msg("Try another card"), "refresh", main=True), without),
    )
    return lambda _answers, _world: view


def no_reader(without: Action) -> Callable[[Answers, World], View]:
    """There is no working reader: said with its reason, and the way around."""

    def view(_answers: Answers, world: World) -> View:
        reader = availability.card_reader(world)
        return MessageView(
            Tone.TROUBLE,
            msg("Cards cannot be read here now"),
            reader.note or msg("The card reader stopped answering. Please try again."),
            icon="card-off-outline",
            steps=(msg("You can go on without a card."), msg("Or ask at the front desk.")),
            actions=(replace(without, main=True), Action(Pressed("again"), msg("Try again"), "refresh")),
        )

    return view


LOOK_BELOW = wait(msg("Reading your card"), msg("Please leave it on the reader."), "card-account-details-outline", 1.5)


def identify(then: str, without: Action, without_goes: Target, prefix: str = "card") -> dict[str, Step]:
    """The sub-flow of identification by card: the steps `card`, `card_left`, `card_slot_left`, `card_reading`,
    `card_unreadable`, `card_slot_unreadable`, `card_not_genuine` and `card_no_reader` (with another prefix where a journey
    needs two). The card stands in the answers' `holder`."""
    ask, reading = prefix, f"{prefix}_reading"

    def left(_answers: Answers, event: CardLeft, _world: World) -> str:
        return f"{prefix}_slot_left" if event.slot else f"{prefix}_left"

    buttons = press(**{_name(without): without_goes, "again": ask})
    results = _results(then, prefix)
    until = {CardTaken: ask, CardReaderLost: f"{prefix}_no_reader", Pressed: buttons}
    asks = {CardSeen: reading, CardLeft: left, Pressed: buttons, **results}
    return {
        ask: Step(ask_for_card(without), asks, lambda _answers: (ReadCard(),), Pace.CARD),
        f"{prefix}_left": Step(card_left(without, LEFT_ON_READER), until, passing=True, keeps=True),
        f"{prefix}_slot_left": Step(card_left(without, LEFT_IN_SLOT), until, passing=True, keeps=True),
        reading: Step(LOOK_BELOW, results, passing=True, keeps=True, timeout_s=30),
        f"{prefix}_unreadable": Step(card_unreadable(without), {Pressed: buttons}, passing=True),
        f"{prefix}_slot_unreadable": Step(slot_unreadable(without), {Pressed: buttons}, passing=True),
        f"{prefix}_not_genuine": Step(card_not_genuine(without), {Pressed: buttons}, passing=True),
        f"{prefix}_no_reader": Step(no_reader(without), {Pressed: buttons}, passing=True),
    }


def _results(then: str, prefix: str) -> dict[type[Event], Target]:
    """Where the reading of a card may lead."""

    def remember_holder(answers: Answers, event: CardRead, _world: World) -> Goto:
        return Goto(then, replace(answers, holder=event.card))

    def failed(_answers: Answers, event: CardFailed, _world: World) -> str:
        if not event.genuine:
            return f"{prefix}_not_genuine"
        return f"{prefix}_slot_unreadable" if event.slot else f"{prefix}_unreadable"

    return {CardRead: remember_holder, CardFailed: failed, CardReaderLost: f"{prefix}_no_reader"}


def _name(action: Action) -> str:
    if not isinstance(action.event, Pressed):
        raise TypeError("the way around a card is a Pressed action")
    return action.event.name


def masked_name(card: IdCard) -> Text:
    """The holder's name for a screen in a public room: the family name and stars."""
    name = card.name or card.name_latin or ""
    if not name:
        return msg("(no name on the card)")
    if card.name is None:
        first = name.split()[0]
        return f"{first} ***"
    return name[0] + "*" * max(1, len(name) - 1)


def masked_number(card: IdCard) -> Text:
    """The last four characters of the card's number."""
    return msg("ending in {last}", last=card.number[-4:])
