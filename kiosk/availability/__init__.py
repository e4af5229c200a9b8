"""What works now, given devices, network and hours: per service and per item, never per machine.

Each answer is an `Availability`: where the service is available its note is a limitation worth saying, where it is
not the note says why and what one can do instead. `services` judges what a terminal does, `items` what one item needs.
"""

from kiosk.availability.items import in_short, item, items_in_short, package
from kiosk.availability.model import OFFERED, YES, Availability
from kiosk.availability.services import (
    apply,
    card_reader,
    code_scanner,
    collect,
    guides,
    hours_today,
    id_cards,
    not_offered,
    opening,
    printing,
    progress,
    rate,
    social_cards,
    ticket,
    trouble,
)

__all__ = [
    "OFFERED",
    "YES",
    "Availability",
    "apply",
    "card_reader",
    "code_scanner",
    "collect",
    "guides",
    "hours_today",
    "id_cards",
    "in_short",
    "item",
    "items_in_short",
    "not_offered",
    "opening",
    "package",
    "printing",
    "progress",
    "rate",
    "social_cards",
    "ticket",
    "trouble",
]
