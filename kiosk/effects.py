"""What a journey may ask of the outside, as data. `kiosk.handlers` does it; the answers come back as events."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.ports.camera import Outline
from kiosk.ports.card_reader import IdCard
from kiosk.ports.scanner import ScanOrder

if TYPE_CHECKING:
    from kiosk.contract import Ticket


class PrinterName(StrEnum):
    """The printers of a station, by the name of their worker."""

    TICKET = "ticket_printer"
    A4 = "a4_printer"


@dataclass(frozen=True)
class Effect:
    """Something to be done. It is cancelled when its step is left, unless the next step `keeps` it."""


@dataclass(frozen=True)
class ReadCard(Effect):
    """Wait for a card and read it: CardSeen, then CardRead or CardFailed; CardReaderLost. CardLeft, then CardTaken, where
    somebody forgot theirs."""


@dataclass(frozen=True)
class WatchCamera(Effect):
    """Let the document camera look until the step is left; the screen shows what it sees. CameraLost when it goes."""


@dataclass(frozen=True)
class TakePicture(Effect):
    """Photograph the page, along `outline` where a person set its corners: PictureTaken or CameraLost."""

    outline: Outline | None = None


@dataclass(frozen=True)
class ReadCode(Effect):
    """Wait for one code that is held before the scanner from now on: CodeScanned; CodeScannerLost."""


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


@dataclass(frozen=True)
class PrintTicket(Effect):
    """Print a ticket's slip: PrintedOut, PrintSent or PrintFailed."""

    ticket: Ticket


@dataclass(frozen=True)
class PrintGuide(Effect):
    """Print a guide on a printer: PrintedOut, PrintSent or PrintFailed."""

    item: str
    printer: PrinterName


@dataclass(frozen=True)
class ScanPages(Effect):
    """Scan what lies on the glass or in the feeder: PageScanned for each page, then ScanEnded; NothingInFeeder; or
    ScanTrouble. The scanner stops when the step is left, and nothing of its pages comes any more."""

    order: ScanOrder


# --- upkeep --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OpenUpkeep(Effect):
    """Ask for the technician's pages: PinWanted, PinLocked or PinNotSet."""


@dataclass(frozen=True, repr=False)
class CheckPin(Effect):
    """PinRight, PinWrong or PinLocked; takes a third of a second on purpose."""

    pin: str


@dataclass(frozen=True)
class LookAround(Effect):
    """Counters and figures of this terminal: UpkeepSeen."""


@dataclass(frozen=True)
class NoteRefill(Effect):
    """Somebody has put paper into a printer: RefillNoted."""

    device: str


@dataclass(frozen=True)
class TryDevice(Effect):
    """Use a device once as a resident would, and keep nothing of it: Trying any number of times, then Tried."""

    device: str
