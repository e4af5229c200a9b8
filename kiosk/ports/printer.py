"""Printers of every size. "Sent to the printer" is not "printed"."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.errors import Fault
from kiosk.ports.device import Device
from kiosk.ports.document import Document


class Outcome(StrEnum):
    """OUT: the device confirmed that the paper is out. SENT: it took the bytes and cannot tell. FAILED: not, or not all."""

    OUT = "out"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True)
class PrintOutcome:
    """What is known after a print, and the fault where it failed."""

    outcome: Outcome
    fault: Fault | None = None


@dataclass(frozen=True)
class PrinterCapabilities:
    """What a model can do: printable width in mm, whether it confirms paper out, whether it senses the slip being taken."""

    width_mm: float
    can_confirm: bool
    can_tell_taken: bool


class Printer(Device, Protocol):
    """A ticket or page printer."""

    @property
    def capabilities(self) -> PrinterCapabilities:
        """What this model can do."""

    def print(self, job_id: str, document: Document) -> PrintOutcome:
        """Print once; the same `job_id` again prints nothing and answers as before. Expected trouble is FAILED with
        its fault, not an exception. Raises DeviceUnavailable only when the device is closed."""

    def await_taken(self, timeout_s: float) -> bool | None:
        """Wait until the slip was taken; False after `timeout_s`; None: this model cannot tell."""

    def discard(self) -> None:
        """Nothing of this visit may print later: drop buffers, cancel and purge jobs. Never raises."""
