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
    """What is known after a print, the fault where it failed, and how many pages came out as far as the printer counts."""

    outcome: Outcome
    fault: Fault | None = None
    pages: int = 1


def failed(fault: Fault, pages: int = 0) -> PrintOutcome:
    """A print that did not come out, or not wholly: `pages` of it did."""
    return PrintOutcome(Outcome.FAILED, fault, pages)


@dataclass(frozen=True)
class Supply:
    """Toner, a drum, a waste box: its name as the printer gives it and how full, 0 to 100; None where it does not say."""

    name: str
    percent: int | None


@dataclass(frozen=True)
class PrinterCapabilities:
    """What a model can do: printable width in mm, whether it confirms paper out, whether it senses the slip being taken,
    whether it can pull one back, whether it tells its supplies."""

    width_mm: float
    can_confirm: bool
    can_tell_taken: bool
    can_retract: bool = False
    can_tell_supplies: bool = False


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

    def discard(self, begun: bool = False) -> None:
        """Nothing of this visit may print later: drop buffers, cancel and purge jobs. `begun`: a run of the program that
        ended in mid-print may have left half a slip in the printer; it is cut off. Never raises."""


class Presenter(Printer, Protocol):
    """A printer whose `capabilities.can_retract`."""

    def retract(self) -> bool:
        """Pull back a slip that nobody took; whether the outlet is free now. Raises DeviceUnavailable."""


class Supplied(Printer, Protocol):
    """A printer whose `capabilities.can_tell_supplies`."""

    def supplies(self) -> tuple[Supply, ...]:
        """What it has left, () where it does not say or cannot be asked now. Never raises."""
