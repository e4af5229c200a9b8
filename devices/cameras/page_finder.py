"""Finds the page on a dark mat: a first guess from the bright area or from long lines, then its sides measured exactly.

Pure functions on pictures (numpy arrays); needs OpenCV's process. All coordinates here are pixels of the picture given.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np

from devices.cameras.edges import Grey, Points, Side, crossing, measure

LONG_PX = 720
"""Pictures are looked at in this size (longer side): enough for a corner to half a thousandth of the diagonal."""
LEAST_AREA = 0.03
"""Of the picture: an ID card under a camera that sees A3."""
SEEN, SIDE_SEEN = 0.72, 0.4
"""So much of the outline, and of each side, has to be seen as an edge."""
BORDER = 0.01
"""A corner may be so far outside of the picture, in lengths of its diagonal."""
ANGLES = (50.0, 130.0)
SHORT = 0.06
"""Lines shorter than this, in lengths of the picture, are print."""
SEGMENTS, LINES = 60, 8
HULL = 10
BESIDE = (4, 7, 10)
"""So far beside a long line, in pixels, it is all mat on one side and all paper on the other: no line of print is."""
MAT_STEP = 25
EVEN = 0.6
"""Every side is at least so much as deep a step as the deepest: what lies around the page is the same everywhere."""
SURE = 0.78
"""A page found so well in the bright area is not looked for by its lines as well."""


@dataclass(frozen=True)
class Found:
    """A page. `corners` clockwise from the upper left; `seen` and `bow` as of its sides, the mean and the worst."""

    corners: Points
    seen: float
    bow: float

    def scaled(self, factor: float) -> "Found":
        """In a picture so much larger; a pixel's middle is half a pixel from its edge in both."""
        return Found((self.corners + 0.5) * factor - 0.5, self.seen, self.bow)


def find(grey: Grey, near: Points | None = None) -> Found | None:
    """The page in a grey picture; `near`: where it was in the frame before. None where there is none, or not all."""
    scale = LONG_PX / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    factor = max(grey.shape) / max(small.shape)
    soft = cv2.GaussianBlur(small, (3, 3), 0)
    if near is not None and (again := _judged(soft, near / factor, 0.015)) and again.seen > 0.85:
        return again.scaled(factor)
    found = _best(soft)
    return found.scaled(factor) if found else None


def _best(soft: Grey) -> Found | None:
    return _best_of(soft, _bright_areas(soft)) or _best_of(soft, _line_frames(soft))


def _best_of(soft: Grey, guesses: Iterator[Points]) -> Found | None:
    """The first that is sure, else the best."""
    best: Found | None = None
    for guess in guesses:
        found = _judged(soft, guess, 0.03)
        if found and (best is None or found.seen > best.seen):
            best = found
        if best and best.seen > SURE:
            break
    return best


# --- the bright area -------------------------------------------------------------------------------------------


def _bright_areas(soft: Grey) -> Iterator[Points]:
    """Quadrilaterals around the largest areas brighter than the rest (Otsu 1979), print and stamps closed over."""
    _, mask = cv2.threshold(soft, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((15, 15), np.uint8))
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    large = [one for one in outlines if cv2.contourArea(one) > LEAST_AREA * soft.size]
    for outline in sorted(large, key=cv2.contourArea, reverse=True)[:2]:
        yield from _quads_of(outline)


def _quads_of(outline: Points) -> Iterator[Points]:
    """As its polygon says; as the largest four of its hull's corners say; as the smallest rectangle around it."""
    hull = cv2.convexHull(outline)
    around = cv2.arcLength(hull, True)
    for eps in (0.02, 0.05):
        polygon = cv2.approxPolyDP(hull, eps * around, True)[:, 0].astype(np.float64)
        if len(polygon) == 4:
            yield polygon
    polygon = cv2.approxPolyDP(hull, 0.01 * around, True)[:, 0].astype(np.float64)
    if 4 < len(polygon) <= HULL:
        yield max((polygon[list(four)] for four in combinations(range(len(polygon)), 4)), key=_area)
    yield cv2.boxPoints(cv2.minAreaRect(outline)).astype(np.float64)


# --- long lines ------------------------------------------------------------------------------------------------


def _line_frames(soft: Grey) -> Iterator[Points]:
    """Frames of four long lines that are dark on one side and bright on the other: what a hand hides does not matter."""
    lines = _long_lines(soft)
    frames = [quad for four in combinations(lines, 4) if (quad := _frame(four)) is not None]
    room = LEAST_AREA * soft.size
    large = [quad for quad in frames if _area(quad) > room]
    yield from sorted(large, key=_area, reverse=True)[:12]


def _long_lines(soft: Grey) -> list[Side]:
    """The longest first (line segments by von Gioi and others, LSD, 2012)."""
    found = cv2.createLineSegmentDetector().detect(soft)[0]
    if found is None:
        return []
    segments = found.reshape(-1, 4).astype(np.float64)
    lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    segments = segments[lengths > max(soft.shape) * SHORT]
    longest = np.argsort(-np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1]))[:SEGMENTS]
    lines: list[Side] = []
    for side in _bordering(soft, segments[longest, :2], segments[longest, 2:]):
        if not any(_same(side, other) for other in lines):
            lines.append(side)
    return lines[:LINES]


