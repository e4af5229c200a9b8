"""What pages are made of. A piece is fitted to a width, which gives its height, and then placed, which draws it.

Nothing is bound to anything: a page is laid out once when it is shown, top to bottom, in whole pixels.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kivy.graphics import Color, Rectangle
from kivy.uix.widget import Widget

from screens import mirror
from screens.palette import Colour
from screens.pen import BODY, Pen, Style
from screens.plates import Ground
from screens.theme import CARD, INK, LINE

if TYPE_CHECKING:
    from screens.touch import Pressable


SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}
"""Of the room left over, how much stands left of a part."""


class Piece(Widget):
    """The base: `fit(width)` sets the size and returns the height, `place(left, top)` draws."""

    width: float
    height: float

    def __init__(self, pen: Pen, children: Sequence["Piece"] = ()) -> None:
        super().__init__(size_hint=(None, None), size=(0, 0))
        self.pen = pen
        self.parts = list(children)
        for part in self.parts:
            self.add_widget(part)

    def natural(self) -> float:
        """The width it would take if there were no limit."""
        return max((part.natural() for part in self.parts), default=0.0)

    def fit(self, width: float) -> float:
        """Take this width; returns the height it then needs."""
        self.size = (width, max((part.fit(width) for part in self.parts), default=0.0))
        return float(self.height)

    def snug(self) -> float:
        """The width really used after `fit`."""
        return max((part.snug() for part in self.parts), default=float(self.width))

    def grow(self, height: float) -> None:
        """Be taller than needed, to line up with a neighbour."""
        self.height = max(self.height, height)

    def place(self, left: float, top: float) -> None:
        """Stand here and be drawn; `top` counts upwards, as Kivy does."""
        self.pos = (round(left), round(top - self.height))
        self.canvas.before.clear()  # never the canvas itself: the parts' own canvases are in it
        self.draw()
        self.arrange()

    def draw(self) -> None:
        """Draw oneself; size and position are known."""

    def arrange(self) -> None:
        """Place the parts."""
        for part in self.parts:
            part.place(self.x, self.top)

    def hit(self, x: float, y: float) -> "Pressable | None":
        """The pressable piece at a point, the topmost."""
        if not self.collide_point(x, y):
            return None
        for part in reversed(self.parts):
            found = part.hit(x, y)
            if found:
                return found
        return None


class Space(Piece):
    """Nothing, of a height (and width) in pixels."""

    def __init__(self, pen: Pen, height: float, width: float = 0) -> None:
        super().__init__(pen)
        self._asked = (width, height)

    def natural(self) -> float:
        """Its width."""
        return self._asked[0]

    def fit(self, width: float) -> float:
        """Takes the width."""
        self.size = (width, self._asked[1])
        return self._asked[1]


class Words(Piece):
    """A text, broken into lines where its language allows it; never cut off."""

    def __init__(
        self, pen: Pen, text: str, style: Style = BODY, colour: Colour = INK, align: str = "left", *, even: bool = False
    ) -> None:
        super().__init__(pen)
        self.text = text
        self.style = style
        self.colour = colour
        self.align = align
        self.even = even
        self.lines: list[str] = []
        self.texture_size: tuple[int, int] = (0, 0)
        self._paint: Color | None = None

    def natural(self) -> float:
        """The width of the longest line as written."""
        return max(self.pen.width(line, self.style) for line in self.text.split("\n"))

    def snug(self) -> float:
        """The width of the longest line."""
        return max(self.pen.width(line, self.style) for line in self.lines)

    def fit(self, width: float) -> float:
        """Break the lines; every line counts with the face's own line height."""
        self.lines = self.pen.lines(self.text, self.style, width, even=self.even)
        self.size = (width, self.pen.line_px(self.style) * len(self.lines))
        return float(self.height)

    def draw(self) -> None:
        """One texture for all lines."""
        texture = self.pen.texture(self.lines, self.style, self.align)
        self.texture_size = texture.size
        share = SHARES[self.pen.side(self.align)]
        left = round(self.x + (self.width - texture.width) * share)
        with self.canvas.before:
            self._paint = Color(*self.pen.theme.paint(self.colour))
            Rectangle(texture=texture, pos=(left, round(self.top - texture.height)), size=texture.size)

    def recolour(self, colour: Colour) -> None:
        """Another colour at once."""
        self.colour = colour
        if self._paint:
            self._paint.rgba = self.pen.theme.paint(colour)


class Square(Piece):
    """As high as wide: `side` pixels."""

    def __init__(self, pen: Pen, side: float) -> None:
        super().__init__(pen)
        self.side = side

    def natural(self) -> float:
        """Its side."""
        return self.side

    def snug(self) -> float:
        """Its side."""
        return self.side

    def fit(self, width: float) -> float:
        """Its side is its height."""
        self.size = (width, self.side)
        return self.side


class Icon(Square):
    """An icon of the icon font, with its side in pixels."""

    def __init__(self, pen: Pen, name: str, side: float, colour: Colour = INK, align: str = "left") -> None:
        super().__init__(pen, side)
        self.name = name
        self.colour = colour
        self.align = align

    def draw(self) -> None:
        """Centred on its own height, whatever the face's line height."""
        texture = self.pen.icon(mirror.icon(self.pen, self.name), self.side)
        left = self.x + (self.width - texture.width) * SHARES[self.pen.side(self.align)]
        with self.canvas.before:
            Color(*self.pen.theme.paint(self.colour))
            Rectangle(texture=texture, pos=(round(left), round(self.center_y - texture.height / 2)), size=texture.size)


