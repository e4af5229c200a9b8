"""The field: what is written, then what is being composed in a quiet box, then the cursor."""

from collections.abc import Callable

from kivy.graphics import Color, Rectangle

from kiosk.texts import Text
from screens.pen import BODY, STRONG, Pen
from screens.pieces import Box, Icon, Piece, Row, Words
from screens.theme import ACCENT, INK, SOFT, TINT
from screens.touch import Pressable


class Field(Pressable):
    """A text field; a touch brings the keyboard back."""

    def __init__(self, pen: Pen, icon: str, written: "Written", touched: Callable[[], None], spoken: Text) -> None:
        px = pen.theme.px
        self.written = written
        super().__init__(
            pen,
            Row(pen, [Icon(pen, icon, pen.theme.sign(10), ACCENT), written], [0, 1], px(4)),
            name="field",
            action=touched,
            line=ACCENT,
            rule=pen.theme.rule * 1.6,
            padding=(px(6), px(3)),
            least=px(16 if pen.theme.shallow else 21),
            spoken=spoken,
        )
        self.repeats = True

    def write(self, text: str, preedit: str) -> bool:
        """Show another text; returns whether the page must make room."""
        before = self.written.height
        self.written.write(text, preedit)
        if self.written.fit(self.written.width) != before:
            return True
        self.place(self.x, self.top)
        return False


class Written(Piece):
    """The text, what is composed, and the cursor; or the hint."""

    def __init__(self, pen: Pen, hint: str, format_text: Callable[[str], str] = str) -> None:
        super().__init__(pen)
        self._hint = hint
        self._format = format_text
        self._words: Words | None = None
        self._composed: Box | None = None
        self._start = (0.0, 0.0)
        self._hint_fits = True
        self.text = self.preedit = ""
        self.write("", "")

    def write(self, text: str, preedit: str) -> None:
        """Another text; the words read aloud are these."""
        self.text, self.preedit = text, preedit
        pen, px = self.pen, self.pen.theme.px
        self._words = self._composed = None
        if text:
            self._words = Words(pen, self._format(text), STRONG)
        elif not preedit:
            self._words = Words(pen, self._hint if self._hint_fits else "", BODY, SOFT)
        if preedit:
            words = Words(pen, preedit, STRONG, INK)
            self._composed = Box(pen, words, fill=TINT, line=None, padding=(px(1.5), 0), radius=px(2))
        self.clear_widgets()
        self.parts = [part for part in (self._words, self._composed) if part]
        for part in self.parts:
            self.add_widget(part)

    def fit(self, width: float) -> float:
        """What is composed stands after the text where there is room, else below it. Room for the cursor is kept."""
        room = width - self.pen.theme.px(3)
        if self._hint_fits and self.pen.theme.short and self.pen.width(self._hint, BODY) > room:
            self._hint_fits = False  # where each line counts, an example is not worth three
            self.write(self.text, self.preedit)
        height = self._words.fit(room) if self._words else 0.0
        if self._composed:
            height = self._fit_composed(self._composed, room, height)
        self.size = (width, height)
        return float(height)

    def _fit_composed(self, box: Box, room: float, height: float) -> float:
        line = self.pen.line_px(STRONG)
        own = box.natural() + 2
        end = self._end() if self.text else 0.0
        if self.text and end + own <= room:
            box.fit(own)
            self._start = (end, height - line)
            return height
        self._start = (0.0, height)
        return height + box.fit(min(room, own))

    def _end(self) -> float:
        """Where the text ends in its last line; spaces at the end are not drawn, but count."""
        if not self.text or self._words is None:
            return 0.0
        trailing = len(self.text) - len(self.text.rstrip(" "))
        end = self.pen.width(self._words.lines[-1], STRONG) + self.pen.theme.px(0.8)
        return end + trailing * self.pen.width("n n", STRONG) / 3

    def draw(self) -> None:
        """The cursor stands after the last character, and a line under what is composed."""
        px, line = self.pen.theme.px, self.pen.line_px(STRONG)
        end, foot = self._end(), self.y
        if self._composed:
            lines = self._composed.parts[0]
            last = lines.lines[-1] if isinstance(lines, Words) else ""
            end = self._start[0] + px(2.3) + self.pen.width(last, STRONG)
        with self.canvas.before:
            Color(*self.pen.theme.paint(ACCENT))
            Rectangle(pos=(self.x + end, foot + line * 0.16), size=(max(2, px(0.7)), line * 0.68))
        self._underline(px(0.5))

    def _underline(self, thick: float) -> None:
        self.canvas.after.clear()
        if self._composed:
            left, drop = self._start
            foot = self.top - drop - self._composed.height
            with self.canvas.after:
                Color(*self.pen.theme.paint(ACCENT))
                Rectangle(pos=(self.x + left, foot), size=(self._composed.width, max(1.0, thick)))

    def arrange(self) -> None:
        """The hint leaves room for the cursor before it."""
        if self._words:
            self._words.place(self.x + (0 if self.text else self.pen.theme.px(2)), self.top)
        if self._composed:
            self._composed.place(self.x + self._start[0], self.top - self._start[1])
