"""Power supplies with a battery (UPS).

The state says it all: READY on the mains, LOW with ON_BATTERY, BLOCKED with BATTERY_LOW (the machine must shut down
now), LOW with BATTERY_OLD.
"""

from dataclasses import dataclass
from typing import Protocol

from kiosk.ports.device import Device


@dataclass(frozen=True)
class Charge:
    """What the supply says of its battery; None where it does not say."""

    percent: float | None
    runtime_s: float | None


class PowerSupply(Device, Protocol):
    """A power supply that is watched."""

    def charge(self) -> Charge:
        """How long it will last. Raises DeviceUnavailable."""
