"""Steps and actions shared by journeys: identify with a card, wait, apologise, finish."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kiosk import availability
from kiosk.effects.cards import ReadCard
from kiosk.events.cards import CardFailed, CardLeft, CardRead, CardReaderLost, CardSeen, CardTaken
from kiosk.events.model import Event
from kiosk.events.touches import Pressed, TimedOut
from kiosk.journeys.model import Aim, Answers, EndVisit, Goto, Pace, Step, Target
from kiosk.ports.card_reader import IdCard
from kiosk.texts import Msg, Text, msg
from kiosk.views.model import View
from kiosk.views.parts import Action, Tone
from kiosk.views.told import MessageView, WaitView
from kiosk.world import World

HOME = "home.home"
ANYWHERE: Mapping[type[Event], Target] = {TimedOut: EndVisit()}

FINISH = Action(Pressed("finish"), msg("Finish and clear my data"), "check", main=True)
NOT_NOW = Action(Pressed("not_now"), msg("Not now"), "arrow-left")
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


@dataclass(frozen=True)
class Asking:
    """How a journey asks for a card. `without` is the way around it. `cards`: whether ID cards and social-security cards are
    wanted and can be read now. `more`: further ways, as buttons beside. `needed`: nobody goes on here without a card."""

    without: Action
    cards: Callable[[Answers, World], tuple[bool, bool]] = lambda _answers, world: (
        availability.id_cards(world),
        availability.social_cards(world),
    )
    more: Callable[[Answers, World], tuple[Action, ...]] = lambda _answers, _world: ()
    needed: bool = False

    def ways(self, answers: Answers, world: World) -> tuple[Action, ...]:
        """The buttons below everything that is about a card."""
        return (*self.more(answers, world), self.without)


def ask_for_card(asking: Asking) -> Callable[[Answers, World], View]:
    """ "Put your card here", for the readers that work now, with the ways around it."""
    return lambda answers, world: replace(WANTED[asking.cards(answers, world)], actions=asking.ways(answers, world))


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
AGAIN = Action(Pressed("again"), msg("Try again"), "refresh", main=True)


def card_left(asking: Asking, left: WaitView) -> Callable[[Answers, World], View]:
    """Somebody's card is still there; nothing of it is shown."""
    return lambda answers, world: replace(left, actions=asking.ways(answers, world))


def _trouble(
    asking: Asking, title: Msg, explain: Text, icon: str, *steps: Text, again: Action = AGAIN
) -> Callable[[Answers, World], View]:
    """A card that was there and did not do."""
    view = MessageView(Tone.TROUBLE, title, explain, icon, steps=steps)
    return lambda answers, world: replace(view, actions=(again, *asking.ways(answers, world)))


def card_unreadable(asking: Asking) -> Callable[[Answers, World], View]:
    """The card was there and could not be read."""
    at_last = msg("If it still does not work, go on without the card or ask at the front desk.")
    return _trouble(
        asking,
        msg("The card could not be read"),
        "",
        "card-off-outline",
        msg("Take the card out of its cover or wallet, and away from other cards."),
        msg("Lay it flat on the marked area and leave it there until the screen changes."),
        msg("If it still does not work, ask at the front desk.") if asking.needed else at_last,
    )


def slot_unreadable(asking: Asking) -> Callable[[Answers, World], View]:
    """The card was in the slot and could not be read: put in wrongly, of another kind, or it wants its PIN first."""
    desk = msg("Or ask at the front desk.")
    around = desk if asking.needed else msg("Or go on without the card, or ask at the front desk.")

    def view(answers: Answers, world: World) -> View:
        other = msg("Or use your ID card: its reader is below the screen.")
        return MessageView(
            Tone.TROUBLE,
            msg("The social-security card could not be read"),
            icon="card-off-outline",
            steps=(
                msg("Take the card out. Put it in again with the chip first and facing up."),
                msg("Only social-security cards without a PIN can be read here. This terminal never asks for a PIN."),
                other if asking.cards(answers, world)[0] else around,
            ),
            actions=(AGAIN, *asking.ways(answers, world)),
        )

    return view


