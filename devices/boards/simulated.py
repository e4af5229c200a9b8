"""A board without a cable, with hands: for demonstrations and tests of what stands above the port."""

from dataclasses import dataclass

from devices.boards.serial_wire import sight_of
from devices.hands import Hand, Sight
from devices.health import status_of
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.board import Lamp, Sensor
from kiosk.ports.device import ABSENT, Status
from kiosk.texts import msg


class SimulatedBoard:
    """Hands may be used from any thread."""

    @dataclass(frozen=True)
    class Options:
        """It has none."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.lit: frozenset[str] = frozenset()
        self._open = False
        self._plugged = True
        self._sensed: frozenset[Sensor] = frozenset()

    # --- the port ------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Connect; all lamps go off. Raises DeviceUnavailable while unplugged."""
        if not self._plugged:
            raise DeviceUnavailable("The simulated board is unplugged.", Fault.UNPLUGGED)
        if not self._open:
            self._open, self.lit = True, frozenset()

    def close(self) -> None:
        """Disconnect."""
        self._open = False

    def status(self) -> Status:
        """As its hands left it."""
        if not (self._open and self._plugged):
            return ABSENT
        return status_of({Fault.DOOR_OPEN} if Sensor.DOOR_OPEN in self._sensed else ())

    def light(self, lamp: Lamp, on: bool) -> None:
        """Switch a lamp. Raises DeviceUnavailable."""
        self._check()
        self.lit = self.lit | {lamp.value} if on else self.lit - {lamp.value}

    def sensors(self) -> frozenset[Sensor]:
        """What is noticed now. Raises DeviceUnavailable."""
        self._check()
        return self._sensed

    def _check(self) -> None:
        if not (self._open and self._plugged):
            raise DeviceUnavailable("The simulated board is not connected.", Fault.UNPLUGGED)

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
        """Pull the cable."""
        self._plugged, self.lit = False, frozenset()

    def plug(self, _choice: str = "") -> None:
        """Put the cable back."""
        self._plugged = True

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers."""
        return (
            Hand("open_door", msg("Open the service door"), "door-open", self.open_door),
            Hand("close_door", msg("Close the service door"), "door-closed", self.close_door),
            Hand("come_near", msg("Come near"), "account-arrow-right", self.come_near),
            Hand("go_away", msg("Go away"), "account-arrow-left", self.go_away),
            Hand("unplug", msg("Pull the cable"), "power-plug-off", self.unplug),
            Hand("plug", msg("Put the cable back"), "power-plug", self.plug),
        )

    def sight(self) -> Sight | None:
        """The lamps that are on."""
        return Sight(sight_of(self.lit) if self._plugged else msg("The cable is pulled out"))
