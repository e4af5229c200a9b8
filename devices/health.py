"""From the faults a device reports to what they mean for using it."""

from collections.abc import Iterable

from kiosk.errors import Fault
from kiosk.ports.device import Status
from kiosk.ports.weights import health_of, worst

__all__ = ["status_of", "worst"]


def status_of(faults: Iterable[Fault]) -> Status:
    """The status of a device that reports these faults; READY when there are none."""
    found = frozenset(faults)
    return Status(health_of(found), found)
