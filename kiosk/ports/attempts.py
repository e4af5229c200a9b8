"""How often the technician's PIN was wrong, kept where a restart or a power cut does not forget it."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Attempts:
    """`wrong`: how often in a row. `left_s`: how much of the waiting after the last one is left, in seconds that this
    machine is awake and the kiosk runs. No time of day: a clock that is set back or forth changes nothing."""

    wrong: int = 0
    left_s: float = 0.0


class PinAttempts(Protocol):
    """Kept on the disk; every write is there when the call returns."""

    def attempts(self) -> Attempts:
        """As they were kept last. Raises StoreError."""

    def keep_attempts(self, attempts: Attempts) -> None:
        """Keep these instead. Raises StoreError."""
