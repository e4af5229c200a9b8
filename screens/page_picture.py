"""A picture to look at, as large as there is room, and what may be wrong with it."""

import io
import logging

from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture

from kiosk.texts import msg
from kiosk.views.pages import PictureView
from screens.base import Page, Screen
from screens.camera import below, beside
from screens.controls import note
from screens.pen import BODY, TITLE, Pen
from screens.pieces import Piece, Words
from screens.theme import AMBER, FOCUS_EDGE, SOFT, TROUBLE, TROUBLE_INK

log = logging.getLogger(__name__)

LEAST_MM = 60.0
EDGE_PX = 1
QUARTERS = ("ROTATE_270", "ROTATE_180", "ROTATE_90")
"""Pillow counts against the clock."""
BROKEN = msg("This picture cannot be shown.")


class PictureScreen(Screen):
    """Title, what may be wrong, the picture, the buttons."""

    def render(self, view: PictureView) -> Page:
        """The page of a picture."""
        pen, theme = self.pen, self.pen.theme
        title = Words(pen, pen.say(view.title), TITLE, even=True)
        concern = [note(pen, pen.say(view.concern.text), view.concern.icon, AMBER)] if view.concern else []
        explain = [Words(pen, pen.say(view.explain), BODY, SOFT)] if view.explain else []
        picture = Photograph(pen, view.picture, view.turned)
        shown: Piece = (
            picture if picture.there else note(pen, pen.say(BROKEN), "image-broken-variant", TROUBLE, TROUBLE_INK)
        )
        above = [title, *explain] if theme.raised else []
        head, tail = ([], []) if theme.raised else ([], [title, *explain]) if theme.tight else ([title], explain)
        page = beside if theme.landscape else below
        return page(shown, [*head, *concern], tail, above, self.actions(view.actions))


class Photograph(Piece):
    """A JPEG or PNG, turned and made to fit. Decoded once, no larger than the screen."""

    def __init__(self, pen: Pen, file: bytes, turned: int) -> None:
        super().__init__(pen)
        self._texture = decoded(file, turned, (pen.theme.width_px, pen.theme.height_px))

    @property
    def there(self) -> bool:
        """Whether it is a picture."""
        return self._texture is not None

    @property
    def picture_size(self) -> tuple[int, int]:
        """Width and height it was decoded in; (0, 0) for no picture."""
        return self._texture.size if self._texture else (0, 0)

    def natural(self) -> float:
        """As wide as there is room."""
        return float(self.pen.theme.width_px)

    def fit(self, width: float) -> float:
        """At least so high that one sees what it is; more where there is room."""
        self.size = (width, self.pen.theme.px(LEAST_MM))
        return float(self.height)

    def draw(self) -> None:
        """In the middle, with a thin dark edge."""
        if self._texture is None:
            return
        wide, high = self._texture.size
        scale = min((self.width - 2 * EDGE_PX) / wide, (self.height - 2 * EDGE_PX) / high)
        size = (round(wide * scale), round(high * scale))
        left, bottom = round(self.center_x - size[0] / 2), round(self.center_y - size[1] / 2)
        with self.canvas.before:
            Color(*self.pen.theme.paint(FOCUS_EDGE))
            Rectangle(pos=(left - EDGE_PX, bottom - EDGE_PX), size=(size[0] + 2 * EDGE_PX, size[1] + 2 * EDGE_PX))
            Color(1, 1, 1, 1)
            Rectangle(texture=self._texture, pos=(left, bottom), size=size)


def decoded(file: bytes, turned: int, most: tuple[int, int]) -> Texture | None:
    """A picture file, turned, no larger than `most` pixels; None for what is no picture."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  not before somebody looks at a picture

    try:
        with Image.open(io.BytesIO(file)) as opened:
            opened.draft("RGB", most)  # a JPEG of 300 dpi is decoded in the size it is shown in
            picture = opened.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        log.warning("a picture cannot be shown: %s", type(error).__name__)
        return None
    if turned % 4:
        picture = picture.transpose(getattr(Image.Transpose, QUARTERS[turned % 4 - 1]))
    picture.thumbnail(most, Image.Resampling.BOX)
    made = Texture.create(size=picture.size, colorfmt="rgb")
    made.blit_buffer(picture.tobytes(), colorfmt="rgb", bufferfmt="ubyte")
    made.flip_vertical()
    made.min_filter = "linear"
    return made
