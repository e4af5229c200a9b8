"""The last resort for rare characters: by code point, or by parts written one after the other. Standard library only."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from unicodedata import normalize

from kiosk.writing.drawable import Drawable
from kiosk.writing.parts import FILE, usual

MOST = 60
_LONGEST = 12
_GATHERED = 2_000
"""Candidates looked at; a single part such as 口 is in many more, and then the commonest are enough."""
_CODE_POINT = re.compile(r"(?:U\+?|0X)?([0-9A-F]{4,6})")
_SCRIPT = "Hans"


class Lookup:
    """Searches the table of parts in the folder of dictionaries; without it, code points alone are known."""

    def __init__(self, folder: Path, drawable: Drawable) -> None:
        self._path = folder / FILE
        self._drawable = drawable

    def look_up(self, query: str) -> tuple[str, ...]:
        """At most MOST characters that can be drawn, those made of just these parts first, then those with
        the fewest strokes."""
        query = query.strip().encode(errors="ignore").decode()
        if found := _CODE_POINT.fullmatch(query.upper()):
            return self._coded(int(found[1], 16))
        parts = [usual(char) for char in normalize("NFKC", query)[:_LONGEST] if not char.isspace()]
        if not parts or not self._path.is_file():
            return ()
        ranked = sorted(islice(_with_parts(parts, self._path.read_bytes()), _GATHERED))
        drawn = (char for _, _, _, char in ranked if self._drawable(char, _SCRIPT))
        return tuple(islice(drawn, MOST))

    def _coded(self, point: int) -> tuple[str, ...]:
        char = chr(point) if point <= 0x10FFFF and not 0xD800 <= point <= 0xDFFF else ""
        return (char,) if self._drawable(char, _SCRIPT) else ()


def _with_parts(wanted: list[str], table: bytes) -> Iterator[tuple[bool, int, int, str]]:
    """The characters that have all these parts, each as often as wanted, in the table's order: whether there is more to
    it than these, its strokes, its rank, itself. Parts are sorted there, so that equal ones stand side by side."""
    exactly = "".join(sorted(wanted)).encode()
    runs = [(part * count).encode() for part, count in Counter(wanted).items()]
    rarest = min(runs, key=table.count)
    end = 0
    while (hit := table.find(rarest, end)) >= 0:
        start, end = table.rfind(b"\n", 0, hit) + 1, table.find(b"\n", hit)
        line = table[start:end]
        if all(run in line for run in runs):  # quickly; the character itself does not count
            char, strokes, direct, parts = line.split(b"\t")
            if all(run in parts for run in runs):
                yield direct != exactly, int(strokes), start, char.decode()
