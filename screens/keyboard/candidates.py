"""The characters to choose from: a bar above the keys, or a grid beside the writing pad. Changed in place."""

from collections.abc import Callable

from kiosk.texts import Text, msg
from screens.keyboard.keys import KEY, Keys
from screens.keyboard.modes import Mode
from screens.keyboard.writer import Writer
from screens.pen import SMALL, Pen, Style
from screens.pieces import Box, Icon, Piece, Row, Space, Words
from screens.theme import CARD, INK, ON_TEAL, SOFT, TEAL, TROUBLE, TROUBLE_INK
from screens.touch import Pressable

PAD_MM = 3.5
LEAST_MM = 13.0
LARGE = Style("tile")
ROWS, COLUMNS = 3, 5
"""Of the grid: three rows leave eight characters room at the largest size."""
LINES = 4
"""A hint in the grid may have so many."""
HINTS: dict[Mode, Text] = {
    Mode.PINYIN: msg("Type pinyin, in full or the first letters"),
    Mode.JYUTPING: msg("Type jyutping without the tones"),
    Mode.STROKES: msg("Type the strokes in the order of writing"),
    Mode.CODE: msg("Type the code of the character: 20BB7"),
}
"""Said where the candidates will be."""
PARTS_HINT = msg("Write the parts one after the other: 木木木")
FAILED = msg("Chinese does not work now. Your letters stay. Try handwriting.")
PAD_FAILED = msg("Handwriting does not work now. Try pinyin or letters.")
NOTHING = msg("No character found")


def trouble_note(pen: Pen, mode: Mode) -> Box:
    """An engine has failed: what still works."""
    said = PAD_FAILED if mode is Mode.HANDWRITING else FAILED
    icon = Icon(pen, "alert-circle-outline", pen.size_px(SMALL) * 1.3, TROUBLE_INK)
    row = Row(pen, [icon, Words(pen, pen.say(said), SMALL, TROUBLE_INK)], [0, 1], pen.theme.px(3))
    padding = (pen.theme.px(3.5), pen.theme.px(1.6))
    return Box(pen, row, fill=TROUBLE, line=None, padding=padding, radius=pen.theme.px(3))


class Candidates(Piece):
    """The base: draws the writer's candidates as large buttons, and what there is to say while there are none."""

    def __init__(self, pen: Pen, keys: Keys, writer: Writer, after: Callable[[], None]) -> None:
        super().__init__(pen)
        self.keys = keys
        self.writer = writer
        self._after = after

    def button(self, index: int, text: str, *, first: bool = False, style: Style = KEY) -> Pressable:
        """One candidate; the one the space key takes is filled."""
        words = Words(self.pen, text, style, ON_TEAL if first else INK, "center")
        pad = self.pen.theme.px(PAD_MM)
        return self.keys.made(words, f"candidate-{index}", lambda: self._choose(index), TEAL if first else CARD, pad)

    def _choose(self, index: int) -> None:
        if index < len(self.writer.candidates):  # a second tap on what has just gone
            self.writer.choose(index)
            self._after()

    def wide(self, text: str) -> float:
        """The width a candidate asks for."""
        px = self.pen.theme.px
        return max(px(LEAST_MM), self.pen.width(text, KEY) + 2 * px(PAD_MM) + 2)

    def hold(self, part: Piece | None) -> None:
        """Show this part instead of what was there."""
        self.clear_widgets()
        self.parts = [part] if part else []
        for one in self.parts:
            self.add_widget(one)

    def said(self, width: float, hint: Text) -> Piece | None:
        """Trouble in as many lines as it takes; a hint only where it fits in one."""
        if self.writer.trouble:  # where there is no room for a sentence at the keys it is said below the field
            return None if self.pen.theme.tight else trouble_note(self.pen, self.writer.mode)
        text = self.pen.say(NOTHING if self.writer.composing else hint)
        return Words(self.pen, text, SMALL, SOFT) if self.pen.width(text, SMALL) <= width else None

    def refresh(self) -> bool:
        """Show the writer's candidates now; returns whether the height has changed."""
        before = self.height
        if self.fit(self.width) != before:
            return True
        self.place(self.x, self.top)
        return False


