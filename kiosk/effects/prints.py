"""To be asked of printers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.effects.model import Effect

if TYPE_CHECKING:
    from kiosk.contract.tickets import Ticket


class PrinterName(StrEnum):
    """The printers of a station, by the name of their worker."""

    TICKET = "ticket_printer"
    A4 = "a4_printer"


@dataclass(frozen=True)
class PrintTicket(Effect):
    """Print a ticket's slip: PrintedOut, PrintSent or PrintFailed."""

    ticket: Ticket


@dataclass(frozen=True)
class PrintGuide(Effect):
    """Print a guide on a printer: PrintedOut, PrintSent or PrintFailed."""

    item: str
    printer: PrinterName
