"""A piece that draws one of `screens/pictograms.py`, smooth at every size and in every contrast."""

from math import atan2, cos, pi, sin

from kivy.graphics import Color, Rectangle, SmoothLine, SmoothTriangle

from kiosk.pictures import Picture
from screens.pen import Pen
from screens.pictograms import DRAWINGS, Arrow, Glyph, Layer, Point, Ring
from screens.pieces import Square
from screens.theme import ACCENT, INK

WIDE = 2.6
"""A stroke's width on the square of 100."""
STRONG = 4.2
HEAD = 12.0
CORNERS = 40
"""A circle is drawn with so many corners."""


class Pictogram(Square):
    """A square of `side` pixels. It is never mirrored: machines do not turn round with the language."""

    def __init__(self, pen: Pen, picture: Picture, side: float) -> None:
        super().__init__(pen, side)
        self.picture = picture

    def draw(self) -> None:
        """Layer by layer."""
        with self.canvas.before:
            for layer in DRAWINGS[self.picture]:
                self._draw(layer)

    def _draw(self, layer: Layer) -> None:
        moves = isinstance(layer, Arrow) or layer.moves
        Color(*self.pen.theme.paint(ACCENT if moves else INK))
        if isinstance(layer, Glyph):
            self._glyph(layer)
        elif isinstance(layer, Arrow):
            self._arrow(layer)
        elif isinstance(layer, Ring):
            self._line(circle(layer), moves=moves)
        else:
            self._line(layer.points, moves=moves)

    def _at(self, point: Point) -> tuple[float, float]:
        return self.x + point[0] * self.side / 100, self.y + point[1] * self.side / 100

    def _line(self, points: tuple[Point, ...], *, moves: bool) -> None:
        """What is moved is drawn stronger: it must not need its colour."""
        flat = [part for point in points for part in self._at(point)]
        SmoothLine(
            points=flat, width=max(1.0, (STRONG if moves else WIDE) * self.side / 200), joint="round", cap="round"
        )

    def _arrow(self, arrow: Arrow) -> None:
        """A shaft that ends inside its head."""
        (x, y), end = arrow.start, arrow.end
        turn = atan2(end[1] - y, end[0] - x)
        neck = (end[0] - HEAD * cos(turn), end[1] - HEAD * sin(turn))
        wings = [
            (neck[0] + HEAD * 0.6 * cos(turn + s * pi / 2), neck[1] + HEAD * 0.6 * sin(turn + s * pi / 2))
            for s in (1, -1)
        ]
        self._line((arrow.start, neck), moves=True)
        SmoothTriangle(points=[part for point in (end, *wings) for part in self._at(point)])

    def _glyph(self, glyph: Glyph) -> None:
        texture = self.pen.icon(glyph.name, glyph.side * self.side / 100)
        x, y = self._at((glyph.x, glyph.y))
        Rectangle(texture=texture, pos=(round(x - texture.width / 2), round(y - texture.height / 2)), size=texture.size)


def circle(ring: Ring) -> tuple[Point, ...]:
    """Its corners, closed."""
    turns = [2 * pi * corner / CORNERS for corner in range(CORNERS + 1)]
    return tuple((ring.x + ring.r * cos(turn), ring.y + ring.r * sin(turn)) for turn in turns)
