"""A power supply with hands: mains off and on, a battery that runs low, or has grown old."""

from collections.abc import Collection
from dataclasses import dataclass

from devices.hands import Hand, Sight
from devices.simulated import Simulated
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.power import Charge
from kiosk.texts import msg

FULL = Charge(100.0, 1800.0)
LOW = Charge(8.0, 120.0)


class SimulatedPower(Simulated):
    """A supply behind a server: while its cable is out the server is there, and has no answer."""

    called = "power supply"

    @dataclass(frozen=True)
    class Options:
        """It has none."""

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.options = options
        self._answers = True
        self._faults: frozenset[Fault] = frozenset()

    # --- the port ------------------------------------------------------------------------------------------

    def charge(self) -> Charge:
        """Full, or nearly empty. Raises DeviceUnavailable."""
        self._require()
        if not self._answers:
            raise DeviceUnavailable("The simulated power supply does not answer.", Fault.NO_ANSWER)
        return LOW if Fault.BATTERY_LOW in self._faults else FULL

    def _troubles(self) -> Collection[Fault]:
        return self._faults if self._answers else (Fault.NO_ANSWER,)

    # --- hands ---------------------------------------------------------------------------------------------

    def mains_off(self, _choice: str = "") -> None:
        """The mains fail."""
        self._faults |= {Fault.ON_BATTERY}

    def mains_on(self, _choice: str = "") -> None:
        """They are back; the battery fills again."""
        self._faults -= {Fault.ON_BATTERY, Fault.BATTERY_LOW}

    def run_low(self, _choice: str = "") -> None:
        """The mains have been away for long."""
        self._faults |= {Fault.ON_BATTERY, Fault.BATTERY_LOW}

    def grow_old(self, _choice: str = "") -> None:
        """The battery wants to be replaced."""
        self._faults |= {Fault.BATTERY_OLD}

    def replace_battery(self, _choice: str = "") -> None:
        """It was replaced."""
        self._faults -= {Fault.BATTERY_OLD}

    def unplug(self, _choice: str = "") -> None:
        """Its USB cable comes out, or its server ends."""
        self._answers = False

    def plug(self, _choice: str = "") -> None:
        """It answers again."""
        self._answers = True

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers."""
        return (
            Hand("mains_off", msg("Cut the power"), "power-plug-off", self.mains_off),
            Hand("mains_on", msg("Give power again"), "power-plug", self.mains_on),
            Hand("run_low", msg("Let the battery run low"), "battery-alert", self.run_low),
            Hand("grow_old", msg("Let the battery grow old"), "battery-clock", self.grow_old),
            Hand("replace_battery", msg("Put in a new battery"), "battery-plus", self.replace_battery),
            *self.cable_hands(),
        )

    def sight(self) -> Sight | None:
        """Where the power comes from."""
        if Fault.BATTERY_LOW in self._faults:
            return Sight(msg("On battery, nearly empty"))
        return Sight(msg("On battery") if Fault.ON_BATTERY in self._faults else msg("On mains power"))
