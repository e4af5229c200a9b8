"""Shares samples out over screens and ways of showing them: few pages, on which every two meet, and none too often."""

from collections.abc import Iterable, Sequence
from typing import Any

from screens.gallery import THEMES


def crossed(samples: Iterable[str], ways: Sequence[Any]) -> list[tuple[str, str, Any]]:
    """(sample, screen, way): every sample on two of the three screens, in two of the ways; over the samples every screen
    meets every way equally often. `make gallery` draws all of it."""
    screens = list(THEMES)
    return [
        (sample, screens[(number + turn) % len(screens)], ways[(number // len(screens) + turn) % len(ways)])
        for number, sample in enumerate(samples)
        for turn in range(2)
    ]
