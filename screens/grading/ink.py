"""Colours out of pixels: what the ground is, what was written on it, and how high."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from screens.grading.shot import Pixels

Floats = NDArray[np.float64]
SEEN = 1.25
"""From this contrast with the ground on a pixel is part of a glyph; less is the soft edge of one."""
CORE = 0.04
"""The share of a glyph's pixels that its strokes' cores are at least: thin strokes have few fully inked pixels."""


@lru_cache(maxsize=1)
def _curve() -> Floats:
    parts = np.arange(256) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(colours: Pixels) -> Floats:
    """Relative luminance (WCAG 2.2) of colours in the last axis."""
    curve = _curve()
    return 0.2126 * curve[colours[..., 0]] + 0.7152 * curve[colours[..., 1]] + 0.0722 * curve[colours[..., 2]]


def ratios(colours: Pixels, ground: Pixels) -> Floats:
    """The contrast ratio of each colour with the ground."""
    own, other = luminance(colours), float(luminance(ground))
    return (np.maximum(own, other) + 0.05) / (np.minimum(own, other) + 0.05)


def tally(pixels: Pixels) -> tuple[Pixels, NDArray[np.int64]]:
    """The colours of a picture, and how many pixels each has."""
    packed = np.ascontiguousarray(pixels).reshape(-1, 4).view(np.uint32).ravel()
    colours, counts = np.unique(packed, return_counts=True)
    return colours.view(np.uint8).reshape(-1, 4), counts


def ground_of(pixels: Pixels) -> Pixels:
    """The most frequent colour."""
    colours, counts = tally(pixels)
    return colours[int(np.argmax(counts))]


def contrast_in(pixels: Pixels) -> float:
    """The contrast of what is written with its ground: the extreme that the cores of the strokes reach; 1.0 where
    nothing is written."""
    colours, counts = tally(pixels)
    against = ratios(colours, colours[int(np.argmax(counts))])
    inked = against > SEEN
    total = int(counts[inked].sum())
    if total == 0:
        return 1.0
    order = np.argsort(against)[::-1]
    reached = np.cumsum(counts[order]) >= max(1, total * CORE)
    return float(against[order][int(np.argmax(reached))])


def ink_rows(pixels: Pixels) -> int:
    """From the uppermost to the lowest row with ink, in pixels."""
    rows = np.flatnonzero((ratios(pixels, ground_of(pixels)) > SEEN * 1.3).any(axis=1))
    return int(rows[-1] - rows[0] + 1) if rows.size else 0
