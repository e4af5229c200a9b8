"""To be asked of the centre about queue tickets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.effects.model import Effect

if TYPE_CHECKING:
    from kiosk.ports.card_reader import IdCard


@dataclass(frozen=True)
class TakeTicket(Effect):
    """TicketTaken, CentreAway or CentreSaidNo. Exactly once per `key`."""

    queue: str
    holder: IdCard | None
    key: str


@dataclass(frozen=True)
class FindTickets(Effect):
    """TicketsFound, CentreAway or CentreSaidNo."""

    holder: IdCard


@dataclass(frozen=True)
class GiveUpTicket(Effect):
    """TicketGivenUp, CentreAway or CentreSaidNo."""

    ticket_id: str
