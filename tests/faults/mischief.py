"""What can go wrong with a device, asked of its simulator: its hands, each choice of them, and how each is put right.

A new fault of a simulator is in the matrix by itself. A new *kind of hand* is not: `unknown_hands` names it, and a test
fails until it stands in one of the two tables here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from devices import hands
from devices.hands import Hand, Handled

Act = tuple[str, str]
"""A hand's key and the choice."""

SOUND = "(sound)"
"""Stands for the choice of a hand that means that nothing is wrong."""
NAMES_OF_SOUND = frozenset({"none", "ok"})

REMEDIES: Mapping[str, tuple[Act, ...]] = {
    "unplug": (("plug", ""),),
    "fault": (("fault", SOUND),),
    "use_up": (("refill", ""),),
    "open_cover": (("close_cover", ""),),
    "open_door": (("close_door", ""),),
    "cover": (("cover", ""),),
    "freeze": (),
    "hang": (),
    "mains_off": (("mains_on", ""),),
    "run_low": (("mains_on", ""),),
    "grow_old": (("replace_battery", ""),),
    "remove": (),
    "swap": (),
}
"""A hand that breaks something -> the acts that put it right. What is taken away needs none: the next person brings
their own."""
ALWAYS: tuple[Act, ...] = (("plug", ""),)
"""What a technician does in any case: some faults end with the cable pulled out."""

ORDINARY = frozenset(
    {
        *("place", "take", "plug", "refill", "close_cover", "close_door", "come_near", "go_away", "mains_on"),
        *("replace_battery", "lay", "fill", "clear", "show", "pace"),
    }
)
"""Hands of ordinary use, and those that put things right."""


@dataclass(frozen=True, order=True)
class Fault:
    """Something that goes wrong: the hand, and its choice."""

    key: str
    choice: str = ""

    def __str__(self) -> str:
        return f"{self.key}:{self.choice}" if self.choice else self.key

    def bring(self, handled: Handled) -> None:
        """Let it happen."""
        hands.do(handled, self.key, self.choice)

    def clear(self, handled: Handled) -> None:
        """Put it right, as a technician at the machine would."""
        for key, choice in (*REMEDIES[self.key], *ALWAYS):
            if key in {hand.key for hand in handled.hands()}:
                wanted = _sound(handled, key) if choice == SOUND else choice
                if wanted is not None:
                    hands.do(handled, key, wanted)


@dataclass(frozen=True)
class Swap(Fault):
    """Another person's card is laid where the first one's lies."""

    key: str = "swap"

    def bring(self, handled: Handled) -> None:
        hands.do(handled, "place", self.choice)


def faults_of(handled: Handled) -> Iterator[Fault]:
    """Everything that this simulator can play."""
    for hand in handled.hands():
        if hand.key in REMEDIES:
            yield from (Fault(hand.key, choice) for choice in _choices(hand) if choice not in NAMES_OF_SOUND)


def unknown_hands(handled: Handled) -> list[str]:
    """Hands of which it is not said whether they break something."""
    return [hand.key for hand in handled.hands() if hand.key not in {*REMEDIES, *ORDINARY}]


def _choices(hand: Hand) -> tuple[str, ...]:
    return tuple(key for key, _label in hand.choices) or ("",)


def _sound(handled: Handled, key: str) -> str | None:
    """None where a fault is over as soon as it has happened: noise that was sent."""
    hand = next(hand for hand in handled.hands() if hand.key == key)
    return next((choice for choice in _choices(hand) if choice in NAMES_OF_SOUND), None)
