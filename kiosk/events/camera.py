"""What the document camera tells, and its page on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.errors import Fault
from kiosk.events.model import Event

if TYPE_CHECKING:
    from kiosk.ports.camera import Outline
    from kiosk.ports.page import Page


@dataclass(frozen=True, repr=False)
class PictureTaken(Event):
    """A page was photographed; its concerns say what may be wrong with it."""

    page: Page


@dataclass(frozen=True)
class CameraLost(Event):
    """There is no working camera."""

    fault: Fault = Fault.NO_ANSWER


@dataclass(frozen=True)
class CornersSet(Event):
    """A person has set the page's corners; None: they are to be found again by the camera."""

    repeats = True
    outline: Outline | None
