"""Sign with a finger: a large framed field within reach, the words that are signed above it, and another way beside it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kivy.graphics import Color, Point, Rectangle

from kiosk.events.signing import Signed
from kiosk.ports.writing import Stroke
from kiosk.signature import Dot, Judgement, Nib, dots, judge
from kiosk.texts import Text, msg
from kiosk.views.model import View
from kiosk.views.parts import Action
from kiosk.views.signing import SignView
from screens.base import ButtonBlock, Page, Screen
from screens.controls import action_button
from screens.field import Below
from screens.keyboard.keys import Keys
from screens.keyboard.pad import dot
from screens.pen import BODY, SMALL, STRONG, TITLE, Pen
from screens.pieces import Box, Piece, Words
from screens.theme import ACCENT, INK, KEYS, LINE, SOFT
from screens.touch import Drawable

ASPECT = 0.42
"""The field's height as a share of its width: everywhere the same, so that strokes stay in it when text size or reach
change under them."""
SHARE = 0.34
"""Of the page's height the field takes at most so much."""
BASE = 0.74
"""Where the line to sign on lies, as a share of the field's height from above."""
WAITING: dict[Judgement, Text] = {
    Judgement.EMPTY: msg("Please sign in the frame first."),
    Judgement.TOO_SMALL: msg("Please sign a little larger."),
}
MOST_DOTS = 8000
"""Dots of one stroke in one drawing instruction; a longer one takes another."""


class SignScreen(Screen):
    """The strokes stand here until the page is left; the journey is told after every one."""

    _view: SignView | None = None
    _strokes: tuple[Stroke, ...] = ()
    _told: tuple[tuple[Stroke, ...], ...] = ()
    _field: "SignField | None" = None

    def render(self, view: SignView) -> Page:
        """Words above, field within reach."""
        pen, theme = self.pen, self.pen.theme
        self._begin(view)
        title = Words(pen, pen.say(view.title), STRONG if theme.shallow else TITLE, even=True)
        explain: list[Piece] = [Words(pen, pen.say(view.explain), BODY, SOFT)] if view.explain else []
        statement = Words(pen, pen.say(view.statement))
        board, foot = self._board(), self.actions(self._offered())
        if theme.raised:
            return Page([], above=[title, *explain, statement], foot=foot, keys=board, gap_mm=4)
        boxed = Box(pen, statement, padding=(theme.px(6), theme.px(5)))
        asked = [boxed, *explain] if theme.tight else [*explain, boxed]
        return Page([title, *asked], foot=foot, keys=board, gap_mm=4)

    def takes(self, view: View) -> bool:
        """The answer to a stroke changes nothing but what is offered."""
        if not isinstance(view, SignView) or self._view is None or not _same_page(view, self._view):
            return False
        if view.strokes in self._told:
            self._told = self._told[self._told.index(view.strokes) + 1 :]
        elif view.strokes != self._strokes:
            return False
        self._view = view
        return True

    def left(self) -> None:
        """Nothing of it can be found afterwards."""
        self._strokes, self._told, self._view = (), (), None
        if self._field:
            self._field.forget()
        self._field = None

    @property
    def written(self) -> str:
        """How much there is, never what."""
        return "|" * len(self._strokes)

    def actions(self, actions: Sequence[Action]) -> ButtonBlock | None:
        """The buttons, never where the field stands."""
        made = [(action, action_button(self.pen, action)) for action in actions]
        others = [button for action, button in made if not action.main]
        return Below(self.pen, others, [button for action, button in made if action.main])

    def _begin(self, view: SignView) -> None:
        """The journey's strokes count, unless they answer what was drawn since on this very page: a signature never goes
        below other words than those it was drawn under."""
        if self._view is None or not _same_page(view, self._view):
            self._strokes, self._told = view.strokes, ()
        elif view != self._view and view.strokes not in self._told:
            self._strokes = view.strokes
        self._view = view

    def _offered(self) -> tuple[Action, ...]:
        """The main action waits for a signature."""
        reason, actions = WAITING.get(judge(self._strokes)), self._view.actions if self._view else ()
        if reason is None:
            return actions
        return tuple(
            replace(action, available=False, reason=reason) if action.main and action.available else action
            for action in actions
        )

    def _board(self) -> "SignBoard":
        self._field = SignField(self.pen, self._strokes, self._drawn)
        return SignBoard(self.pen, self._field, self._undo, self._clear)

    def _drawn(self, stroke: Stroke) -> None:
        self._change((*self._strokes, stroke))

    def _undo(self) -> None:
        self._change(self._strokes[:-1])

    def _clear(self) -> None:
        self._change(())

    def _change(self, strokes: tuple[Stroke, ...]) -> None:
        """Show it, tell it, and offer what is to be done with it now."""
        before = judge(self._strokes)
        self._strokes = strokes
        if self._field and self._field.strokes != strokes:
            self._field.ink_again(strokes)
        self._told = (*self._told, strokes)
        self.host.tell(Signed(strokes))
        if judge(strokes) is not before:
            self.host.redraw()


def _same_page(one: SignView, other: SignView) -> bool:
    """Whether two views differ in their strokes only."""
    return replace(one, strokes=()) == replace(other, strokes=())


