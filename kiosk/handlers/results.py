"""What all doers of effects share: how a result becomes an event, and work that was never begun."""

import logging
from collections.abc import Callable

from kiosk.context import Context
from kiosk.errors import CardGone, NothingToScan
from kiosk.events.model import Event
from kiosk.ports.tally import Counter, Tally

log = logging.getLogger(__name__)

SLICE_S = 0.2
"""How long a wait inside a worker may last before it looks whether it was cancelled."""


class NoRequest:
    """Nothing was begun."""

    def cancel(self) -> None:
        """Nothing to stop."""


def post(ctx: Context, result: object, trouble: Callable[[Exception], Event]) -> None:
    if isinstance(result, Exception):
        log.warning("a request failed: %s", result)
        ctx.post(trouble(result))
    elif isinstance(result, Event):
        ctx.post(result)


def count_trouble(tally: Tally, name: str, error: Exception) -> None:
    """A device did not do what it was asked. An empty feeder and a card that was taken away early are a person's doing,
    and not counted."""
    if not isinstance(error, NothingToScan | CardGone):
        tally.count(name, Counter.ERRORS)
