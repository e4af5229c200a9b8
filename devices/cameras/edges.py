"""Measures the four sides of a page: where each step from mat to paper is, how straight the side, how much is seen.

Along a side, short lines are laid across it from outside to inside; the steepest rise on each is a point of the edge. A
finger on the side, a rounded corner or a line of print leaves most of these points alone. Needs OpenCV's process.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Points = NDArray[np.float64]
"""One point a row, x and y in pixels."""
Marks = NDArray[np.bool_]

SAMPLES = 48
ENDS = 0.06
"""So much at each end of a side is left out: corners are rounded, bent or under a thumb."""
STEP = 16.0
"""Paper is at least so many grey levels brighter than what it lies on."""
BAND = 6
"""So many pixels on both sides of a step tell paper from what it lies on."""
CLOSE = 2.0
"""A point so near, in pixels, is on the line."""
ARC = 0.85
"""A side is taken for an arc when a parabola explains so much of it and a straight line does not."""


@dataclass(frozen=True)
class Side:
    """One side as measured. `line`: a point on it and its direction. `seen`: the share of its points where there is a
    step. `depth`: how much darker it is outside, as a share of the paper's light. `bow`: the height of its arc in
    lengths of the side; 0 for a straight one."""

    line: tuple[Points, Points]
    seen: float
    depth: float
    bow: float


class _Curve(NamedTuple):
    """A side's offsets over its length (0 to 1): a polynomial, and the points that are on it."""

    coefficients: Points
    on: Marks


class _Steps(NamedTuple):
    """The steepest rise on each line across a side: where (pixels inwards), and how much darker it is outside."""

    offsets: Points
    depths: Points


def measure(grey: Grey, quad: Points, reach: float) -> tuple[Side, ...]:
    """The sides of a quadrilateral, looked for up to `reach` pixels from where they are thought to be. Corners go
    clockwise as the picture is seen."""
    return tuple(_side(grey, quad[at], quad[(at + 1) % 4], reach) for at in range(4))


def crossing(one: Side, other: Side) -> Points | None:
    """Where two sides meet; None for parallel ones."""
    (p, d), (q, e) = one.line, other.line
    across = d[0] * e[1] - d[1] * e[0]
    if abs(across) < 1e-6:
        return None
    away = q - p
    found: Points = p + d * ((away[0] * e[1] - away[1] * e[0]) / across)
    return found


def _side(grey: Grey, start: Points, end: Points, reach: float) -> Side:
    length = max(1.0, float(np.hypot(*(end - start))))
    along = (end - start) / length
    inward = np.array((-along[1], along[0]))
    at = np.linspace(ENDS, 1 - ENDS, SAMPLES)
    steps = _steps(grey, start + at[:, None] * (end - start), inward, reach)
    there = steps.depths > 0
    if there.sum() < SAMPLES // 6:
        return Side((start, along), float(there.mean()), 0.0, 0.0)
    curve = _curve(at, steps.offsets, there)
    first, last = (start + along * (t * length) + inward * np.polyval(curve.coefficients, t) for t in (0.0, 1.0))
    way = (last - first) / max(1e-9, float(np.hypot(*(last - first))))
    return Side((first, way), float(curve.on.mean()), _depth(steps, curve.on), _bow(curve, length))


def _steps(grey: Grey, base: Points, inward: Points, reach: float) -> _Steps:
    """Rises are taken over three pixels; what is outside of the picture has none."""
    deep = np.arange(-np.ceil(reach) - 1 - BAND, np.ceil(reach) + 2 + BAND)
    x = base[:, 0, None] + inward[0] * deep
    y = base[:, 1, None] + inward[1] * deep
    high, wide = grey.shape
    inside = (x >= 0) & (y >= 0) & (x <= wide - 1) & (y <= high - 1)
    values = grey[np.clip(np.rint(y), 0, high - 1).astype(int), np.clip(np.rint(x), 0, wide - 1).astype(int)]
    levels = values.astype(np.float64)
    outer, inner = _bands(levels)
    rise = levels[:, 3:] - levels[:, :-3]
    rise[~(inside[:, 3:] & inside[:, :-3]) | (inner - outer < STEP)] = 0
    best = rise.argmax(axis=1)
    rows = np.arange(len(base))
    found = rise[rows, best] >= STEP
    depth = np.where(found, 1 - outer[rows, best] / np.maximum(inner[rows, best], 1), 0)
    return _Steps(deep[best] + 1.5 + _finer(rise, best), depth)