class SignBoard(Piece):
    """The field with its keys below, on a ground of its own, as a keyboard."""

    def __init__(self, pen: Pen, field: "SignField", undo: Callable[[], None], clear: Callable[[], None]) -> None:
        keys = Keys(pen, lambda _key: None)
        row = keys.row(
            [
                keys.sign("undo-variant", msg("Undo"), "key-undo", undo),
                keys.sign("eraser", msg("Clear"), "key-clear", clear),
            ]
        )
        super().__init__(pen, [field, row])
        self._gap = keys.gap
        self._side = pen.theme.px(4) if pen.theme.landscape else pen.theme.margin
        self._edge = pen.theme.px(3 if pen.theme.shallow else 5)

    def fit(self, width: float) -> float:
        """Inside the page's margins; the field is narrower where its height would leave no room for the words."""
        theme, inner = self.pen.theme, width - 2 * self._side
        most = theme.px(theme.band.height_mm) * SHARE / ASPECT
        high = sum(part.fit(room) for part, room in zip(self.parts, (min(inner, most), inner), strict=True))
        self.size = (width, high + self._gap + 2 * self._edge)
        return float(self.height)

    def draw(self) -> None:
        """A ground of its own."""
        with self.canvas.before:
            Color(*self.pen.theme.paint(KEYS))
            Rectangle(pos=self.pos, size=self.size)

    def arrange(self) -> None:
        """The field in the middle, the keys below it."""
        field, row = self.parts
        field.place(self.center_x - field.width / 2, self.top - self._edge)
        row.place(self.x + self._side, self.top - self._edge - field.height - self._gap)


class SignField(Drawable):
    """Where the finger draws; `drawn` is called with each stroke when the finger has left."""

    def __init__(self, pen: Pen, strokes: tuple[Stroke, ...], drawn: Callable[[Stroke], None]) -> None:
        hint = Words(pen, pen.say(msg("Sign here with your finger")), SMALL, SOFT, "center", even=True)
        super().__init__(pen, hint, name="sign", action=self._nothing, line=ACCENT, rule=pen.theme.rule * 2)
        self.spoken = msg("Field for your signature, for a finger")
        self.repeats = True
        self.strokes = strokes
        self._drawn = drawn
        self._points: list[tuple[float, float]] = []
        self._nib = Nib()
        self._line = Point(pointsize=1)
        self._thick = 0.0

    @staticmethod
    def _nothing() -> None:
        """A press on it without a finger, from a keypad, draws nothing."""

    def fit(self, width: float) -> float:
        """As wide as there is room, and as high as a signature is."""
        self.parts[0].fit(width - self.pen.theme.px(8))
        self.size = (float(round(width)), float(round(width * ASPECT)))
        return float(self.height)

    def arrange(self) -> None:
        """The hint below the line, on it where it is long; gone once there is ink."""
        words, px = self.parts[0], self.pen.theme.px
        words.place(self.x + px(4), max(self._base - px(1.5), self.y + words.height + px(2)))
        words.opacity = 0 if self.strokes else 1

    def show_pressed(self, pressed: bool) -> None:
        """The ink shows it."""

    @property
    def _base(self) -> float:
        return float(self.top - self.height * BASE)

    def draw(self) -> None:
        """Ground, the line to sign on, and the strokes."""
        super().draw()
        inset, thick = self.pen.theme.px(8), max(1.0, self.pen.theme.px(0.4))
        with self.canvas.before:
            Color(*self.pen.theme.paint(LINE))
            Rectangle(pos=(self.x + inset, round(self._base)), size=(self.width - 2 * inset, thick))
        self.ink_again(self.strokes)

    def ink_again(self, strokes: tuple[Stroke, ...]) -> None:
        """These strokes, and no other."""
        self.strokes = strokes
        self.canvas.after.clear()
        self.parts[0].opacity = 0 if strokes else 1
        for stroke in strokes:
            self._thick = 0.0
            for each in dots(stroke):
                self._dot(each)

    def forget(self) -> None:
        """No stroke is kept, and none that is being drawn."""
        self._points = []
        self.ink_again(())

    def ink(self, x: float, y: float) -> None:
        """The finger is here; beyond the edge the line goes along it."""
        edge = self.pen.theme.rule * 3
        x = min(max(x, self.x + edge), self.right - edge)
        y = min(max(y, self.y + edge), self.top - edge)
        point = ((x - self.x) / self.width, (self.top - y) / self.width)
        if not self._points:
            self._nib, self._thick = Nib(), 0.0
            self.parts[0].opacity = 0
        if not self._points or self._points[-1] != point:
            self._points.append(point)
            for each in self._nib.to(*point):
                self._dot(each)

    def lift(self) -> None:
        """The stroke is finished."""
        stroke, self._points = tuple(self._points), []
        for each in self._nib.lift():
            self._dot(each)
        if stroke:
            self.strokes = (*self.strokes, stroke)
            self._drawn(stroke)

    def _dot(self, each: Dot) -> None:
        x, y, radius = (part * self.width for part in each)
        thick = max(2, round(radius * 2)) / 2
        if thick != self._thick or len(self._line.points) > MOST_DOTS:
            self._line, self._thick = self._begun(thick), thick
        self._line.add_point(self.x + x, self.top - y)

    def _begun(self, radius: float) -> Point:
        with self.canvas.after:
            Color(1, 1, 1, 1)
            return Point(pointsize=radius, texture=dot(round(radius), self.pen.theme.paint(INK)))
