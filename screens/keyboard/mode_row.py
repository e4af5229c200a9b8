"""The row of mode keys: the way of writing in use is filled, one that does not work here is grey and says why."""

from collections.abc import Callable

from kiosk.texts import Text, msg
from screens.keyboard.keys import Keys
from screens.keyboard.modes import NAMES, SPOKEN, Mode
from screens.keyboard.writer import Writer
from screens.pager import Centre
from screens.palette import Colour
from screens.pen import SMALL, Pen, Style
from screens.pieces import Icon, Piece, Row, Words
from screens.theme import CARD, INK, ON_TEAL, QUIET, QUIET_INK, TEAL
from screens.touch import Pressable

PAD_MM = 2.0
BACK_MM = 14.0
SIGN_GAP_MM = 1.0


class ModeRow(Piece):
    """As many modes as fit; the others behind a key at the end, which goes round."""

    def __init__(self, pen: Pen, keys: Keys, writer: Writer, choose: Callable[[Mode], None]) -> None:
        super().__init__(pen)
        self._keys = keys
        self._writer = writer
        self._choose = choose
        self._at: int | None = None
        self._rows: list[list[Mode]] = []

    def fit(self, width: float) -> float:
        """One row of keys."""
        self._rows = self._divided(width)
        if self._at is None:
            self._at = next((n for n, row in enumerate(self._rows) if self._writer.mode in row), 0)
        self._at %= len(self._rows)
        self._fill(width)
        self.size = (width, self._keys.unit)
        return float(self.height)

    def _divided(self, width: float) -> list[list[Mode]]:
        """The groups in rows that fit, with room for the key that turns."""
        rows: list[list[Mode]] = []
        room = width - self._wide(self._turn_word(0)) - self._keys.gap - self._lead()
        for group in self._writer.groups:
            left = 0.0
            for mode in group:
                need = self._wide_of(mode) + self._keys.gap
                if mode is group[0] or need > left:
                    rows.append([])
                    left = room
                rows[-1].append(mode)
                left -= need
        return rows

    def _lead(self) -> float:
        """The room for the way back from rare characters."""
        return self.pen.theme.px(BACK_MM) + self._keys.gap if self._writer.parts is not None else 0.0

    def _wide(self, label: Text) -> float:
        px = self.pen.theme.px
        return max(px(13), self.pen.width(self.pen.say(label), Style("small", bold=True)) + 2 * px(PAD_MM))

    def _wide_of(self, mode: Mode) -> float:
        """A mode that does not work also has its sign."""
        sign = self._sign_side() + self.pen.theme.px(SIGN_GAP_MM) if self._writer.why_not(mode) else 0.0
        return self._wide(NAMES[mode]) + sign

    def _sign_side(self) -> float:
        return self.pen.size_px(SMALL) * 0.9

    def _fill(self, width: float) -> None:
        modes = self._rows[self._at or 0]
        parts: list[Piece] = [self._key(mode) for mode in modes]
        weights = [self._wide_of(mode) for mode in modes]
        if self._writer.parts is not None:
            parts.insert(0, self._keys.sign("arrow-left", msg("Back to writing"), "mode-back", self._back))
            weights.insert(0, self.pen.theme.px(BACK_MM))
        if len(self._rows) > 1:
            parts.append(self._turn())
            weights.append(self._wide(self._turn_word(self._at or 0)))
        row = self._keys.row(parts, weights)
        self.clear_widgets()
        self.parts = [row]
        self.add_widget(row)
        row.fit(width)

    def _key(self, mode: Mode) -> Pressable:
        """The mode in use is filled; one that does not work can be pressed to be told why."""
        works, used = not self._writer.why_not(mode), mode is self._writer.mode
        ink, fill = (ON_TEAL, TEAL) if used else ((INK, CARD) if works else (QUIET_INK, QUIET))
        made = self._made(NAMES[mode], f"mode-{mode}", lambda: self._choose(mode), (ink, fill), bold=used, works=works)
        made.spoken = self._said(mode, works=works, used=used)
        return made

    def _said(self, mode: Mode, *, works: bool, used: bool) -> Text:
        name = SPOKEN.get(mode, NAMES[mode])
        if used:
            return msg("{way}, in use", way=name)
        return name if works else msg("{way}, not available", way=name)

    def _made(
        self,
        label: Text,
        name: str,
        action: Callable[[], None],
        look: tuple[Colour, Colour],
        *,
        bold: bool = False,
        works: bool = True,
    ) -> Pressable:
        style = Style("small", bold=True) if bold else SMALL
        part: Piece = Words(self.pen, self.pen.say(label), style, look[0], "center")
        if not works:
            sign = Icon(self.pen, "cancel", self._sign_side(), look[0])
            part = Centre(self.pen, Row(self.pen, [sign, part], [0, 0], self.pen.theme.px(SIGN_GAP_MM)))
        return self._keys.made(part, name, action, look[1])

    def _turn_word(self, at: int) -> Text:
        """Where letters come first, the Chinese ways stand behind the word for them."""
        latin_first = self._writer.groups[0][0] is Mode.LATIN and at == 0
        return "中文" if latin_first else msg("More")

    def _turn(self) -> Pressable:
        made = self._made(self._turn_word(self._at or 0), "mode-more", self._turn_on, (INK, CARD))
        made.spoken = msg("More ways to write")
        return made

    def _turn_on(self) -> None:
        """The next row; from letters straight to the first Chinese way that works."""
        to_chinese = self._turn_word(self._at or 0) == "中文"
        self._at = ((self._at or 0) + 1) % len(self._rows)
        if to_chinese:
            works = [mode for mode in self._rows[self._at] if mode is not Mode.LATIN and not self._writer.why_not(mode)]
            self._choose(works[0] if works else Mode.PINYIN)
        else:
            self.refresh()

    def _back(self) -> None:
        self._writer.drop()
        self._choose(self._writer.mode)

    def refresh(self) -> None:
        """Another row, or another mode in use, in place."""
        self.fit(self.width)
        self.place(self.x, self.top)
