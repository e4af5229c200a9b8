"""What the centre tells of queue tickets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.events.model import Event

if TYPE_CHECKING:
    from kiosk.contract.tickets import Ticket


@dataclass(frozen=True)
class TicketTaken(Event):
    """A ticket was taken, or the one this person already had was given again."""

    ticket: Ticket
    already_open: bool = False


@dataclass(frozen=True)
class TicketsFound(Event):
    """The open tickets of a person."""

    tickets: tuple[Ticket, ...]


@dataclass(frozen=True)
class TicketGivenUp(Event):
    """The ticket is given up."""

    ticket: Ticket
