"""The administrative divisions of China (`config/places/china.tsv`), from provinces down to streets and towns."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHINA = Path(__file__).resolve().parents[2] / "config" / "places" / "china.tsv"
NO_PLACES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""What stands on the level of prefectures for "directly under the province"."""


@dataclass(frozen=True)
class Place:
    """One division. `code`: 2, 4, 6 or 9 digits (GB/T 2260, GB/T 10114); those of its parts begin with it."""

    code: str
    name: str


def places(path: Path = CHINA) -> Iterator[Place]:
    """Every division that has a name of its own, in the order of codes."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            code, _, name = line.rstrip("\n").partition("\t")
            if not line.startswith("#") and name not in NO_PLACES:
                yield Place(code, name)
