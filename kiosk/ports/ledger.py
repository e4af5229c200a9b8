"""The print ledger: what was prepared, sent, out, and void. Written before the act; holds nothing personal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class PrintState(StrEnum):
    """prepared -> sent -> out -> taken; or void. SENT: the printer has the bytes; OUT: it confirmed the paper."""

    PREPARED = "prepared"
    SENT = "sent"
    OUT = "out"
    TAKEN = "taken"
    VOID = "void"


@dataclass(frozen=True)
class Recovered:
    """Prints that an earlier run of the program left open; all are void now, none is ever printed again.

    `unsent`: nothing went to a printer. `unknown`: it went there, and nobody can say whether paper came out. `out`: the
    paper was out, and not seen to be taken.
    """

    unsent: int = 0
    unknown: int = 0
    out: int = 0

    @property
    def total(self) -> int:
        """How many there were."""
        return self.unsent + self.unknown + self.out


class PrintLedger(Protocol):
    """Kept on the disk; every write is there when the call returns. Raises StoreError."""

    def prepare_print(self, job_id: str, document: str) -> bool:
        """Enter a job before anything is sent; False when this job is known: it must not be printed again."""

    def mark_print(self, job_id: str, state: PrintState) -> None:
        """Move a job on; repeating its state is harmless. Raises StoreError for a step back."""

    def void_prints(self) -> tuple[str, ...]:
        """End of a visit: every job that was not taken is void; their ids."""

    def recover_prints(self) -> Recovered:
        """Start of the program: void what an earlier run left open, and say where it stood."""

    def over_prints(self, document: str, since: datetime) -> Mapping[str, PrintState | None]:
        """Prints of a kind of document that are over since a moment, by job: what is known of each. PREPARED: nothing was
        sent; SENT: nobody can say; None: it failed."""

    def unknown_prints(self, since: datetime | None = None) -> int:
        """How many prints, since a moment or of all that are remembered, ended without anybody knowing whether paper came
        out: the program ended in mid-print, or the printer cannot tell."""
