"""Counters of what devices did: for the upkeep screen, the readiness report and the supplier's service intervals."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol


class Counter(StrEnum):
    """What is counted. PAGES since a refill is reset by `refilled`; the others are counted for good."""

    PAGES = "pages"
    PAGES_SINCE_REFILL = "pages_since_refill"
    CUTS = "cuts"
    READS = "reads"
    SCANS = "scans"
    ERRORS = "errors"


class Tally(Protocol):
    """Kept on the disk. Counting never raises: a full disk must not end a visit."""

    def count(self, device: str, counter: Counter, amount: int = 1) -> None:
        """Something happened on a device (its worker's name)."""

    def counted(self, device: str) -> Mapping[Counter, int]:
        """All counters of a device that are not zero. Raises StoreError."""

    def refilled(self, device: str) -> None:
        """Somebody acknowledged a refill. Raises StoreError."""


class NoTally:
    """Counts nothing: for a terminal without a store, and for tests of something else."""

    def count(self, device: str, counter: Counter, amount: int = 1) -> None:
        """Nothing."""

    def counted(self, device: str) -> Mapping[Counter, int]:
        """Nothing."""
        return {}

    def refilled(self, device: str) -> None:
        """Nothing."""


NO_TALLY = NoTally()
