"""Small pictures of pages, decoded one by one between two frames and kept only while they can be seen.

A page of 300 dpi takes about 30 ms to decode small; several at once would hold up the screen. What is not decoded yet is an
empty sheet for a moment.
"""

from collections.abc import Iterable
from time import perf_counter

from kivy.clock import Clock
from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture

from kiosk.views.pages import Thumbnail
from screens.page_picture import decoded
from screens.pen import Pen
from screens.pieces import Piece
from screens.theme import FOCUS_EDGE, QUIET

LEAST_MM = 34.0
A4 = 297 / 210
AT_ONCE_S = 0.04
"""So long decoding may hold up a page that is being made; the rest comes in the frames after it."""


class Store:
    """Textures by picture and turn. `most`: width and height they are decoded in."""

    def __init__(self) -> None:
        self._made: dict[Thumbnail, Texture | None] = {}
        self._waiting: list[SmallPicture] = []
        self._beat = Clock.create_trigger(self._next, 0, interval=True)

    def __len__(self) -> int:
        return len(self._made)

    def keep(self, seen: Iterable[Thumbnail]) -> None:
        """Forget all others."""
        kept = set(seen)
        self._made = {page: texture for page, texture in self._made.items() if page in kept}
        self._waiting = []

    def fill(self, pictures: Iterable["SmallPicture"]) -> None:
        """Show these: at once what there is time for, then one a frame."""
        until = perf_counter() + AT_ONCE_S
        for picture in pictures:
            if picture.page in self._made or perf_counter() < until:
                self._show(picture)
            else:
                self._waiting.append(picture)
        if self._waiting:
            self._beat()

    def finish(self) -> None:
        """Show all that wait."""
        while self._next(0.0):
            pass

    def clear(self) -> None:
        """Release everything."""
        self._beat.cancel()
        self._waiting, self._made = [], {}

    def _next(self, _: float) -> bool:
        if self._waiting:
            self._show(self._waiting.pop(0))
        return bool(self._waiting)

    def _show(self, picture: "SmallPicture") -> None:
        page = picture.page
        if page not in self._made:
            self._made[page] = decoded(page.picture, page.turned, picture.most)
        picture.show(self._made[page])


class SmallPicture(Piece):
    """A page of paper, as large as there is room; an empty sheet until its picture is there."""

    def __init__(self, pen: Pen, page: Thumbnail, most: tuple[int, int]) -> None:
        super().__init__(pen)
        self.page, self.most = page, most
        self._texture: Texture | None = None
        self._placed = False

    @property
    def there(self) -> bool:
        """Whether its picture is shown."""
        return self._texture is not None

    def natural(self) -> float:
        """As wide as there is room."""
        return float(self.most[0])

    def fit(self, width: float) -> float:
        """At least so high that one page is told from another."""
        self.size = (width, self.pen.theme.px(LEAST_MM))
        return float(self.height)

    def show(self, texture: Texture | None) -> None:
        """Its picture is there; None where it is none, and an empty sheet stays."""
        self._texture = texture
        if self._placed:
            self.place(self.x, self.top)

    def draw(self) -> None:
        """In the middle, with a thin dark edge."""
        self._placed = True
        wide, high = self._texture.size if self._texture else (1.0, A4)
        scale = min((self.width - 2) / wide, (self.height - 2) / high)
        size = (round(wide * scale), round(high * scale))
        left, bottom = round(self.center_x - size[0] / 2), round(self.center_y - size[1] / 2)
        with self.canvas.before:
            Color(*self.pen.theme.paint(FOCUS_EDGE))
            Rectangle(pos=(left - 1, bottom - 1), size=(size[0] + 2, size[1] + 2))
            Color(*((1, 1, 1, 1) if self._texture else self.pen.theme.paint(QUIET)))
            Rectangle(texture=self._texture, pos=(left, bottom), size=size)
