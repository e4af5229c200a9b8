"""What a visitor does on the screen, and does not do in time."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.events.model import Event


@dataclass(frozen=True)
class Woken(Event):
    """The first touch after idle: it wakes the screen and presses nothing."""


@dataclass(frozen=True)
class Chosen(Event):
    """One of the options of the view was chosen, by its key."""

    key: str


@dataclass(frozen=True)
class Pressed(Event):
    """An action button of the view was pressed, by its name."""

    name: str


@dataclass(frozen=True)
class Confirmed(Event):
    """The main action that does something for good. `key` is stamped by the runner at the press that is accepted and
    becomes the Idempotency-Key of all that follows from it; a second tap meets a step that no longer knows the event."""

    key: str = ""


@dataclass(frozen=True, repr=False)
class Typed(Event):
    """The text of the view's field changed."""

    repeats = True
    text: str


@dataclass(frozen=True)
class BackPressed(Event):
    """One step back."""


@dataclass(frozen=True)
class HomePressed(Event):
    """To the home screen; what was entered is forgotten."""


@dataclass(frozen=True)
class MoreTime(Event):
    """The countdown was extended."""

    repeats = True


@dataclass(frozen=True)
class Attended(Event):
    """Somebody is there who chose nothing yet: moved the focus, or pressed a switch. A sign of life."""

    repeats = True


@dataclass(frozen=True)
class Preferred(Event):
    """How the visitor wants to be served for the rest of the visit: a field of Preferences and its new value."""

    repeats = True
    name: str
    value: str | float | bool


@dataclass(frozen=True)
class TimedOut(Event):
    """Nobody did anything for the step's time, warning included."""


@dataclass(frozen=True)
class UpkeepAsked(Event):
    """The hidden gesture of the technician's pages was made."""