def card_not_genuine(asking: Asking) -> Callable[[Answers, World], View]:
    """Reader and card could not authenticate each other."""
    return _trouble(
        asking,
        msg("This card could not be verified"),
        msg("The reader does not accept this card. Nothing was kept. The front desk can help you."),
        "shield-alert-outline",
        again=replace(AGAIN, label=msg("Try another card")),
    )


def no_reader(asking: Asking) -> Callable[[Answers, World], View]:
    """There is no working reader: said with its reason, and the ways around."""
    without = () if asking.needed else (msg("You can go on without a card."),)

    def view(answers: Answers, world: World) -> View:
        first, *rest = asking.ways(answers, world)
        return MessageView(
            Tone.TROUBLE,
            msg("Cards cannot be read here now"),
            availability.card_reader(world).note or msg("The card reader stopped answering. Please try again."),
            icon="card-off-outline",
            steps=(*without, msg("Or ask at the front desk.") if without else msg("The front desk can help you.")),
            actions=(replace(first, main=True), replace(AGAIN, main=False), *rest),
        )

    return view


LOOK_BELOW = wait(msg("Reading your card"), msg("Please leave it on the reader."), "card-account-details-outline", 1.5)


def identify(
    then: str | Target,
    without: Action | Asking,
    without_goes: Target,
    prefix: str = "card",
    **more_goes: Target,
) -> dict[str, Step]:
    """The sub-flow of identification by card: the steps `card`, `card_left`, `card_slot_left`, `card_reading`,
    `card_unreadable`, `card_slot_unreadable`, `card_not_genuine` and `card_no_reader` (with another prefix where a journey
    needs two). `then`: a step, and the card stands in the answers' `holder`; or a function that judges the CardRead.
    `more_goes`: where the buttons lead that the asking has besides."""
    asking = without if isinstance(without, Asking) else Asking(without)
    ask, reading = prefix, f"{prefix}_reading"

    def left(_answers: Answers, event: CardLeft, _world: World) -> str:
        return f"{prefix}_slot_left" if event.slot else f"{prefix}_left"

    buttons = press(**{_name(asking.without): without_goes, "again": ask, **more_goes})
    results = _results(then, prefix)
    until = {CardTaken: ask, CardReaderLost: f"{prefix}_no_reader", Pressed: buttons}
    asks = {CardSeen: reading, CardLeft: left, Pressed: buttons, **results}
    return {
        ask: Step(ask_for_card(asking), asks, lambda _answers: (ReadCard(),), Pace.CARD),
        f"{prefix}_left": Step(card_left(asking, LEFT_ON_READER), until, passing=True, keeps=True),
        f"{prefix}_slot_left": Step(card_left(asking, LEFT_IN_SLOT), until, passing=True, keeps=True),
        reading: Step(LOOK_BELOW, results, passing=True, keeps=True, timeout_s=30),
        f"{prefix}_unreadable": Step(card_unreadable(asking), {Pressed: buttons}, passing=True),
        f"{prefix}_slot_unreadable": Step(slot_unreadable(asking), {Pressed: buttons}, passing=True),
        f"{prefix}_not_genuine": Step(card_not_genuine(asking), {Pressed: buttons}, passing=True),
        f"{prefix}_no_reader": Step(no_reader(asking), {Pressed: buttons}, passing=True),
    }


def _results(then: str | Target, prefix: str) -> dict[type[Event], Target]:
    """Where the reading of a card may lead."""

    def remember_holder(answers: Answers, event: CardRead, _world: World) -> Aim:
        return Goto(str(then), replace(answers, holder=event.card))

    def failed(_answers: Answers, event: CardFailed, _world: World) -> str:
        if not event.genuine:
            return f"{prefix}_not_genuine"
        return f"{prefix}_slot_unreadable" if event.slot else f"{prefix}_unreadable"

    known = then if callable(then) else remember_holder
    return {CardRead: known, CardFailed: failed, CardReaderLost: f"{prefix}_no_reader"}


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
