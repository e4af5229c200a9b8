"""To be asked of the document camera."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.effects.model import Effect

if TYPE_CHECKING:
    from kiosk.ports.camera import Outline


@dataclass(frozen=True)
class WatchCamera(Effect):
    """Let the document camera look until the step is left; the screen shows what it sees. CameraLost when it goes."""


@dataclass(frozen=True)
class TakePicture(Effect):
    """Photograph the page, along `outline` where a person set its corners: PictureTaken or CameraLost."""

    outline: Outline | None = None
