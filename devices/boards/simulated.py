"""A board without a cable, with hands: for demonstrations and tests of what stands above the port."""

from collections.abc import Collection
from dataclasses import dataclass

from devices.boards.serial_wire import sight_of
from devices.hands import PULLED_OUT, Hand, Sight
from devices.simulated import Simulated
from kiosk.errors import Fault
from kiosk.ports.board import Lamp, Sensor
from kiosk.texts import msg


class SimulatedBoard(Simulated):
    """Lamps to look at, a door to open, somebody who comes near."""

    called = "board"

    @dataclass(frozen=True)
    class Options:
        """It has none."""

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.options = options
        self.lit: frozenset[str] = frozenset()
        self._sensed: frozenset[Sensor] = frozenset()

    # --- the port ------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Connect; all lamps go off. Raises DeviceUnavailable while unplugged."""
        if not self._here:
            super().open()
            self.lit = frozenset()

    def light(self, lamp: Lamp, on: bool) -> None:
        """Switch a lamp. Raises DeviceUnavailable."""
        self._require()
        self.lit = self.lit | {lamp.value} if on else self.lit - {lamp.value}

    def sensors(self) -> frozenset[Sensor]:
        """What is noticed now. Raises DeviceUnavailable."""
        self._require()
        return self._sensed

    def _troubles(self) -> Collection[Fault]:
        return {Fault.DOOR_OPEN} if Sensor.DOOR_OPEN in self._sensed else ()

    # --- hands ---------------------------------------------------------------------------------------------

    def open_door(self, _choice: str = "") -> None:
        """Open the service door."""
        self._sensed |= {Sensor.DOOR_OPEN}

    def close_door(self, _choice: str = "") -> None:
        """Close it."""
        self._sensed -= {Sensor.DOOR_OPEN}

    def come_near(self, _choice: str = "") -> None:
        """Somebody stands before the terminal."""
        self._sensed |= {Sensor.SOMEBODY_NEAR}

    def go_away(self, _choice: str = "") -> None:
        """Nobody does."""
        self._sensed -= {Sensor.SOMEBODY_NEAR}

    def unplug(self, _choice: str = "") -> None:
        """Pull the cable; it gets its power through it."""
        super().unplug()
        self.lit = frozenset()

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers."""
        return (
            Hand("open_door", msg("Open the service door"), "door-open", self.open_door),
            Hand("close_door", msg("Close the service door"), "door-closed", self.close_door),
            Hand("come_near", msg("Come near"), "account-arrow-right", self.come_near),
            Hand("go_away", msg("Go away"), "account-arrow-left", self.go_away),
            *self.cable_hands(),
        )

    def sight(self) -> Sight | None:
        """The lamps that are on."""
        return Sight(sight_of(self.lit) if self.plugged else PULLED_OUT)
