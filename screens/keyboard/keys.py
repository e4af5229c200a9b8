"""Single keys: letters, signs with their word where there is room, wide keys with a name below the sign."""

from collections.abc import Callable, Sequence

from kiosk.texts import Text, msg
from screens.keyboard.signs import SIGNS
from screens.pager import Centre
from screens.palette import Colour
from screens.pen import SMALL, Pen, Style
from screens.pieces import Column, Icon, Piece, Row, Words
from screens.theme import ACCENT, CARD, INK, LINE, ON_TEAL, TEAL, TEAL_PRESSED, TINT, TINT_PRESSED
from screens.touch import Pressable

KEY = Style("key")
KEY_MM, SHORT_KEY_MM = 17.0, 12.9
"""The least height of a key, and on a screen with few lines."""
GAP_MM, SHORT_GAP_MM = 3.0, 2.7
NAMED: dict[str, tuple[str, Text]] = {
    "backspace": ("backspace-outline", msg("Delete")),
    "clear": ("close", msg("Clear")),
    " ": ("keyboard-space", msg("Space")),
    "shift": ("apple-keyboard-shift", msg("Capital letter")),
    "hide": ("keyboard-close-outline", msg("Hide")),
}
"""Keys that are not what their name says: icon and word."""


class Keys:
    """Makes the keys of one board; `press` is told what a key stands for."""

    def __init__(self, pen: Pen, press: Callable[[str], None]) -> None:
        theme = pen.theme
        self.pen = pen
        self._press = press
        self.gap = theme.px(SHORT_GAP_MM if theme.shallow else GAP_MM)
        self.unit = max(theme.px(SHORT_KEY_MM if theme.shallow else KEY_MM), pen.line_px(KEY))
        """The height of one row of keys."""

    def high(self, rows: int) -> float:
        """The height of so many rows with the gaps between them."""
        return self.unit * rows + self.gap * (rows - 1)

    def letter(self, letter: str, label: str = "") -> Pressable:
        """A key that types what is written on it."""
        made = self.typing(letter, Words(self.pen, label or letter, KEY, INK, "center"))
        made.spoken = SIGNS.get(letter, "")
        return made

    def typing(self, key: str, part: Piece) -> Pressable:
        """A key with this part on it."""
        return self.made(part, f"key-{key}", lambda: self._press(key), CARD)

    def named(self, key: str, *, lit: bool = False) -> Pressable:
        """One of NAMED."""
        icon, word = NAMED[key]
        return self.sign(icon, word, f"key-{key if key != ' ' else 'space'}", lambda: self._press(key), lit=lit)

    def sign(self, icon: str, word: Text, name: str, action: Callable[[], None], *, lit: bool = False) -> Pressable:
        """An icon, with its word where there is room; it is always read aloud by its word."""
        part = Sign(self.pen, icon, self.pen.say(word), ON_TEAL if lit else ACCENT)
        made = self.made(part, name, action, TEAL if lit else TINT)
        made.spoken = word
        return made

    def made(self, part: Piece, name: str, action: Callable[[], None], fill: Colour, pad: float = 0) -> Pressable:
        """A key around a part."""
        made = Pressable(
            self.pen,
            part,
            name=name,
            action=action,
            fill=fill,
            pressed=TEAL_PRESSED if fill is TEAL else TINT_PRESSED,
            line=LINE,
            padding=(pad, 0),
            least=self.unit,
        )
        made.repeats = True
        return made

    def row(self, keys: Sequence[Piece], weights: Sequence[float] = ()) -> Row:
        """Keys beside each other from the left in every language, all equally wide unless weighed."""
        return Row(self.pen, keys, weights or [1.0] * len(keys), self.gap, "fill", fixed=True)

    def column(self, rows: Sequence[Piece]) -> Column:
        """Rows below each other."""
        return Column(self.pen, rows, self.gap)


class Sign(Piece):
    """An icon, beside it its word where both fit; decided by the width."""

    def __init__(self, pen: Pen, icon: str, word: str, colour: Colour) -> None:
        super().__init__(pen)
        self._icon = icon
        self._word = word
        self._colour = colour

    def fit(self, width: float) -> float:
        """One line."""
        px = self.pen.theme.px
        icon = Icon(self.pen, self._icon, px(10), self._colour, "center")
        part: Piece = Row(self.pen, [icon, Words(self.pen, self._word, SMALL, INK_ON[self._colour])], [0, 0], px(2.5))
        part = Centre(self.pen, part) if self._word and part.natural() <= width - px(4) else icon
        if part is icon and icon.parent:
            icon.parent.remove_widget(icon)
        self.clear_widgets()
        self.parts = [part]
        self.add_widget(part)
        self.size = (width, part.fit(width))
        return float(self.height)


INK_ON: dict[Colour, Colour] = {ACCENT: INK, ON_TEAL: ON_TEAL}
"""The ink of the word beside an icon of this colour."""
