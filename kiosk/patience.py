"""How long people are given."""

from dataclasses import dataclass

from kiosk.journeys.model import Pace


@dataclass(frozen=True)
class Patience:
    """Seconds without a touch until a visit ends, by the kind of step, and how long before that the countdown shows."""

    idle_s: float = 90
    warn_s: float = 30
    card_s: float = 60
    done_s: float = 45

    def of(self, timeout: float | Pace) -> float:
        """The seconds of a step's time-out."""
        if not isinstance(timeout, Pace):
            return timeout
        return {Pace.IDLE: self.idle_s, Pace.CARD: self.card_s, Pace.DONE: self.done_s}[timeout]


USUAL = Patience()
APOLOGY_S = 15.0
"""How long an apology stands."""
