"""What every device has in common: open, close, and the truth about its state."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from kiosk.errors import Fault


class Health(StrEnum):
    """BLOCKED: a person at the machine can clear it. BROKEN: they cannot. ABSENT: no device there."""

    READY = "ready"
    LOW = "low"
    BUSY = "busy"
    BLOCKED = "blocked"
    ABSENT = "absent"
    BROKEN = "broken"


@dataclass(frozen=True)
class Status:
    """A device's state now, with the faults it reports."""

    health: Health
    faults: frozenset[Fault] = frozenset()

    @property
    def works(self) -> bool:
        """Whether the device can be used now."""
        return self.health in (Health.READY, Health.LOW, Health.BUSY)


READY = Status(Health.READY)
ABSENT = Status(Health.ABSENT, frozenset({Fault.UNPLUGGED}))


class Device(Protocol):
    """Adapters are plain blocking objects used by one thread at a time; they start no threads."""

    def open(self) -> None:
        """Connect. Raises DeviceUnavailable. Opening an open device is harmless."""

    def close(self) -> None:
        """Disconnect; harmless when closed, never raises."""

    def status(self) -> Status:
        """Ask the device how it is, within about a second; never raises. A closed device is ABSENT."""


@runtime_checkable
class Interruptible(Protocol):
    """A device whose call can be cut short from another thread."""

    def cancel(self) -> None:
        """End what another thread is waiting for, within a second. Never raises."""
