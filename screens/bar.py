"""A plain ground over the whole width: header, banner, bottom bar."""

from kivy.graphics import Color, Rectangle

from screens.palette import Colour
from screens.pen import Pen
from screens.pieces import Piece
from screens.theme import LINE


class Bar(Piece):
    """One part on a plain ground over the whole width, with a thin line where it meets the page."""

    def __init__(
        self,
        pen: Pen,
        part: Piece,
        fill: Colour,
        padding: tuple[float, float],
        least: float,
        edge: str = "",
        below: float = 0,
    ) -> None:
        super().__init__(pen, [part])
        self._fill = fill
        self._padding = padding
        self._least = least
        self._edge = edge
        self._below = below

    def fit(self, width: float) -> float:
        """The part with its padding."""
        inner = self.parts[0].fit(width - 2 * self._padding[0])
        self.size = (width, max(self._least, inner + 2 * self._padding[1]))
        return float(self.height)

    def draw(self) -> None:
        """The ground, going on below where the page does not reach the glass's edge; and the line."""
        theme = self.pen.theme
        with self.canvas.before:
            Color(*theme.paint(self._fill))
            Rectangle(pos=(self.x, self.y - self._below), size=(self.width, self.height + self._below))
            if self._edge:
                thick = theme.rule if theme.outlined else 1
                Color(*theme.paint(LINE))
                at = self.top - thick if self._edge == "top" else self.y
                if self._edge == "top" or theme.outlined:
                    Rectangle(pos=(self.x, at), size=(self.width, thick))

    def arrange(self) -> None:
        """In the middle."""
        part = self.parts[0]
        part.place(self.x + self._padding[0], self.top - (self.height - part.height) / 2)
