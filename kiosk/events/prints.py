"""What printers tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.events.model import Event

if TYPE_CHECKING:
    from kiosk.errors import Fault


@dataclass(frozen=True)
class PrintedOut(Event):
    """The printer confirmed that the paper is out."""


@dataclass(frozen=True)
class PrintSent(Event):
    """The printer took the job and cannot tell whether paper came out."""


@dataclass(frozen=True)
class PrintFailed(Event):
    """Nothing, or not all, came out."""

    fault: Fault


@dataclass(frozen=True)
class SlipTaken(Event):
    """The paper that came out was taken; only where the printer senses it."""

    incidental = True
