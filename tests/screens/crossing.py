"""Shares samples out over screens and ways of showing them: few pages, on which every two meet, and none too often."""

from collections.abc import Iterable, Sequence
from typing import Any

from screens.gallery import THEMES


def crossed(samples: Iterable[str], ways: Sequence[Any]) -> list[tuple[str, str, Any]]:
    """(sample, screen, way): every sample on every screen, the next way on each, so that every sample is shown in every
    way (of three at most) and every screen with every way equally often (a Latin square)."""
    return [
        (sample, screen, ways[(number + turn) % len(ways)])
        for number, sample in enumerate(samples)
        for turn, screen in enumerate(THEMES)
    ]
