"""The keys of each mode, all five rows high, so that another mode moves nothing on the page."""

from collections.abc import Callable, Sequence

from kiosk.texts import Text, msg
from screens.keyboard.keys import Keys
from screens.keyboard.modes import Mode
from screens.keyboard.signs import SIGNS
from screens.keyboard.writer import Writer
from screens.pen import SMALL, TITLE, Pen
from screens.pieces import Column, Icon, Piece, Row, Space, Words
from screens.theme import INK, SOFT
from screens.touch import Pressable

LETTERS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
DIGITS = "1234567890"
STROKES: tuple[tuple[str, str, Text], ...] = (
    ("h", "一", msg("Across")),
    ("s", "丨", msg("Down")),
    ("p", "丿", msg("Slant")),
    ("n", "丶", msg("Dot")),
    ("z", "乛", msg("Turn")),
)
"""The five kinds of strokes (GB 13000.1 stroke order), as the port's keys name them."""
CHINESE_SYMBOLS = ("，。、？！：；“”·", "（）《》【】—…～￥", "@#%&*+-=/_", ".,?!:;'\"()")
CODE_LETTERS = ("QWERTYUP", "ADFGHJKL", "XCBNM")
LATIN_SYMBOLS = (".,?!:;'\"()", "@#%&*+-=/_", "[]{}<>|~^$", "€£￥°§·–…«»")


def letters(keys: Keys, top: Piece, *, chinese: bool, upper: bool) -> Column:
    """Candidates or digits above the letters; an apostrophe for Chinese syllables, a shift key for Latin ones."""
    first = keys.letter("'") if chinese else keys.named("shift", lit=upper)
    made = [[keys.letter(one, one.upper() if upper else one) for one in row] for row in LETTERS]
    gap = Space(keys.pen, 1), Space(keys.pen, 1)
    return keys.column(
        [
            top,
            keys.row(made[0]),
            keys.row([gap[0], *made[1], gap[1]], [0.4, *[1.0] * 9, 0.4]),
            keys.row([first, *made[2], keys.named("backspace")], [1.45, *[1.0] * 7, 1.45]),
            last_row(keys),
        ]
    )


def digit_row(keys: Keys) -> Row:
    """The digits in one row, above Latin letters."""
    return keys.row([keys.letter(one) for one in DIGITS])


def last_row(keys: Keys, *more: Piece) -> Row:
    """Clear, space, hide."""
    return keys.row(
        [keys.named("clear"), *more, keys.named(" "), keys.named("hide")], [1.2, *[1.2] * len(more), 3, 1.6]
    )


def strokes(keys: Keys, bar: Piece) -> Column:
    """Five large keys."""
    row = keys.row([_stroke(keys, *one) for one in STROKES])
    return keys.column([bar, row, last_row(keys, keys.named("backspace"))])


def _stroke(keys: Keys, key: str, sign: str, name: Text) -> Pressable:
    pen = keys.pen
    parts: list[Piece] = [Words(pen, sign, TITLE, INK, "center")]
    said = pen.say(name)
    if pen.width(said, SMALL) <= pen.theme.px(26) and not pen.theme.short:
        parts.append(Words(pen, said, SMALL, SOFT, "center"))
    made = keys.typing(key, Column(pen, parts))
    made.least = keys.high(3)
    made.spoken = name
    return made


def digits(keys: Keys, *, with_space: bool) -> Column:
    """As on a telephone."""
    last = [keys.named("clear"), keys.letter("0"), keys.named("backspace")]
    ends: list[Piece] = [keys.named(" "), keys.named("hide")] if with_space else [keys.named("hide")]
    return keys.column([*_telephone(keys), keys.row(last), keys.row(ends)])


def id_number(keys: Keys) -> Column:
    """Digits and the X that may stand in the last place."""
    return digits_and(keys, keys.letter("x", "X"))


