"""The print ledger: what was prepared, sent, out, and void. Written before the act; holds nothing personal."""

from enum import StrEnum
from typing import Protocol


class PrintState(StrEnum):
    """prepared -> sent -> out -> taken; or void. SENT: the printer has the bytes; OUT: it confirmed the paper."""

    PREPARED = "prepared"
    SENT = "sent"
    OUT = "out"
    TAKEN = "taken"
    VOID = "void"


class PrintLedger(Protocol):
    """Kept on the disk; every write is there when the call returns. Raises StoreError."""

    def prepare_print(self, job_id: str, document: str) -> bool:
        """Enter a job before anything is sent; False when this job is known: it must not be printed again."""

    def mark_print(self, job_id: str, state: PrintState) -> None:
        """Move a job on; repeating its state is harmless. Raises StoreError for a step back."""

    def void_prints(self) -> tuple[str, ...]:
        """End of a visit: every job that was not taken is void; their ids."""
