"""The answer to "does it work now?", and which services this program has at all."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kiosk.catalogue.kinds import Need
from kiosk.texts import Text

APPLY, COLLECT = "apply", "collect"
OFFERED: AbstractSet[str] = frozenset({"guides", "ticket", "apply", "progress", "collect", "rate"})
"""Services with a journey behind them, by the key of their tile. What is not here is never promised."""


@dataclass(frozen=True)
class Availability:
    """Whether a service can be used now, and the sentence that belongs to it; `unmet`: which of an item's needs are
    not met."""

    available: bool
    note: Text = ""
    unmet: AbstractSet[Need] = frozenset()


YES = Availability(True)
