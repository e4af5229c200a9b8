"""The print ledger: what was prepared, sent, out, and void. Written before the act; holds nothing personal."""

from typing import Protocol


class PrintLedger(Protocol):
    """prepared -> sent -> out -> taken | void."""

    def prepare(self, job_id: str, kind: str) -> None:
        """A document of this kind is about to be printed."""

    def mark(self, job_id: str, state: str) -> None:
        """The job reached a state: sent, out, taken or void."""

    def void_open(self) -> int:
        """Void every job that is neither out nor taken; how many there were."""
