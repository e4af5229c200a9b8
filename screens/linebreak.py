"""Where a line of text may end: Chinese after any character, Latin only between words (UAX #14 cut down, kinsoku).

Kivy wraps Chinese but splits Latin words at the line end, so texts are set with explicit line ends found here. The
complete algorithm exists as `uniseg`; it takes 0.2 ms per character, too slow for a page (README, Decisions).
"""

from collections.abc import Callable, Iterator

CLOSERS = frozenset("，。、；：？！）》〉」』】〕”’…—·・％℃,.;:?!)]}%'\"،؛؟\u2069")
"""What never begins a line."""
OPENERS = frozenset("（《〈「『【〔“‘([{¥￥$#")
"""What never ends a line."""

PAUSES = frozenset("，。；：？！.;:?!,")
"""Where a title had better be divided."""

NEAR_END = 0.94
"""From this share of the line on the whole line is measured: kerning makes it differ from the sum of its units."""

Measure = Callable[[str], float]


def is_wide(char: str) -> bool:
    """Whether the character stands for itself, so that a line may end before or after it: Han, kana, full width."""
    point = ord(char)
    return 0x2E80 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF or 0xFF00 <= point <= 0xFF60 or point >= 0x20000


def units(text: str) -> list[str]:
    """The pieces of one paragraph that must not be divided, each with the spaces after it."""
    found: list[str] = []
    for char in text:
        if found and _stays(found[-1], char):
            found[-1] += char
        else:
            found.append(char)
    return found


def _stays(before: str, char: str) -> bool:
    last = before[-1]
    if char == " ":
        return True
    if last == " ":
        return _counted(before.rstrip(" "), char)
    if char in CLOSERS or last in OPENERS:
        return True
    if is_wide(char) or is_wide(last):
        return False
    return not (last in CLOSERS and char in OPENERS)


def _counted(before: str, char: str) -> bool:
    """A number stays with the Chinese measure word after it: 5 个."""
    return bool(before) and before[-1].isdigit() and len(before) <= 4 and is_wide(char)


def break_lines(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of a text not wider than `width`; only a unit wider than a whole line is divided inside."""
    return [line for paragraph in text.split("\n") for line in _break_paragraph(paragraph, width, measure)]


def _break_paragraph(paragraph: str, width: float, measure: Measure) -> Iterator[str]:
    line, used = "", 0.0
    for unit in _narrow_units(paragraph, width, measure):
        ends = used + measure(unit.rstrip(" "))
        if ends > width * NEAR_END:
            ends = measure(line + unit.rstrip(" "))
        if line and ends > width:
            yield line.rstrip(" ")
            line, used = "", 0.0
        line += unit
        used += measure(unit)
    yield line.rstrip(" ")


def _narrow_units(paragraph: str, width: float, measure: Measure) -> Iterator[str]:
    for unit in units(paragraph):
        if measure(unit.rstrip(" ")) <= width:
            yield unit
        else:
            yield from unit


def balanced(text: str, width: float, measure: Measure) -> list[str]:
    """The same number of lines with the most even ends: for titles, so that no single character hangs alone."""
    lines = break_lines(text, width, measure)
    if len(lines) == 1 + text.count("\n"):
        return lines
    clauses = _by_clauses(text, width, measure) if len(lines) == 2 else None
    if clauses:
        return clauses
    widest = max(measure(unit.rstrip(" ")) for unit in units(text.replace("\n", " ")))
    low, high = min(width, max(width * 0.4, widest)), width
    while high - low > width * 0.02:
        middle = (low + high) / 2
        fits = len(break_lines(text, middle, measure)) == len(lines)
        low, high = (low, middle) if fits else (middle, high)
    return break_lines(text, high, measure)


def _by_clauses(text: str, width: float, measure: Measure) -> list[str] | None:
    """Two lines that end where the sentence pauses, if both are of a fair length."""
    for at in range(len(text) - 1, 0, -1):
        first, second = text[:at].rstrip(" "), text[at:].lstrip(" ")
        if first and first[-1] in PAUSES and second and second[0] not in CLOSERS:
            wide = sorted((measure(first), measure(second)))
            if wide[1] <= width and wide[0] > wide[1] * 0.45 and (text[at] == " " or is_wide(first[-1])):
                return [first, second]
    return None