def _bordering(soft: Grey, starts: Points, ends: Points) -> Iterator[Side]:
    """Those segments that have mat on one side and paper on the other, so directed that the paper is to their right."""
    ways = (ends - starts) / np.hypot(*(ends - starts).T)[:, None]
    inward = np.c_[-ways[:, 1], ways[:, 0]]
    along = starts[:, None] + np.linspace(0.1, 0.9, 16)[:, None] * (ends - starts)[:, None]
    inner, outer = (_light(soft, along, sign * inward) for sign in (1, -1))
    right = inner.min(axis=1) - outer.max(axis=1) >= MAT_STEP
    left = outer.min(axis=1) - inner.max(axis=1) >= MAT_STEP
    for at in range(len(ways)):
        if right[at]:
            yield Side((starts[at], ways[at]), 1.0, 1.0, 0.0)
        elif left[at]:
            yield Side((ends[at], -ways[at]), 1.0, 1.0, 0.0)


def _light(soft: Grey, along: Points, aside: Points) -> Points:
    """The middle light on lines beside each segment: one row a segment, one column a distance."""
    high, wide = soft.shape
    points = along[:, None] + np.array(BESIDE)[None, :, None, None] * aside[:, None, None, :]
    x, y = (np.rint(points[..., axis]).astype(int) for axis in (0, 1))
    light: Points = np.median(soft[np.clip(y, 0, high - 1), np.clip(x, 0, wide - 1)], axis=2)
    return light


def _same(one: Side, other: Side) -> bool:
    """Whether two segments lie on one line and face the same way."""
    (p, d), (q, e) = one.line, other.line
    away = q - p
    return bool(d @ e > 0.996) and abs(d[0] * away[1] - d[1] * away[0]) < 6


def _frame(four: tuple[Side, ...]) -> Points | None:
    """The corners of four lines that surround something, clockwise; None where they do not."""
    turned = sorted(four, key=lambda side: float(np.arctan2(side.line[1][1], side.line[1][0])))
    points = [crossing(turned[at - 1], turned[at]) for at in range(4)]
    if any(point is None for point in points):
        return None
    quad = np.array(points)
    return quad if _well_shaped(quad) else None


# --- judging a guess -------------------------------------------------------------------------------------------


def _judged(soft: Grey, guess: Points, reach: float) -> Found | None:
    """The guess measured, then once more from nearer; None where it is no page, or not all of it is in the picture."""
    diagonal = float(np.hypot(*soft.shape))
    quad: Points | None = in_order(guess)
    sides: tuple[Side, ...] = ()
    for wide in (reach, reach / 2):
        if quad is None:
            return None
        sides = measure(soft, quad, wide * diagonal)
        quad = _corners(sides)
    if quad is None or not _is_page(sides) or not _inside(quad, soft):
        return None
    return Found(quad, _mean([side.seen for side in sides]), max(side.bow for side in sides))


def _corners(sides: tuple[Side, ...]) -> Points | None:
    """Where the sides meet; None where one is hardly there, or what they surround is no sheet of paper."""
    points = [crossing(sides[at - 1], sides[at]) for at in range(4)]
    if any(point is None for point in points) or min(side.seen for side in sides) < SIDE_SEEN / 2:
        return None
    quad = np.array(points)
    return quad if _well_shaped(quad) else None


def _is_page(sides: tuple[Side, ...]) -> bool:
    seen, depths = [side.seen for side in sides], [side.depth for side in sides]
    return _mean(seen) >= SEEN and min(seen) >= SIDE_SEEN and min(depths) >= EVEN * max(depths)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _inside(quad: Points, soft: Grey) -> bool:
    high, wide = soft.shape
    slack = BORDER * float(np.hypot(high, wide))
    return bool(np.all(quad >= -slack) and np.all(quad <= np.array((wide, high)) + slack)) and (
        _area(quad) >= LEAST_AREA * soft.size
    )


def _well_shaped(quad: Points) -> bool:
    """Convex, clockwise, and no corner too sharp or too flat."""
    ways = np.roll(quad, -1, axis=0) - quad
    lengths = np.hypot(*ways.T)
    if lengths.min() < 8:
        return False
    before = np.roll(ways, 1, axis=0)
    turn = before[:, 0] * ways[:, 1] - before[:, 1] * ways[:, 0]
    cosine = (before * ways).sum(axis=1) / lengths / np.roll(lengths, 1)
    angles = 180 - np.degrees(np.arccos(np.clip(cosine, -1, 1)))
    return bool(np.all(turn > 0) and np.all(angles > ANGLES[0]) and np.all(angles < ANGLES[1]))


def _area(quad: Points) -> float:
    x, y = quad.T
    return float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2)


def in_order(quad: Points) -> Points:
    """Clockwise as seen, from the corner that is nearest to the upper left."""
    middle = quad.mean(axis=0)
    turned = quad[np.argsort(np.arctan2(*(quad - middle).T[::-1]))]
    return np.roll(turned, -int(np.argmin(turned.sum(axis=1))), axis=0)
