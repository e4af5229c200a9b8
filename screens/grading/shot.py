"""A drawn surface with its pixels, and where everything on it is. Rectangles are in pixels from the lower left."""

from collections.abc import Iterator
from functools import cached_property
from typing import TypeAlias

import numpy as np
from kivy.clock import Clock
from kivy.graphics import ClearBuffers, ClearColor, Fbo
from kivy.uix.widget import Widget
from numpy.typing import NDArray

from screens.message import Number
from screens.palette import Paint
from screens.panel import Panel
from screens.pen import Pen
from screens.pieces import Icon, Piece, Words
from screens.rect import Rect
from screens.scroll import Scroll
from screens.surface import Surface
from screens.theme import PAPER, Theme
from screens.touch import Pressable

Pixels: TypeAlias = NDArray[np.uint8]
"""Rows from the top, columns from the left, red green blue alpha."""
Written: TypeAlias = Words | Number


class Camera:
    """Takes pictures of surfaces of one size into memory, exactly as the renderer draws them."""

    def __init__(self, width_px: int, height_px: int) -> None:
        self._size = (width_px, height_px)
        self._film = Fbo(size=self._size, with_stencilbuffer=True)

    def take(self, surface: Surface) -> "Shot":
        """A picture of what the surface shows now."""
        Clock.tick_draw()  # what is due before the next frame: the page buttons
        return Shot(surface, self._pixels(surface))

    def _pixels(self, surface: Surface) -> Pixels:
        parent = surface.parent
        at = parent.canvas.indexof(surface.canvas)
        parent.canvas.remove(surface.canvas)
        with self._film:
            ClearColor(*_paper(surface))
            ClearBuffers()
        self._film.add(surface.canvas)
        self._film.draw()
        raw = np.frombuffer(self._film.pixels, np.uint8)
        self._film.clear()
        parent.canvas.insert(at, surface.canvas)
        width, height = self._size
        return np.ascontiguousarray(raw.reshape(height, width, 4)[::-1])


def _paper(surface: Surface) -> Paint:
    pen = surface.pen
    return pen.theme.paint(PAPER) if pen else Paint(0, 0, 0)


class Shot:
    """What rules look at. Nothing here changes the surface."""

    def __init__(self, surface: Surface, pixels: Pixels) -> None:
        self.surface = surface
        self.pixels = pixels

    @cached_property
    def pen(self) -> Pen:
        """What the page is written with. Raises ValueError for a surface that shows nothing."""
        if self.surface.pen is None:
            raise ValueError("the surface shows nothing; show a view first")
        return self.surface.pen

    @property
    def theme(self) -> Theme:
        """The page's theme: its millimetres and what the visitor prefers."""
        return self.pen.theme

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.pen.language

    def mm(self, px: float) -> float:
        """Pixels in millimetres of the real screen."""
        return px * self.theme.width_mm / self.theme.width_px

    # --- pieces ----------------------------------------------------------------------------------------------

    @cached_property
    def everything(self) -> list[Piece]:
        """All pieces, those further down in the scrolling part too."""
        shown = [one for one in self.surface.walk(restrict=True) if isinstance(one, Piece)]
        hidden = [item for one in shown if isinstance(one, Scroll) for item in one.items if item.parent is None]
        return [*shown, *(one for item in hidden for one in item.walk(restrict=True) if isinstance(one, Piece))]

    @cached_property
    def seen(self) -> dict[Piece, Rect]:
        """Every piece of which something can be seen, and where: cut to the scrolling window, not under a panel nor
        under its veil, which takes the page away on purpose."""
        found: dict[Piece, Rect] = {}
        for root in self.surface.children:
            self._look(root, self.whole, found)
        panel = self.panel
        if panel is None:
            return found
        left, bottom, width, height = panel.veil
        covers = (found[panel], Rect(left, bottom, left + width, bottom + height))
        return {one: at for one, at in found.items() if within(one, panel) or not any(map(at.meets, covers))}

    def _look(self, one: Widget, window: Rect, found: dict[Piece, Rect]) -> None:
        if one.opacity == 0:
            return  # a hint that has gone
        if isinstance(one, Piece):
            at = place_of(one).cut(window)
            if at.width > 0 and at.height > 0:
                found[one] = at
            if isinstance(one, Scroll):
                window = at
        for child in one.children:
            self._look(child, window, found)

    @cached_property
    def whole(self) -> Rect:
        """The surface itself."""
        surface = self.surface
        return Rect(float(surface.x), float(surface.y), float(surface.right), float(surface.top))

    @property
    def panel(self) -> Panel | None:
        """The panel that is open."""
        return self.surface.panel

    @cached_property
    def written(self) -> list[Written]:
        """Every text that can be seen, of which at least a line."""
        return [one for one in self.seen if isinstance(one, (Words, Number)) and one.text.strip()]

    @cached_property
    def icons(self) -> list[Icon]:
        """Every icon that can be seen whole."""
        return [one for one in self.seen if isinstance(one, Icon) and self.is_whole(one)]

    @cached_property
    def pressables(self) -> list[Pressable]:
        """What can be touched now: with a panel open, what is on it and in the header."""
        found = [one for one in self.seen if isinstance(one, Pressable)]
        panel = self.panel
        if panel is None:
            return found
        return [one for one in found if within(one, panel) or self.part_of(one) == "header"]

    def is_whole(self, piece: Piece) -> bool:
        """Whether all of a piece can be seen."""
        return piece in self.seen and self.seen[piece].holds(place_of(piece), SLACK_PX)

    def part_of(self, piece: Piece) -> str:
        """Which part of the layout a piece stands in: "header", "head", "foot", "keys", "bottom", "body", "pager"."""
        root: Widget = piece
        while root.parent is not None and root.parent is not self.surface:
            root = root.parent
        if root is self.surface.scroll:
            return "body"
        return next((name for name, placed in self.surface.around.items() if placed is root), "")

    @property
    def scrolls(self) -> list[Scroll]:
        """The scrolling parts that can be seen."""
        return [one for one in self.seen if isinstance(one, Scroll)]

    # --- pixels ----------------------------------------------------------------------------------------------

    def crop(self, at: Rect) -> Pixels:
        """The pixels of a rectangle, cut to the picture."""
        high, wide = self.pixels.shape[:2]
        left, right = (min(max(round(x - self.whole.left), 0), wide) for x in (at.left, at.right))
        bottom, top = (min(max(round(y - self.whole.bottom), 0), high) for y in (at.bottom, at.top))
        return self.pixels[high - top : high - bottom, left:right]


SLACK_PX = 1.01
"""Whole pixels: a millimetre is not."""


def place_of(piece: Piece) -> Rect:
    """Where a piece stands in the window."""
    left, bottom = piece.to_window(piece.x, piece.y)
    return Rect(left, bottom, left + piece.width, bottom + piece.height)


def within(piece: Widget, root: Widget) -> bool:
    """Whether a piece is a part of another, or the other itself."""
    return any(one is root for one in ancestors(piece))


def ancestors(piece: Widget) -> Iterator[Widget]:
    """The piece and all it is a part of."""
    while piece is not None:
        yield piece
        piece = piece.parent if piece.parent is not piece else None


def name_of(piece: Piece) -> str:
    """How a report calls a piece."""
    if isinstance(piece, (Words, Number)):
        return f"text {piece.text!r}"
    return f"{type(piece).__name__} {getattr(piece, 'name', '')}".strip()
