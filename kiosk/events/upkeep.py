"""What happens on the technician's pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.events.model import Event

if TYPE_CHECKING:
    from kiosk.texts import Text
    from kiosk.upkeep_report import UpkeepReport


@dataclass(frozen=True)
class PinNotSet(Event):
    """This terminal has no PIN: its upkeep pages cannot be opened."""


@dataclass(frozen=True)
class PinWanted(Event):
    """A PIN may be tried now."""


@dataclass(frozen=True)
class PinLocked(Event):
    """Too many were wrong; `until` on this process's monotonic clock, in seconds."""

    until: float


@dataclass(frozen=True)
class PinRight(Event):
    """It is the technician."""


@dataclass(frozen=True)
class PinWrong(Event):
    """It is not the PIN; so many tries are left before one has to wait."""

    tries: int


@dataclass(frozen=True)
class UpkeepSeen(Event):
    """Counters and figures of this terminal."""

    report: UpkeepReport


@dataclass(frozen=True)
class RefillNoted(Event):
    """The refill was written down, or could not be."""

    done: bool


@dataclass(frozen=True)
class Trying(Event):
    """A trial asks the person at the machine for something."""

    text: Text


@dataclass(frozen=True)
class Tried(Event):
    """How a trial ended. `facts`: label and value; never anything of a card, a page or a code that was used for it."""

    device: str
    well: bool
    text: Text
    facts: tuple[tuple[Text, Text], ...] = ()
