"""What happens while somebody signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.events.model import Event

if TYPE_CHECKING:
    from kiosk.ports.writing import Stroke


@dataclass(frozen=True, repr=False)
class Signed(Event):
    """The signature on the view's field changed: all its strokes, none after it was cleared."""

    repeats = True
    strokes: tuple[Stroke, ...]
