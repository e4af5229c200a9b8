"""Every name of a place in China, for the dictionaries' building."""

from collections.abc import Iterator
from pathlib import Path

from kiosk.cases.places import CHINA, NO_PLACES, Place


def places(path: Path = CHINA) -> Iterator[Place]:
    """Every division that has a name of its own, in the order of codes."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            code, _, name = line.rstrip("\n").partition("\t")
            if not line.startswith("#") and name not in NO_PLACES:
                yield Place(code, name)
