"""Document cameras: a live picture with the page's outline, and a straightened page."""

from dataclasses import dataclass
from typing import Protocol, TypeAlias

from kiosk.ports.device import Device
from kiosk.ports.page import Concern, Page

Corner: TypeAlias = tuple[float, float]
"""A point in shares of the picture's width and height, from its upper left corner."""
Outline: TypeAlias = tuple[Corner, Corner, Corner, Corner]
"""The corners of a page as it is read: upper left, upper right, lower right, lower left."""


@dataclass(frozen=True, repr=False)
class Frame:
    """One picture of the preview: RGB, 3 bytes a pixel, rows from above. `number` grows with every frame. `outline` is
    None where no page was found; `concerns` says why a picture taken now would not be good."""

    number: int
    width: int
    height: int
    rgb: bytes
    outline: Outline | None = None
    concerns: frozenset[Concern] = frozenset()

    def __repr__(self) -> str:
        return f"<Frame {self.number}>"


class Viewfinder(Protocol):
    """What the screen looks through. May be called from any thread and returns at once."""

    def latest(self) -> Frame | None:
        """The newest frame; None while there is none."""


class DocumentCamera(Device, Viewfinder, Protocol):
    """A camera over a mat. The picture runs between `start` and `stop`; nothing of it is kept anywhere."""

    def start(self) -> None:
        """Begin the preview. Raises DeviceUnavailable. Harmless when it runs."""

    def stop(self) -> None:
        """End the preview and forget its pictures. Never raises."""

    def take(self, outline: Outline | None = None) -> Page:
        """A page in full resolution: cut out along `outline` (None: as found), straightened, judged. Where nothing is
        found the whole picture, with Concern.NO_PAGE. Raises ScanFailed, DeviceUnavailable."""
