"""What may happen during a visit: touches from the screens, results from devices and the centre, and time.

Events are frozen values; workers and screens post them, the runner feeds them to the journey's table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.errors import Fault
from kiosk.ports.camera import Outline
from kiosk.ports.card_reader import IdCard
from kiosk.ports.code_scanner import Code
from kiosk.ports.page import Page
from kiosk.ports.writing import Stroke

if TYPE_CHECKING:
    from kiosk.contract import Ticket
    from kiosk.texts import Text
    from kiosk.upkeep_report import UpkeepReport


@dataclass(frozen=True)
class Event:
    """Something that happened."""


# --- touches -------------------------------------------------------------------------------------------------


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

    text: str


@dataclass(frozen=True, repr=False)
class Signed(Event):
    """The signature on the view's field changed: all its strokes, none after it was cleared."""

    strokes: tuple[Stroke, ...]


@dataclass(frozen=True)
class BackPressed(Event):
    """One step back."""


@dataclass(frozen=True)
class HomePressed(Event):
    """To the home screen; what was entered is forgotten."""


@dataclass(frozen=True)
class MoreTime(Event):
    """The countdown was extended."""


@dataclass(frozen=True)
class Attended(Event):
    """Somebody is there who chose nothing yet: moved the focus, or pressed a switch. A sign of life."""


@dataclass(frozen=True)
class Preferred(Event):
    """How the visitor wants to be served for the rest of the visit: a field of Preferences and its new value."""

    name: str
    value: str | float | bool


# --- time ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TimedOut(Event):
    """Nobody did anything for the step's time, warning included."""


# --- card reader ---------------------------------------------------------------------------------------------


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


# --- document camera -----------------------------------------------------------------------------------------


@dataclass(frozen=True, repr=False)
class PictureTaken(Event):
    """A page was photographed; its concerns say what may be wrong with it."""

    page: Page


@dataclass(frozen=True)
class CameraLost(Event):
    """There is no working camera."""

    fault: Fault = Fault.NO_ANSWER


@dataclass(frozen=True)
class CornersSet(Event):
    """A person has set the page's corners; None: they are to be found again by the camera."""

    outline: Outline | None


# --- code scanner --------------------------------------------------------------------------------------------


@dataclass(frozen=True, repr=False)
class CodeScanned(Event):
    """A code was held before the scanner. `repr` shows nothing of it: codes lead to people's cases."""

    code: Code

    def __repr__(self) -> str:
        return "CodeScanned()"


@dataclass(frozen=True)
class CodeScannerLost(Event):
    """There is no working scanner."""

    fault: Fault = Fault.NO_ANSWER


# --- printers ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PrintedOut(Event):
    """The printer confirmed that the paper is out."""


@dataclass(frozen=True)
class PrintSent(Event):
    """The printer took the job and cannot tell whether paper came out."""


@dataclass(frozen=True)
class PrintFailed(Event):
    """Nothing, or not all, came out."""

    fault: Fault


@dataclass(frozen=True)
class SlipTaken(Event):
    """The paper that came out was taken; only where the printer senses it."""


# --- scanner -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, repr=False)
class PageScanned(Event):
    """A whole page, as soon as the scanner has delivered it. More may follow."""

    page: Page


@dataclass(frozen=True)
class ScanEnded(Event):
    """That was the last page."""


@dataclass(frozen=True)
class NothingInFeeder(Event):
    """The feeder is empty: nothing was put in."""


@dataclass(frozen=True)
class ScanTrouble(Event):
    """The scanner stopped, or there is none; the page it was at is not there. Pages before it were told."""

    fault: Fault


# --- centre --------------------------------------------------------------------------------------------------


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


@dataclass(frozen=True)
class CentreAway(Event):
    """The centre could not be reached, or is busy; whether it did what was asked is not known."""


@dataclass(frozen=True)
class CentreSaidNo(Event):
    """The centre refused, with the problem's code."""

    code: str


# --- upkeep --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class UpkeepAsked(Event):
    """The hidden gesture of the technician's pages was made."""


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
