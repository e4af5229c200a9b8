"""A document camera without a cable, with hands: for demonstrations and tests of what stands above the port."""

import io
import threading
import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from devices.cameras.scene_wire import LOOKS
from devices.hands import Hand, Sight
from devices.simulated import Simulated
from kiosk.errors import Fault
from kiosk.ports.camera import Frame, Outline
from kiosk.ports.page import Concern, Page
from kiosk.texts import msg

if TYPE_CHECKING:
    from PIL.Image import Image

FPS = 10
DPI = 150
CONCERNS: dict[str, frozenset[Concern]] = {
    "": frozenset({Concern.NO_PAGE}),
    "covered": frozenset({Concern.NO_PAGE, Concern.TOO_DARK}),
    "glare": frozenset({Concern.TOO_BRIGHT}),
    "bright": frozenset({Concern.TOO_BRIGHT}),
    "dark": frozenset({Concern.TOO_DARK}),
    "blurred": frozenset({Concern.BLURRED}),
    "curved": frozenset({Concern.CURVED}),
    "shaking": frozenset({Concern.MOVING}),
    "outside": frozenset({Concern.NO_PAGE}),
    "white": frozenset({Concern.NO_PAGE}),
}
"""What is wrong with each way a page may lie."""


class SimulatedCamera(Simulated):
    """Everything about it is as its hands left it. Its pictures are drawn when somebody looks."""

    called = "camera"
    stops_with_trouble = True

    @dataclass(frozen=True)
    class Options:
        """None."""

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.options = options
        self._lock = threading.Lock()
        self._runs = False
        self._fault: Fault | None = None
        self._how = ""
        self._covered = False
        self._number = 0
        self._frame: Frame | None = None
        self._frames = 0
        self._due = 0.0

    # --- the port ------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Disconnect, and end the preview."""
        super().close()
        self.stop()

    def start(self) -> None:
        """Begin the preview. Raises DeviceUnavailable."""
        self._require()
        self._runs = True

    def stop(self) -> None:
        """End the preview, forget its pictures."""
        with self._lock:
            self._runs, self._frame = False, None

    def latest(self) -> Frame | None:
        """A new frame ten times a second; the same one while it is frozen."""
        with self._lock:
            if not (self._runs and self.plugged) or self._fault is Fault.NO_ANSWER:
                return None
            if time.monotonic() >= self._due and self._fault is None:
                self._due = time.monotonic() + 1 / FPS
                self._frames += 1
                self._frame = self._look()
            return self._frame

    def take(self, outline: Outline | None = None) -> Page:
        """The page that lies there. Raises DeviceUnavailable."""
        self.start()
        from devices.cameras import mat_pictures  # noqa: PLC0415  Pillow only when somebody looks

        how, concerns = self._seen()
        if outline is None and self._outline() is not None:
            from devices.cameras.sample_pages import form  # noqa: PLC0415

            picture = mat_pictures.changed(form(self._number).copy(), how)
            return _page(picture, concerns, DPI)
        picture = mat_pictures.mat(how, self._number)
        if outline is None:
            return _page(picture, concerns, None)
        left, top = (min(corner[at] for corner in outline) for at in (0, 1))
        right, bottom = (max(corner[at] for corner in outline) for at in (0, 1))
        wide, high = picture.size
        box = (round(left * wide), round(top * high), max(2, round(right * wide)), max(2, round(bottom * high)))
        return _page(picture.crop(box), concerns - {Concern.NO_PAGE}, None)

    def _troubles(self) -> Collection[Fault]:
        return (self._fault,) if self._fault else ()

    def _seen(self) -> tuple[str, frozenset[Concern]]:
        how = "covered" if self._covered else self._how
        return how, CONCERNS.get(how, frozenset())

    def _outline(self) -> Outline | None:
        from devices.cameras import mat_pictures  # noqa: PLC0415

        return None if Concern.NO_PAGE in self._seen()[1] else mat_pictures.outline()

    def _look(self) -> Frame:
        from devices.cameras import mat_pictures  # noqa: PLC0415

        how, concerns = self._seen()
        rgb = mat_pictures.mat(how, self._number).tobytes()
        return Frame(self._frames, *mat_pictures.SIZE, rgb, self._outline(), concerns)

    # --- hands ---------------------------------------------------------------------------------------------

    def lay(self, how: str = "good") -> None:
        """Lay the next page down. Raises KeyError for a way nobody knows."""
        LOOKS[how or "good"]
        self._how = how or "good"
        self._number = (self._number + 1) % 4

    def clear(self, _choice: str = "") -> None:
        """Take the page away."""
        self._how = ""

    def cover(self, _choice: str = "") -> None:
        """Lay something over the lens, or take it off."""
        self._covered = not self._covered

    def freeze(self, _choice: str = "") -> None:
        """The camera sends the same picture again and again, until it is plugged anew."""
        self._fault = Fault.NO_PICTURE

    def hang(self, _choice: str = "") -> None:
        """The camera does not answer, until it is plugged anew."""
        self._fault = Fault.NO_ANSWER

    def plug(self, _choice: str = "") -> None:
        """Put the cable back: everything works again."""
        super().plug()
        self._covered, self._fault = False, None

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers."""
        ways = tuple((key, label) for key, (label, _) in LOOKS.items())
        return (
            Hand("lay", msg("Lay a page down"), "file-document-outline", self.lay, ways),
            Hand("clear", msg("Take the page away"), "file-remove-outline", self.clear),
            Hand("cover", msg("Cover the lens, or uncover it"), "camera-off-outline", self.cover),
            Hand("freeze", msg("Freeze the picture"), "snowflake", self.freeze),
            Hand("hang", msg("Let the driver hang"), "timer-sand", self.hang),
            *self.cable_hands(),
        )

    def sight(self) -> Sight | None:
        """How the page lies."""
        return Sight(LOOKS[self._how][0] if self._how else msg("The mat is empty"))


def _page(picture: "Image", concerns: frozenset[Concern], dpi: int | None) -> Page:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=88)
    return Page(file.getvalue(), *picture.size, dpi, concerns)