def _finer(rise: Points, best: NDArray[np.intp]) -> Points:
    """Where between two pixels the middle of the step is."""
    rows = np.arange(len(rise))
    left = np.clip(rise[rows, np.maximum(best - 1, 0)], 0, None)
    right = np.clip(rise[rows, np.minimum(best + 1, rise.shape[1] - 1)], 0, None)
    finer: Points = (right - left) / (left + right + np.clip(rise[rows, best], 1e-6, None))
    return finer


def _bands(levels: Points) -> tuple[Points, Points]:
    """The mean light of the band outside of each possible step, and of the one inside: a dark line on paper is no
    edge. Steps too near to the ends for a band have none."""
    total = np.cumsum(np.pad(levels, ((0, 0), (1, 0))), axis=1)
    mean = (total[:, BAND:] - total[:, :-BAND]) / BAND
    outer, inner = (np.zeros((len(levels), levels.shape[1] - 3)) for _ in range(2))
    at = np.arange(BAND - 1, levels.shape[1] - BAND - 2)
    outer[:, at], inner[:, at] = mean[:, at - BAND + 1], mean[:, at + 3]
    return outer, inner


def _curve(at: Points, offsets: Points, there: Marks) -> _Curve:
    """The straight line that most points agree with; the parabola where the side is bowed."""
    straight = _refined(at, offsets, there, _consensus(at[there], offsets[there]))
    if straight.on.sum() >= ARC * there.sum():
        return straight
    arc = _refined(at, offsets, there, np.polyfit(at[there], offsets[there], 2))
    return arc if arc.on.sum() >= ARC * there.sum() else straight


def _refined(at: Points, offsets: Points, there: Marks, guess: Points) -> _Curve:
    """Least squares over the points near the curve, again and again closer."""
    curve = guess
    for close in (3 * CLOSE, 2 * CLOSE, CLOSE):
        on = there & (np.abs(offsets - np.polyval(curve, at)) <= close)
        if on.sum() < SAMPLES // 6:
            break
        curve = np.polyfit(at[on], offsets[on], len(guess) - 1)
    return _Curve(curve, there & (np.abs(offsets - np.polyval(curve, at)) <= CLOSE))


def _consensus(t: Points, d: Points) -> Points:
    """Of lines through pairs of points, the one with the smallest median distance (Rousseeuw 1984)."""
    first = np.tile(np.arange(len(t)), 3)
    second = np.concatenate([np.roll(np.arange(len(t)), -(len(t) // part)) for part in (2, 3, 5)])
    usable = np.abs(t[second] - t[first]) > 0.1
    first, second = first[usable], second[usable]
    if not len(first):
        return np.array((0.0, float(np.median(d))))
    slopes = (d[second] - d[first]) / (t[second] - t[first])
    levels = d[first] - slopes * t[first]
    best = int(np.median(np.abs(d - (levels[:, None] + slopes[:, None] * t)), axis=1).argmin())
    return np.array((slopes[best], levels[best]))


def _depth(steps: _Steps, on: Marks) -> float:
    return float(np.median(steps.depths[on])) if on.any() else 0.0


def _bow(curve: _Curve, length: float) -> float:
    return abs(float(curve.coefficients[0])) / 4 / length if len(curve.coefficients) == 3 else 0.0