def digits_and(keys: Keys, sign: Piece) -> Column:
    """Digits and one sign before the 0."""
    last = [sign, keys.letter("0"), keys.named("backspace")]
    return keys.column([*_telephone(keys), keys.row(last), keys.row([keys.named("clear"), keys.named("hide")])])


def credit_code(keys: Keys) -> Column:
    """Digits, and the letters that a credit code can have: no I, O, S, V, Z, which look like digits or each other."""
    rows = [[keys.letter(one.lower(), one) for one in row] for row in CODE_LETTERS]
    last = [keys.named("clear"), keys.named("hide"), keys.named("backspace")]
    return keys.column([digit_row(keys), *(keys.row(row) for row in rows), keys.row(last)])


def _telephone(keys: Keys) -> list[Row]:
    return [keys.row([keys.letter(one) for one in row]) for row in ("123", "456", "789")]


def code(keys: Keys, bar: Piece) -> Column:
    """Hexadecimal digits: characters by their Unicode number."""
    rows = [keys.row([keys.letter(one.lower(), one) for one in row]) for row in ("123ABC", "456DEF", "7890")]
    last = keys.row([keys.named("clear"), keys.named("backspace"), keys.named("hide")])
    return keys.column([bar, *rows, last])


def symbols(keys: Keys, *, chinese: bool) -> Column:
    """Signs; those of Chinese writing first where that is read."""
    rows = CHINESE_SYMBOLS if chinese else LATIN_SYMBOLS
    made = [keys.row([keys.letter(sign) for sign in row]) for row in rows]
    return keys.column([*made, last_row(keys, keys.named("backspace"))])


class NotHere(Piece):
    """In place of the keys of a mode that does not work: why, and what to do instead."""

    def __init__(self, pen: Pen, keys: Keys, why: Text) -> None:
        px = pen.theme.px
        icon = Icon(pen, "alert-circle-outline", pen.theme.sign(10), INK)
        way_out = msg("Please choose another way to write, above.")
        words = Column(pen, [Words(pen, pen.say(why), SMALL, INK), Words(pen, pen.say(way_out), SMALL, SOFT)], px(2))
        self._least = keys.high(5)
        super().__init__(pen, [Row(pen, [icon, words], [0, 1], px(4))])

    def fit(self, width: float) -> float:
        """As high as the keys would be."""
        self.size = (width, max(self._least, self.parts[0].fit(width)))
        return float(self.height)

    def arrange(self) -> None:
        """In the middle of the height."""
        part = self.parts[0]
        part.place(self.x, self.top - (self.height - part.height) / 2)


def board(
    keys: Keys, writer: Writer, bar: Callable[[], Piece], hand: Callable[[], Piece], kinds: Sequence[bool]
) -> Piece:
    """The board of the writer's mode; `kinds`: whether Chinese is read, whether a space may be typed."""
    mode, (chinese, with_space) = writer.mode, kinds
    makers: dict[Mode, Callable[[], Piece]] = {
        Mode.PINYIN: lambda: letters(keys, bar(), chinese=True, upper=False),
        Mode.JYUTPING: lambda: letters(keys, bar(), chinese=True, upper=False),
        Mode.STROKES: lambda: strokes(keys, bar()),
        Mode.HANDWRITING: hand,
        Mode.LATIN: lambda: letters(keys, digit_row(keys), chinese=False, upper=writer.upper),
        Mode.DIGITS: lambda: digits(keys, with_space=with_space),
        Mode.SYMBOLS: lambda: symbols(keys, chinese=chinese),
        Mode.ID_NUMBER: lambda: id_number(keys),
        Mode.CREDIT_CODE: lambda: credit_code(keys),
        Mode.PHONE: lambda: digits_and(keys, keys.letter("+")),
        Mode.MONEY: lambda: digits_and(keys, keys.letter(".", keys.pen.say(SIGNS["."]))),
        Mode.CODE: lambda: code(keys, bar()),
    }
    why = writer.why_not(mode)
    return NotHere(keys.pen, keys, why) if why else makers[mode]()
