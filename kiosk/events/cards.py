"""What card readers tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.errors import Fault
from kiosk.events.model import Event

if TYPE_CHECKING:
    from kiosk.ports.card_reader import IdCard


@dataclass(frozen=True)
class CardSeen(Event):
    """A card lies on the reader and is being read."""


@dataclass(frozen=True)
class CardLeft(Event):
    """The card of an earlier visit still lies on the reader, or is in the slot; it is not read."""

    slot: bool = False


@dataclass(frozen=True)
class CardTaken(Event):
    """The card that was left is gone."""


@dataclass(frozen=True, repr=False)
class CardRead(Event):
    """The card was read."""

    card: IdCard


@dataclass(frozen=True)
class CardFailed(Event):
    """A card was there but could not be read; `genuine` False when it could not be authenticated, `slot` True when it
    was in the slot for social-security cards."""

    genuine: bool = True
    slot: bool = False


@dataclass(frozen=True)
class CardReaderLost(Event):
    """There is no working reader."""

    fault: Fault = Fault.NO_ANSWER
