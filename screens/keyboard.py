"""The in-app keyboard: digits, letters, backspace, clear, space, hide. Keys 17 mm high with 3 mm gaps."""

from collections.abc import Callable

from kivy.graphics import Color, Rectangle

from kiosk.texts import msg
from screens.pen import SMALL, Pen, Style
from screens.pieces import Column, Icon, Piece, Row, Space, Words
from screens.theme import ACCENT, CARD, INK, KEYS, LINE, TINT, TINT_PRESSED
from screens.touch import Pressable

ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
KEY = Style("key")
KEY_MM = 17.0
GAP_MM = 3.0


class Keyboard(Piece):
    """Calls `press` with a letter, "backspace" or "clear", and `hide`."""

    def __init__(self, pen: Pen, press: Callable[[str], None], hide: Callable[[], None]) -> None:
        self._press = press
        self._hide = hide
        gap = pen.theme.px(GAP_MM)
        rows = [self._letters(pen, row, gap) for row in ROWS[:2]]
        rows.append(self._indented(pen, ROWS[2], gap))
        rows.append(self._last_letters(pen, gap))
        rows.append(self._bottom(pen, gap))
        super().__init__(pen, [Column(pen, rows, gap)])

    def _letters(self, pen: Pen, letters: str, gap: float) -> Row:
        return Row(pen, [self._key(pen, letter) for letter in letters], [1.0] * len(letters), gap)

    def _indented(self, pen: Pen, letters: str, gap: float) -> Row:
        keys: list[Piece] = [self._key(pen, letter) for letter in letters]
        return Row(pen, [Space(pen, 1), *keys, Space(pen, 1)], [0.4, *[1.0] * len(letters), 0.4], gap)

    def _last_letters(self, pen: Pen, gap: float) -> Row:
        keys: list[Piece] = [self._key(pen, letter) for letter in ROWS[3]]
        clear = self._word(pen, pen.say(msg("Clear")), "close", "clear", lambda: self._press("clear"))
        back = self._word(
            pen, pen.say(msg("Delete")), "backspace-outline", "backspace", lambda: self._press("backspace")
        )
        return Row(pen, [clear, *keys, back], [1.5, *[1.0] * len(keys), 1.5], gap)

    def _bottom(self, pen: Pen, gap: float) -> Row:
        space = self._word(pen, pen.say(msg("Space")), "keyboard-space", "space", lambda: self._press(" "))
        hide = self._word(pen, pen.say(msg("Hide")), "keyboard-close-outline", "hide", self._hide)
        return Row(pen, [space, hide], [2.6, 1], gap)

    def _key(self, pen: Pen, letter: str) -> Pressable:
        words = Words(pen, letter, KEY, INK, "center")
        return self._made(pen, words, letter, lambda: self._press(letter), plain=True)

    def _word(self, pen: Pen, label: str, icon: str, name: str, action: Callable[[], None]) -> Pressable:
        part: Piece = Icon(pen, icon, pen.theme.px(10), ACCENT, "center")
        if name == "clear" and not pen.theme.landscape:  # beside letters a cross alone reads as one
            part = Words(pen, label, SMALL, ACCENT, "center")
        if name in ("space", "hide"):
            part = Row(
                pen, [Space(pen, 1), part, Words(pen, label, SMALL), Space(pen, 1)], [1, 0, 0, 1], pen.theme.px(3)
            )
        made = self._made(pen, part, name, action, plain=False)
        made.spoken = label
        return made

    def _made(self, pen: Pen, part: Piece, name: str, action: Callable[[], None], *, plain: bool) -> Pressable:
        made = Pressable(
            pen,
            part,
            name=f"key-{name}",
            action=action,
            fill=CARD if plain else TINT,
            pressed=TINT_PRESSED,
            line=LINE,
            least=pen.theme.px(KEY_MM),
        )
        made.repeats = True
        return made

    def fit(self, width: float) -> float:
        """The page's margin left and right (half of it in landscape, where it stands beside the list)."""
        theme = self.pen.theme
        inner = self.parts[0].fit(width - 2 * self._side())
        self.size = (width, inner + 2 * theme.px(5))
        return float(self.height)

    def _side(self) -> float:
        return self.pen.theme.margin if not self.pen.theme.landscape else self.pen.theme.px(4)

    def draw(self) -> None:
        """A ground of its own."""
        with self.canvas.before:
            Color(*self.pen.theme.paint(KEYS))
            Rectangle(pos=self.pos, size=self.size)

    def arrange(self) -> None:
        """Inside the margins."""
        self.parts[0].place(self.x + self._side(), self.top - self.pen.theme.px(5))
