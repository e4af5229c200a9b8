"""Which characters the terminal's typefaces can draw: nothing else is ever offered. Standard library only."""

import json
from array import array
from bisect import bisect_right
from pathlib import Path

FACES = {"Hans": ("SC", "rare"), "Hant": ("HK", "rare")}
IDEOGRAPHS = ((0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF))
"""The number zero and the CJK unified ideographs with their extensions (Unicode 15, chapter 18)."""
_EVERYWHERE = [(0x4E00, 0x9FA5)]
"""What every Chinese typeface has; taken where there is no table of ours."""


def is_chinese(text: str) -> bool:
    """Whether the text is made of Chinese characters alone."""
    return bool(text) and all(any(first <= ord(char) <= last for first, last in IDEOGRAPHS) for char in text)


class Drawable:
    """The characters of the faces, by script."""

    def __init__(self, coverage: Path) -> None:
        """`coverage`: the table beside the faces, made by `kiosk fonts`."""
        self._table = _read(coverage)

    def __call__(self, text: str, script: str) -> bool:
        """Whether the text is Chinese and every character of it can be drawn where `script` is written."""
        return is_chinese(text) and all(self._has(char, script) for char in text)

    def _has(self, char: str, script: str) -> bool:
        return any(_within(ord(char), self._table[face]) for face in FACES[script] if face in self._table)


def _within(point: int, ranges: "tuple[array[int], array[int]]") -> bool:
    starts, ends = ranges
    at = bisect_right(starts, point) - 1
    return at >= 0 and point <= ends[at]


def _read(coverage: Path) -> "dict[str, tuple[array[int], array[int]]]":
    try:
        faces = json.loads(coverage.read_bytes())
    except (OSError, ValueError):
        faces = {"SC": _EVERYWHERE, "HK": _EVERYWHERE}
    return {
        name: (array("L", (a for a, _ in ranges)), array("L", (b for _, b in ranges))) for name, ranges in faces.items()
    }
