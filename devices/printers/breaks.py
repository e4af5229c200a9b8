"""Where lines of mixed Chinese and Latin text may end (kinsoku; CLREQ 3.1.3 "prohibition rules"): pure.

No line begins with closing punctuation or ends with opening punctuation; words and numbers stay whole unless they are longer
than a line.
"""

import re
from collections.abc import Callable, Iterator

NOT_FIRST = "，。、；：？！）》〉」』】〕”’％‰℃°·…—～,.;:?!)]}>%／/،؛؟"
NOT_LAST = "（《〈「『【〔“‘([{<￥¥$№#＃"
_WORD = r"0-9A-Za-z\u00a0À-ɏ\u0590-\u08ff\u2066-\u2069"
"""Latin and Arabic letters, digits, and what steers the direction of values."""
_UNIT = re.compile(
    rf"[{re.escape(NOT_LAST)}]*"
    rf"(?:×[ \u00a0]?[0-9]+|[{_WORD}'’.,:;@&%+\-–_=~#?!)(]+(?:/(?=[0-9A-Za-z])[0-9A-Za-z.\-–_=~#?&%]+)*|[^\s])"
    rf"[{re.escape(NOT_FIRST)}]*|[^\S\u00a0]+"
)

Measure = Callable[[str], float]


def units(text: str) -> Iterator[str]:
    """The pieces of a text that are never broken: a hanzi with its punctuation, a Latin word, white space."""
    return (match.group() for match in _UNIT.finditer(text))


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """The text in lines no wider than `width` as `measure` has it; line feeds in the text are kept as line ends."""
    return [line for paragraph in text.splitlines() or [""] for line in _wrap_one(paragraph, width, measure)]


def balanced(text: str, width: float, measure: Measure) -> list[str]:
    """Like `wrap`, with lines as equal as can be: for centred titles and captions."""
    lines = wrap(text, width, measure)
    low, high = width / 2, width
    while len(lines) > 1 and high - low > width / 50:
        middle = (low + high) / 2
        if len(wrap(text, middle, measure)) == len(lines):
            high = middle
        else:
            low = middle
    return wrap(text, high, measure)


def _wrap_one(text: str, width: float, measure: Measure) -> list[str]:
    lines: list[list[str]] = [[]]
    used = 0.0
    for unit in units(text):
        if lines[-1] and used + measure(unit.rstrip()) > width:
            lines.append([])
            used = 0.0
        for piece in _pieces(unit, width, measure) if lines[-1] or unit.strip() else []:
            if used and used + measure(piece.rstrip()) > width:
                lines.append([])
                used = 0.0
            lines[-1].append(piece)
            used += measure(piece)
    return ["".join(line).strip() for line in _without_runt(lines)]


def _without_runt(lines: list[list[str]]) -> list[list[str]]:
    """A last line of one hanzi takes the one before it along."""
    if len(lines) > 1 and not lines[-1]:
        lines = lines[:-1]
    if (
        len(lines) > 1
        and len(lines[-1]) == 1
        and len(lines[-1][0]) <= 3 < len(lines[-2])
        and not lines[-1][0].isascii()
    ):
        lines[-1].insert(0, lines[-2].pop())
    return lines


def _pieces(unit: str, width: float, measure: Measure) -> list[str]:
    """A unit, cut by characters only when it is longer than a line (a web address)."""
    if measure(unit) <= width or len(unit) < 2:
        return [unit]
    pieces, piece = [], ""
    for char in unit:
        if piece and measure(piece + char) > width:
            pieces.append(piece)
            piece = ""
        piece += char
    return [*pieces, piece]
