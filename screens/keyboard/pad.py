"""The pad one writes on with a finger, and what stands beside it: the characters found, undo, clear, delete."""

from collections.abc import Callable

from kivy.graphics import Color, Point, Rectangle
from kivy.graphics.texture import Texture

from kiosk.ports.writing import Stroke
from kiosk.texts import msg
from screens.keyboard.candidates import CandidateGrid
from screens.keyboard.keys import Keys
from screens.keyboard.writer import Writer
from screens.palette import Paint
from screens.pen import SMALL, Pen
from screens.pieces import Piece, Words
from screens.plates import plate
from screens.theme import ACCENT, INK, LINE, SOFT
from screens.touch import Drawable

INK_MM = 1.5
"""The radius of the pen."""
STEP = 0.4
"""Between two dots of a line, in radii: close enough to be one."""


class Pad(Drawable):
    """A square field; tells each stroke when the finger leaves it."""

    def __init__(self, pen: Pen, side: float, writer: Writer, drawn: Callable[[], None]) -> None:
        hint = Words(pen, pen.say(msg("Write here with your finger")), SMALL, SOFT, "center")
        super().__init__(pen, hint, name="pad", action=self._nothing, line=ACCENT, rule=pen.theme.rule, least=side)
        self.spoken = msg("Pad for writing with a finger")
        self.repeats = True
        self._side = side
        self._writer = writer
        self._drawn = drawn
        self._points: list[tuple[float, float]] = []
        self._line: Point | None = None
        self._radius = max(2.0, pen.theme.px(INK_MM))

    @staticmethod
    def _nothing() -> None:
        """A press on it without a finger, from a keypad, writes nothing."""

    def natural(self) -> float:
        """Its side."""
        return self._side

    def fit(self, width: float) -> float:
        """A square."""
        self.parts[0].fit(self._side - self.pen.theme.px(8))
        self.size = (self._side, self._side)
        return self._side

    def arrange(self) -> None:
        """The hint at the lower edge, gone once there is ink."""
        words = self.parts[0]
        words.place(self.x + self.pen.theme.px(4), self.y + words.height + self.pen.theme.px(3))
        words.opacity = 0 if self._writer.strokes else 1

    def show_pressed(self, pressed: bool) -> None:
        """The ink shows it."""

    def draw(self) -> None:
        """Ground, a cross to place the character by, and the strokes."""
        super().draw()
        inset, pen_width = self.pen.theme.px(3), self.pen.theme.px(0.3)
        with self.canvas.before:
            Color(*self.pen.theme.paint(LINE))
            long, thick = self.width - 2 * inset, max(1, pen_width)
            Rectangle(pos=(self.x + inset, round(self.center_y)), size=(long, thick))
            Rectangle(pos=(round(self.center_x), self.y + inset), size=(thick, long))
        self.ink_again()

    def ink_again(self) -> None:
        """The strokes as they are now."""
        self.canvas.after.clear()
        self._line = None
        self.parts[0].opacity = 0 if self._writer.strokes else 1
        for stroke in self._writer.strokes:
            self._begin()
            for x, y in stroke:
                self._dot(self.x + x * self.width, self.top - y * self.height)

    def ink(self, x: float, y: float) -> None:
        """The finger is here; beyond the edge the line goes along it."""
        edge = self._radius + self.pen.theme.rule
        x = min(max(x, self.x + edge), self.right - edge)
        y = min(max(y, self.y + edge), self.top - edge)
        if not self._points:
            self._begin()
            self.parts[0].opacity = 0
        if not self._points or self._points[-1] != (x, y):
            self._dot(x, y)

    def _begin(self) -> None:
        self._points = []
        with self.canvas.after:
            Color(1, 1, 1, 1)
            self._line = Point(pointsize=self._radius, texture=dot(round(self._radius), self.pen.theme.paint(INK)))

    def _dot(self, x: float, y: float) -> None:
        """A dot here, and as many on the way here as make a line."""
        if self._line is None:
            return
        from_x, from_y = self._points[-1] if self._points else (x, y)
        away = max(abs(x - from_x), abs(y - from_y))
        steps = max(1, round(away / (self._radius * STEP)))
        for step in range(1, steps + 1):
            self._line.add_point(from_x + (x - from_x) * step / steps, from_y + (y - from_y) * step / steps)
        self._points.append((x, y))

    def lift(self) -> None:
        """The stroke is finished."""
        stroke: Stroke = tuple(((x - self.x) / self.width, (self.top - y) / self.height) for x, y in self._points)
        self._points, self._line = [], None
        if stroke:
            self._writer.draw(stroke)
            self._drawn()


def dot(radius: int, paint: Paint) -> Texture:
    """A round dot with a soft edge."""
    return plate(max(1, radius), 0, paint, None)


class HandBoard(Piece):
    """The pad on the side of the hand that writes, so that the arm does not cover the characters found beside it."""

    def __init__(self, pen: Pen, keys: Keys, writer: Writer, after: Callable[[], None]) -> None:
        self._keys = keys
        self._writer = writer
        self._after = after
        self.pad = Pad(pen, keys.high(5), writer, after)
        self.grid = CandidateGrid(pen, keys, writer, after, keys.high(4))
        undo = keys.sign("undo-variant", msg("Undo"), "key-undo", self._undo)
        wipe = keys.sign("eraser", msg("Clear pad"), "key-wipe", self._wipe)
        last = keys.row([undo, wipe, keys.named("backspace"), keys.named("hide")])
        self._beside = keys.column([self.grid, last])
        super().__init__(pen, [self.pad, self._beside] if pen.theme.left_hand else [self._beside, self.pad])

    def fit(self, width: float) -> float:
        """As high as the pad."""
        side = self.pad.fit(width)
        self._beside.fit(width - side - self._keys.gap * 1.5)
        self.size = (width, max(side, self._beside.height))
        return float(self.height)

    def arrange(self) -> None:
        """Beside each other."""
        self.parts[0].place(self.x, self.top)
        self.parts[1].place(self.right - self.parts[1].width, self.top)

    def refresh(self) -> bool:
        """After a stroke, or a choice; returns whether the height has changed."""
        if len(self._writer.strokes) != self._inked:
            self.pad.ink_again()
        return self.grid.refresh()

    @property
    def _inked(self) -> int:
        return sum(isinstance(one, Point) for one in self.pad.canvas.after.children)

    def _undo(self) -> None:
        self._writer.undo()
        self._after()

    def _wipe(self) -> None:
        self._writer.wipe()
        self._after()
