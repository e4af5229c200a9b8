"""Which services work now, given devices, network and hours: per service, never per machine.

Each answers (available, note): where it is available the note is a limitation worth saying, where it is not the note
says why and what one can do instead.
"""

from dataclasses import dataclass
from datetime import datetime

from kiosk.errors import REMEDIES, Fault
from kiosk.ports.device import Health, Status
from kiosk.texts import Series, Text, msg
from kiosk.world import OpeningHours, Station, World


@dataclass(frozen=True)
class Availability:
    """Whether a service can be used now, and the sentence that belongs to it."""

    available: bool
    note: Text = ""


YES = Availability(True)


def ticket(world: World) -> Availability:
    """Queue tickets need the centre and an open queue; without a printer the number is shown on the screen."""
    if not world.centre_reachable or world.queues is None:
        return Availability(False, msg("No connection to the hall's system. Please take a number at the front desk."))
    if not any(queue.open for queue in world.queues):
        return Availability(False, msg("The windows are closed now. You can still read the guides."))
    if not world.device("ticket_printer").works:
        return Availability(True, msg("No paper slip now: your number is shown on the screen"))
    return YES


def printing(world: World, printer: str) -> Availability:
    """Whether a printer can print now."""
    status = world.device(printer)
    return YES if status.works else Availability(False, trouble(status))


def card_reader(world: World) -> Availability:
    """Whether any card can be read now: ID cards, or social-security cards where their reader is fitted."""
    if id_cards(world) or social_cards(world):
        return YES
    fitted = [name for name in ("card_reader", "citizen_card_reader") if name in world.devices]
    return Availability(False, trouble(world.device(fitted[0] if fitted else "card_reader")))


def id_cards(world: World) -> bool:
    """Whether ID cards can be read now."""
    return world.device("card_reader").works


def social_cards(world: World) -> bool:
    """Whether social-security cards can be read now."""
    return world.device("citizen_card_reader").works


def not_offered() -> Availability:
    """A service this terminal does not have yet."""
    return Availability(False, msg("Not yet here: please go to a general window"))


def trouble(status: Status) -> Text:
    """What the resident is told about a device that does not work."""
    if status.health is Health.ABSENT:
        return REMEDIES[Fault.UNPLUGGED].resident
    worst = sorted(status.faults - {Fault.PAPER_LOW, Fault.TONER_LOW})
    return REMEDIES[worst[0] if worst else Fault.HARDWARE].resident


def hours_today(station: Station, now: datetime) -> tuple[OpeningHours, ...]:
    """The staffed hours of the day, in order."""
    today = [hours for hours in station.hours if now.isoweekday() in hours.days]
    return tuple(sorted(today, key=lambda hours: hours.opens))


def opening(station: Station, now: datetime) -> Text:
    """One line: the staffed hours today and whether they are on."""
    today = hours_today(station, now)
    if not today:
        return msg("Windows closed today · this terminal is open all day")
    spans = Series(tuple(f"{hours.opens:%H:%M}–{hours.closes:%H:%M}" for hours in today))
    if any(hours.opens <= now.time() < hours.closes for hours in today):
        return msg("Windows open now: {spans} · this terminal is open all day", spans=spans)
    return msg("Windows closed now: {spans} · this terminal is open all day", spans=spans)