class Column(Piece):
    """Parts below each other. What is left over is taken by `stretch`, or stands below, or around with `middle`."""

    def __init__(
        self, pen: Pen, parts: Sequence[Piece], gap: float = 0, *, middle: bool = False, stretch: Piece | None = None
    ) -> None:
        super().__init__(pen, parts)
        self.gap = gap
        self.middle = middle
        self.stretch = stretch

    def grow(self, height: float) -> None:
        """The stretching part takes what is added."""
        if self.stretch and height > self.height:
            self.stretch.grow(self.stretch.height + height - self.height)
        super().grow(height)

    def fit(self, width: float) -> float:
        """The heights and gaps added up."""
        heights = [part.fit(width) for part in self.parts]
        self.size = (width, sum(heights) + self.gap * max(0, len(heights) - 1))
        return float(self.height)

    def arrange(self) -> None:
        """From the top; from the middle when asked."""
        used = sum(part.height for part in self.parts) + self.gap * max(0, len(self.parts) - 1)
        top = self.top - ((self.height - used) / 2 if self.middle else 0)
        for part in self.parts:
            part.place(self.x, top)
            top -= part.height + self.gap


class Row(Piece):
    """Parts beside each other: a weight of 0 takes the part's natural width, others share the rest.

    The first part stands where reading starts. `fixed`: from the left on every page, as keys and digits do.
    """

    def __init__(
        self,
        pen: Pen,
        parts: Sequence[Piece],
        weights: Sequence[float],
        gap: float = 0,
        align: str = "middle",
        *,
        fixed: bool = False,
    ) -> None:
        super().__init__(pen, parts)
        self.weights = list(weights)
        self.gap = gap
        self.align = align
        self.fixed = fixed

    def natural(self) -> float:
        """All beside each other."""
        return sum(part.natural() for part in self.parts) + self.gap * max(0, len(self.parts) - 1)

    def snug(self) -> float:
        """All beside each other as they are used."""
        return sum(part.snug() for part in self.parts) + self.gap * max(0, len(self.parts) - 1)

    def fit(self, width: float) -> float:
        """Share the width; the tallest decides the height, and with `fill` all become as tall."""
        fixed = [0.0 if weight else part.natural() for part, weight in zip(self.parts, self.weights, strict=True)]
        rest = max(0.0, width - sum(fixed) - self.gap * max(0, len(self.parts) - 1))
        total = sum(self.weights) or 1
        for part, weight, own in zip(self.parts, self.weights, fixed, strict=True):
            part.fit(float(int(rest * weight / total)) if weight else own)
        self.size = (width, max((part.height for part in self.parts), default=0))
        self._even_out()
        return float(self.height)

    def grow(self, height: float) -> None:
        """Parts that fill grow along."""
        super().grow(height)
        self._even_out()

    def _even_out(self) -> None:
        if self.align == "fill":
            for part in self.parts:
                part.grow(self.height)

    def arrange(self) -> None:
        """As one reads."""
        left = self.x
        for part in reversed(self.parts) if self.pen.rtl and not self.fixed else self.parts:
            drop = (self.height - part.height) / 2 if self.align == "middle" else 0
            part.place(left, self.top - drop)
            left += part.width + self.gap


class Box(Piece):
    """One part on a rounded ground with an outline: cards, notes, buttons."""

    def __init__(
        self,
        pen: Pen,
        part: Piece,
        *,
        fill: Colour = CARD,
        line: Colour | None = LINE,
        padding: tuple[float, float] = (0, 0),
        rule: float = 1,
        radius: float | None = None,
        least: float = 0,
        middle: bool = True,
    ) -> None:
        super().__init__(pen, [part])
        self.fill = fill
        self.line = line
        self.padding = padding
        self.rule = rule
        self.radius = pen.theme.radius if radius is None else radius
        self.least = least
        self.middle = middle
        self.ground: Ground | None = None
        self.shown: Colour | None = None
        """The ground's colour now."""

    def natural(self) -> float:
        """The part and the padding."""
        return self.parts[0].natural() + 2 * self.padding[0]

    def snug(self) -> float:
        """What the part uses and the padding."""
        return self.parts[0].snug() + 2 * self.padding[0]

    def fit(self, width: float) -> float:
        """The part and the padding, at least `least` high."""
        inner = self.parts[0].fit(width - 2 * self.padding[0])
        self.size = (width, max(self.least, inner + 2 * self.padding[1]))
        return float(self.height)

    def draw(self) -> None:
        """The ground; `light` colours it."""
        with self.canvas.before:
            self.ground = Ground(self.pos, self.size, self.radius, self.rule if self._outline() else 0)
        self.light(self.fill)

    def light(self, fill: Colour) -> None:
        """Another ground at once: pressed, or lit up."""
        if self.ground:
            theme, line = self.pen.theme, self._outline()
            self.shown = fill
            self.ground.light(theme.paint(fill), theme.paint(line) if line else None)

    def _outline(self) -> Colour | None:
        """None with a rule of 0: what turns nothing has no edge in any contrast."""
        if not self.rule:
            return None
        return self.line or (LINE if self.pen.theme.outlined else None)

    def arrange(self) -> None:
        """The part in the middle, or at the top."""
        part = self.parts[0]
        drop = (self.height - part.height) / 2 if self.middle else self.padding[1]
        part.place(self.x + self.padding[0], self.top - drop)
