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
_GATHERED = 600
"""So many of the commonest are looked at; a single part such as 口 is in many more."""
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
        if coded := _CODE_POINT.fullmatch(query.upper()):
            return self._coded(int(coded[1], 16))
        parts = [usual(char) for char in normalize("NFKC", query)[:_LONGEST] if not char.isspace()]
        if not parts or not self._path.is_file():
            return ()
        table = self._path.read_bytes()
        found = dict.fromkeys([*_made_of(parts, table), *_with_parts(parts, table)])
        return tuple(islice((char for char in found if self._drawable(char, _SCRIPT)), MOST))

    def _coded(self, point: int) -> tuple[str, ...]:
        char = chr(point) if point <= 0x10FFFF and not 0xD800 <= point <= 0xDFFF else ""
        return (char,) if self._drawable(char, _SCRIPT) else ()


def _made_of(wanted: list[str], table: bytes) -> Iterator[str]:
    """The characters made of just these parts, the commonest first."""
    exactly = "".join(sorted(wanted)).encode()
    return (line.split(b"\t")[0].decode() for line in _lines(b"\t" + exactly + b"\t", table))


def _with_parts(wanted: list[str], table: bytes) -> list[str]:
    """Characters that have all these parts, each as often as wanted, those with the fewest strokes first. Parts are
    sorted in the table, so that equal ones stand side by side."""
    runs = [(part * count).encode() for part, count in Counter(wanted).items()]
    rarest = min(runs, key=table.count)
    lines = (line.split(b"\t") for line in _lines(rarest, table) if all(run in line for run in runs))
    found = (fields for fields in lines if all(run in fields[3] for run in runs))
    by_strokes = sorted(islice(found, _GATHERED), key=lambda fields: int(fields[1]))
    return [fields[0].decode() for fields in by_strokes]


def _lines(text: bytes, table: bytes) -> Iterator[bytes]:
    """The lines that contain a text."""
    end = 0
    while (hit := table.find(text, end)) >= 0:
        end = table.find(b"\n", hit)
        yield table[table.rfind(b"\n", 0, hit) + 1 : end]
