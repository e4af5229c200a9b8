"""A power cut: on battery no visit begins; when the battery is nearly empty, whoever is here is warned, wiped, and the
terminal ends by itself. The mains return: so does everything, as long as the terminal has not ended."""

from dataclasses import dataclass

from kiosk.errors import REMEDIES, Fault
from kiosk.texts import Text, msg
from kiosk.world import World

WIPE_S = 22.0
"""After the battery was found nearly empty: what a visit has left."""
END_S = 30.0
"""Then the terminal ends, whatever is being done."""
EXIT_STATUS = 75
"""Of a terminal that ended for want of power (EX_TEMPFAIL of sysexits.h: try again later)."""


def closed(world: World) -> Text:
    """Why no visit may begin, or nothing."""
    faults = world.device("power").faults
    if Fault.BATTERY_LOW in faults:
        return REMEDIES[Fault.BATTERY_LOW].resident
    if Fault.ON_BATTERY in faults:
        return msg("There is a power cut. This terminal can be used again as soon as the power is back.")
    return ""


def banner(world: World) -> Text:
    """What is said to whoever is in the middle of something, or nothing."""
    faults = world.device("power").faults
    if Fault.BATTERY_LOW in faults:
        return msg("There is a power cut. This terminal switches off in less than half a minute.")
    if Fault.ON_BATTERY in faults:
        return msg("There is a power cut. Please finish what you are doing here.")
    return ""


@dataclass(frozen=True)
class Countdown:
    """`since`: when the battery was found nearly empty, in the runner's seconds; None while it is not."""

    since: float | None = None

    def look(self, world: World, now: float) -> "Countdown":
        """The countdown after a look at the power. A supply that has stopped answering does not call it off: the last
        that is known of it is that it is nearly empty."""
        power = world.device("power")
        if Fault.BATTERY_LOW in power.faults:
            return self if self.since is not None else Countdown(now)
        return Countdown() if power.works else self

    def wipe_due(self, now: float) -> bool:
        """Whether a visit has to end now."""
        return self.since is not None and now >= self.since + WIPE_S

    def over(self, now: float) -> bool:
        """Whether the terminal has to end now."""
        return self.since is not None and now >= self.since + END_S
