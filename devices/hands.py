"""Hands for simulated devices: what a person at the machine can do to them, and what an onlooker would see.

Every simulator, of a whole device or of the far end of a cable, offers these; the dock and the tests use them without
knowing the model.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from kiosk.errors import SetupError
from kiosk.texts import Text, msg

PULLED_OUT = msg("The cable is pulled out")
"""What is to be seen of a device whose cable is."""


@dataclass(frozen=True)
class Hand:
    """Something a person can do. `act` is called with one of the keys of `choices`, or "" where there is no choice.

    `icon` is a Material Design Icons name. `act` may be called from any thread and returns at once.
    """

    key: str
    label: Text
    icon: str
    act: Callable[[str], None]
    choices: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, repr=False)
class Sight:
    """What an onlooker sees on the device now: a sentence, and the paper that hangs out of it as PNG bytes."""

    what: Text
    picture: bytes | None = None


@runtime_checkable
class Handled(Protocol):
    """A simulator that can be handled."""

    def hands(self) -> tuple[Hand, ...]:
        """What can be done to it."""

    def sight(self) -> Sight | None:
        """What is to be seen, or None when there is nothing worth looking at."""


def do(handled: Handled, key: str, choice: str = "") -> None:
    """Use the hand `key`. Raises KeyError naming the hands there are."""
    hands = {hand.key: hand for hand in handled.hands()}
    if key not in hands:
        raise KeyError(f"no hand {key!r}; there are {', '.join(sorted(hands))}")
    hands[key].act(choice)


class Cable:
    """A cable that hands pull out and put back."""

    plugged = True

    def unplug(self, _choice: str = "") -> None:
        """Pull the cable."""
        self.plugged = False

    def plug(self, _choice: str = "") -> None:
        """Put the cable back."""
        self.plugged = True

    def cable_hands(self) -> tuple[Hand, Hand]:
        """The hands for it, to stand among the device's others."""
        return (
            Hand("unplug", msg("Pull the cable"), "power-plug-off", self.unplug),
            Hand("plug", msg("Put the cable back"), "power-plug", self.plug),
        )


def fault_named(name: str, known: Iterable[str], device: str) -> str:
    """A fault that hands bring about, "" where `name` is "" or "none". Raises SetupError naming the `known` ones of the
    `device` ("card reader")."""
    known = [fault for fault in known if fault != "none"]
    if name not in ("", "none", *known):
        raise SetupError(f"The {device} has no fault {name!r}. Known are {', '.join(known)}, none.")
    return "" if name == "none" else name
