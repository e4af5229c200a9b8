"""What a terminal does now: tickets, printing, reading cards, and the tiles of the home screen."""

from collections.abc import Set as AbstractSet
from datetime import datetime

from kiosk.availability.items import item
from kiosk.availability.model import APPLY, COLLECT, OFFERED, YES, Availability
from kiosk.errors import REMEDIES, Fault
from kiosk.ports.device import Health, Status
from kiosk.ports.weights import worst
from kiosk.texts import Series, Text, msg
from kiosk.world import OpeningHours, Station, World

PRINTERS = ("ticket_printer", "a4_printer")


def ticket(world: World) -> Availability:
    """Queue tickets need the centre and an open queue; without a printer the number is shown on the screen."""
    if not world.centre_reachable or world.queues is None:
        return Availability(False, msg("No connection to the hall's system. Please take a number at the front desk."))
    if not any(queue.open for queue in world.queues):
        return Availability(False, msg("The windows are closed now. You can still read the guides."))
    return Availability(True, _limits(world))


def _limits(world: World) -> Text:
    """What a ticket has to do without."""
    no_slip = not world.device("ticket_printer").works
    no_card = _out_of_order(world, "card_reader")
    if no_card and no_slip:
        return msg("No ID cards and no slip now: take a number without a card, it is shown on the screen")
    if no_card:
        return msg("No ID cards now: take a number without one")
    return msg("No paper slip now: your number is shown on the screen") if no_slip else ""


def guides(world: World) -> Availability:
    """Guides can always be read; the note says when they cannot be taken along on paper."""
    if not any(_out_of_order(world, name) for name in PRINTERS) or any(world.device(name).works for name in PRINTERS):
        return YES
    if world.station.public_url:
        return Availability(True, msg("No printing now: take guides along by phone"))
    return Availability(True, msg("No printing now: read guides on the screen"))


def apply(world: World, offered: AbstractSet[str] = OFFERED) -> Availability:
    """Applying here: possible while it is for any item; the note says what none of them can have now."""
    if APPLY not in offered:
        return not_offered()
    each = [item(world, this, offered) for this in world.catalogue.items]
    notes = {one.note for one in each}
    if not any(one.available for one in each):
        return Availability(False, each[0].note if len(notes) == 1 else msg("You can apply at a window."))
    return Availability(True, notes.pop() if len(notes) == 1 else "")


def collect(world: World, offered: AbstractSet[str] = OFFERED) -> Availability:
    """Printing results here."""
    if COLLECT not in offered:
        return not_offered()
    if not world.centre_reachable:
        return Availability(False, msg("No connection to the hall's system. Results are handed out at the window."))
    if not world.device("a4_printer").works:
        return Availability(False, msg("No printing now. Results are handed out at the window."))
    return YES


def progress(world: World) -> Availability:
    """Following one's cases needs the centre."""
    if not world.centre_reachable:
        return Availability(False, msg("No connection to the hall's system. The front desk can look it up."))
    return YES


def rate(_world: World) -> Availability:
    """Ratings are kept here until the centre can be reached."""
    return YES


def _out_of_order(world: World, device: str) -> bool:
    """Whether it is fitted and does not work."""
    return device in world.devices and not world.device(device).works


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


def code_scanner(world: World) -> Availability:
    """Whether a code can be read now."""
    status = world.device("code_scanner")
    return YES if status.works else Availability(False, trouble(status))


def not_offered() -> Availability:
    """A service this terminal does not have yet."""
    return Availability(False, msg("Not yet here: please go to a general window"))


def trouble(status: Status) -> Text:
    """What the resident is told about a device that does not work."""
    if status.health is Health.ABSENT:
        return REMEDIES[Fault.UNPLUGGED].resident
    return REMEDIES[worst(status.faults) or Fault.HARDWARE].resident


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