class Bar(Candidates):
    """One row; what does not fit is reached by the page keys at its end."""

    def __init__(self, pen: Pen, keys: Keys, writer: Writer, after: Callable[[], None]) -> None:
        super().__init__(pen, keys, writer, after)
        self._shown: tuple[str, ...] = ()
        self._starts = [0]
        """Where in the engine's page each of our pages begins; the last one is on show."""

    def fit(self, width: float) -> float:
        """One row of keys high, higher where something must be said in more lines."""
        candidates = self.writer.candidates
        if candidates != self._shown:
            self._shown, self._starts = candidates, [0]
        hint = PARTS_HINT if self.writer.parts is not None and self.writer.mode is not Mode.CODE else None
        part = self._row(width) if candidates else self.said(width, hint or HINTS.get(self.writer.mode, ""))
        self.hold(part)
        self.size = (width, max(self.keys.unit, part.fit(width) if part else 0.0))
        return float(self.height)

    def arrange(self) -> None:
        """In the middle of the height."""
        for part in self.parts:
            part.place(self.x, self.top - (self.height - part.height) / 2)

    def _row(self, width: float) -> Row:
        """Candidates at their own widths, then the page keys, which keep their place."""
        arrow = max(self.pen.theme.px(LEAST_MM), self.keys.unit)
        room = width - 2 * (arrow + self.keys.gap)
        end = self._end(room)
        start = self._starts[-1]
        texts = self._shown[start:end]
        parts: list[Piece] = [self.button(start + n, text, first=start + n == 0) for n, text in enumerate(texts)]
        used = sum(min(room, self.wide(text)) + self.keys.gap for text in texts)
        page, more = self.writer.page
        back, on = len(self._starts) > 1 or page > 0, end < len(self._shown) or more
        parts += [Space(self.pen, 0), self._arrow(-1, end) if back else Space(self.pen, 0)]
        parts.append(self._arrow(1, end) if on else Space(self.pen, 0))
        row = Fixed(self.pen, parts, self.keys.gap)
        row.widths = [*(min(room, self.wide(text)) for text in texts), max(0.0, room - used), arrow, arrow]
        return row

    def _end(self, room: float) -> int:
        """How far the candidates go that fit; at least one."""
        end = self._starts[-1]
        while end < len(self._shown):
            room -= self.wide(self._shown[end]) + self.keys.gap
            if room < -self.keys.gap and end > self._starts[-1]:
                break
            end += 1
        return end

    def _arrow(self, pages: int, end: int) -> Pressable:
        icon, word = ("chevron-left", msg("Page back")) if pages < 0 else ("chevron-right", msg("More characters"))
        made = self.keys.sign(
            icon, "", "candidates-back" if pages < 0 else "candidates-on", lambda: self._go(pages, end)
        )
        made.spoken = word
        return made

    def _go(self, pages: int, end: int) -> None:
        """Our own page first, then the engine's."""
        if pages > 0 and end < len(self._shown):
            self._starts.append(end)
        elif pages < 0 and len(self._starts) > 1:
            self._starts.pop()
        else:
            self.writer.turn(pages)
        self._after()


class Fixed(Row):
    """A row whose parts have widths of their own."""

    widths: list[float]

    def __init__(self, pen: Pen, parts: list[Piece], gap: float) -> None:
        super().__init__(pen, parts, [0.0] * len(parts), gap, "fill", fixed=True)
        self.widths = []

    def fit(self, width: float) -> float:
        """Each its own width."""
        for part, own in zip(self.parts, self.widths, strict=True):
            part.fit(own)
        self.size = (width, max(part.height for part in self.parts))
        self._even_out()
        return float(self.height)


class CandidateGrid(Candidates):
    """Rows of equal buttons within a height: what the strokes may be, best first."""

    def __init__(self, pen: Pen, keys: Keys, writer: Writer, after: Callable[[], None], height: float) -> None:
        super().__init__(pen, keys, writer, after)
        self._room = self._high = height

    def fit(self, width: float) -> float:
        """Always the whole height."""
        hint = PARTS_HINT if self.writer.parts is not None else msg("Write one character; choose it here")
        part = self._grid(width) if self.writer.candidates else self.said(width * LINES, hint)
        self.hold(part)
        if part:
            part.fit(width)
        self.size = (width, max(self._room, part.height if part else 0.0))
        return float(self.height)

    def _grid(self, width: float) -> Piece:
        pen, gap = self.pen, self.keys.gap
        columns = max(
            1, min(COLUMNS, int((width + gap) / (max(pen.theme.px(LEAST_MM), pen.size_px(LARGE) * 1.2) + gap)))
        )
        self._high = (self._room - gap * (ROWS - 1)) // ROWS
        shown = self.writer.candidates[: columns * ROWS]
        buttons: list[Piece] = [self._cell(n, text) for n, text in enumerate(shown)]
        buttons += [Space(pen, 0) for _ in range(-len(buttons) % columns)]
        lines = [self.keys.row(buttons[at : at + columns]) for at in range(0, len(buttons), columns)]
        return self.keys.column(lines)

    def _cell(self, index: int, text: str) -> Pressable:
        """A character as large as the button allows."""
        made = self.button(index, text, first=index == 0, style=LARGE)
        made.padding, made.least = (0, 0), self._high
        return made
