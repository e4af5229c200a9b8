"""The administrative divisions of China, from provinces down to streets and towns, read as they are asked for.

The file stays where it is: it is mapped, not read, and nothing of it is kept. Its lines are sorted by code, and a
place's parts follow it with codes that begin with its own.
"""

import mmap
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHINA = Path(__file__).resolve().parents[2] / "config" / "places" / "china.tsv"
NO_PLACES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""What stands on the level of prefectures for "directly under the province"."""
LENGTHS = (2, 4, 6, 9)
"""Digits of the codes of provinces, cities, counties, streets (GB/T 2260, GB/T 10114)."""


@dataclass(frozen=True)
class Place:
    """One division. `code`: 2, 4, 6 or 9 digits; those of its parts begin with it."""

    code: str
    name: str


class Places:
    """The divisions in one file."""

    def __init__(self, path: Path = CHINA) -> None:
        """Raises OSError where the file cannot be read."""
        with path.open("rb") as file:
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def parts(self, code: str = "") -> tuple[Place, ...]:
        """What a place consists of, in the order of codes: provinces of "", nothing of a street or an unknown code. A
        level that has no name of its own, or its parent's alone, is passed over."""
        found: list[Place] = []
        for part in self._directly_in(code):
            found += self.parts(part.code) if part.name in NO_PLACES else [part]
        if len(found) == 1 and len(found[0].code) < LENGTHS[-1] and found[0].name == self.name(code):
            return self.parts(found[0].code)
        return tuple(found)

    def name(self, code: str) -> str:
        """The name of a place, "" where there is none with this code."""
        start = self._line_of(code)
        return self._at(start).name if code and start >= 0 else ""

    def line(self, code: str) -> str:
        """The place with all it is in: "广东省广州市番禺区小谷围街道"."""
        names: list[str] = []
        for place in self.path(code):
            if place.name not in names:
                names.append(place.name)
        return "".join(names)

    def path(self, code: str) -> tuple[Place, ...]:
        """The places that a place is in, the largest first, itself last; those without a name of their own left out."""
        codes = [code[:length] for length in LENGTHS if length <= len(code)]
        named = [Place(one, self.name(one)) for one in codes]
        return tuple(place for place in named if place.name and place.name not in NO_PLACES)

    def _directly_in(self, code: str) -> list[Place]:
        length = next((one for one in LENGTHS if one > len(code)), 0)
        start, end = self._reach(code)
        if not length or start < 0:
            return []
        wanted = re.compile(rb"\n([0-9]{%d})\t([^\n]*)" % length)
        return [Place(one[1].decode(), one[2].decode()) for one in wanted.finditer(self._lines, start, end)]

    def _reach(self, code: str) -> tuple[int, int]:
        """From where to where the lines of a place's parts stand; -1 where it does not exist."""
        if not code:
            return 0, len(self._lines)
        start = self._line_of(code)
        if start < 0:
            return -1, -1
        beyond = re.compile(rb"\n(?!%s)" % code.encode()).search(self._lines, start)
        return start, beyond.start() if beyond else len(self._lines)

    def _line_of(self, code: str) -> int:
        """Where a place's line begins, -1 where there is none."""
        if not (code.isascii() and code.isdigit()):
            return -1
        return self._lines.find(b"\n" + code.encode() + b"\t") + 1 or -1

    def _at(self, start: int) -> Place:
        end = self._lines.find(b"\n", start)
        code, _, name = self._lines[start : end if end >= 0 else len(self._lines)].decode().rstrip().partition("\t")
        return Place(code, name)


@cache
def china() -> Places:
    """Those that come with the program."""
    return Places()


def near_first(places: tuple[Place, ...], here: str) -> tuple[Place, ...]:
    """The places with the one that holds `here` first."""
    return tuple(sorted(places, key=lambda place: not (here and here.startswith(place.code))))
