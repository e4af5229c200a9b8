"""Texts that run from right to left: letters in their joined forms, lines in the order in which they are drawn.

Kivy's text provider, Pillow's basic layout and fpdf2 all draw characters from left to right and join nothing. So lines
are broken in the order of reading first; then each is put into the order of drawing here (Unicode UAX #9, by
python-bidi; joined forms by arabic-reshaper). Both are imported when the first such text comes: a station without such
a language never pays for them.
"""

import re
import unicodedata
from functools import cache
from typing import Any

FIRST_STRONG = "\u2068"
"""Begins a value inside a sentence that runs the other way (UAX #9, FSI): a phone number, a Chinese name."""
POP = "\u2069"
_CONTROLS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_ISOLATED = re.compile(f"{FIRST_STRONG}([^{FIRST_STRONG}{POP}]*){POP}")
"""The innermost: what stands around it is Arabic and keeps the page's direction anyway."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def isolated(value: str) -> str:
    """A value that keeps its own direction inside a sentence."""
    return f"{FIRST_STRONG}{value}{POP}" if value else value


def bare(text: str) -> str:
    """The text without the characters that steer the direction: what is drawn of it, read out or compared."""
    return _CONTROLS.sub("", text)


def shaped(text: str) -> str:
    """The text in its joined forms, still in the order of reading: what is measured."""
    return _joined(bare(text)) if _RIGHT_TO_LEFT.search(text) else bare(text)


def visual(lines: list[str], rtl: bool) -> list[str]:
    """The lines of a text in the order of drawing, in joined forms; `rtl`: the page reads from right to left.

    Numbers and Latin words keep their own direction, brackets are mirrored. A line without a letter that runs from right
    to left stays as it is, so that no phone number is turned around.
    """
    return [_drawn(line, rtl) if _RIGHT_TO_LEFT.search(line) else bare(line) for line in _closed(lines)]


def _drawn(line: str, rtl: bool) -> str:
    from bidi.algorithm import get_display  # noqa: PLC0415  see above; the library's newer half mirrors no brackets

    return bare(str(get_display(_embedded(_joined(line)), base_dir="R" if rtl else "L")))


def _embedded(line: str) -> str:
    """Isolated values as embedded ones (LRE or RLE to PDF): what the library's algorithm knows."""
    embedded = _ISOLATED.sub(lambda found: f"{_embedding(found[1])}{found[1]}\u202c", line)
    return re.sub("[\u2066-\u2069]", "", embedded)


def _embedding(value: str) -> str:
    """RLE where the first letter runs from right to left, else LRE (UAX #9, P2 and P3)."""
    letters = (unicodedata.bidirectional(char) for char in value)
    strong = next((kind for kind in letters if kind in ("L", "R", "AL")), "L")
    return "\u202a" if strong == "L" else "\u202b"


def _joined(text: str) -> str:
    return str(_reshaper().reshape(text))


@cache
def _reshaper() -> Any:
    from arabic_reshaper import ArabicReshaper  # noqa: PLC0415  see above

    return ArabicReshaper({"delete_harakat": True, "support_ligatures": True})


def _closed(lines: list[str]) -> list[str]:
    """Isolated values that a line end divides are closed before it and opened again after it."""
    closed, opened = [], 0
    for line in lines:
        begun = FIRST_STRONG * opened + line
        opened = begun.count(FIRST_STRONG) - begun.count(POP)
        closed.append(begun + POP * opened)
    return closed
