"""The last resort for rare characters: by code point, or by parts written one after the other. Standard library only."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, islice
from mmap import ACCESS_READ, mmap
from pathlib import Path
from unicodedata import normalize

from kiosk.writing.parts import EXACTLY, FILE, usual

MOST = 60
_LONGEST = 12
_CODE_POINT = re.compile(r"(?:U\+?|0X)?([0-9A-F]{4,6})")
_SCRIPT = "Hans"


class Lookup:
    """Searches the table of parts in the folder of dictionaries; without it, code points alone are known."""

    def __init__(self, folder: Path, drawable: Callable[[str, str], bool]) -> None:
        self._path = folder / FILE
        self._drawable = drawable

    def look_up(self, query: str) -> tuple[str, ...]:
        """At most MOST characters that can be drawn: those made of just these parts, then those that have them all,
        simple and common ones first."""
        query = query.strip().encode(errors="ignore").decode()
        if coded := _CODE_POINT.fullmatch(query.upper()):
            return self._coded(int(coded[1], 16))
        parts = [usual(char) for char in normalize("NFKC", query)[:_LONGEST] if not char.isspace()]
        if not parts or not self._path.is_file():
            return ()
        with self._path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as table:
            exact = _line(EXACTLY + "".join(sorted(parts)), table)
            found = chain(exact, (char for char in _having(parts, table) if char not in exact))
            return tuple(islice((char for char in found if self._drawable(char, _SCRIPT)), MOST))

    def _coded(self, point: int) -> tuple[str, ...]:
        char = chr(point) if point <= 0x10FFFF and not 0xD800 <= point <= 0xDFFF else ""
        return (char,) if self._drawable(char, _SCRIPT) else ()


def _having(parts: list[str], table: mmap) -> Iterator[str]:
    """The characters that have all these parts, each as often as it is written."""
    shortest, *others = sorted((_line(part * count, table) for part, count in Counter(parts).items()), key=len)
    sets = [frozenset(other) for other in others]
    return (char for char in shortest if all(char in other for other in sets))


def _line(key: str, table: mmap) -> str:
    """The characters of one line, found by halving: lines are sorted; none where there is no such line."""
    wanted = key.encode()
    low, high = 0, len(table)
    while low < high:
        middle = (low + high) // 2
        start, end = table.rfind(b"\n", low, middle) + 1 or low, table.find(b"\n", middle)
        found, _, chars = table[start:end].partition(b"\t")
        if found == wanted:
            return chars.decode()
        low, high = (end + 1, high) if found < wanted else (low, start)
    return ""
