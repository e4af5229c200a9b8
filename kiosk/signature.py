"""Signatures made with a finger: when one is enough, the line a nib draws through its points, and SVG and PNG of it.

A signature is vector strokes and nothing else: no pressure and no timing are kept, which would describe the hand and not the
signature. The screen draws with the same `Nib`, so that what is filed looks as what was seen.
"""

import io
import math
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from kiosk.ports.writing import Stroke

if TYPE_CHECKING:
    from PIL import Image

MOST_STROKES, MOST_POINTS = 200, 20_000
"""More than any signature has: a page of writing, or a faulty screen."""
LEAST_SIDE, LEAST_WAY = 0.12, 0.25
"""The longer side and the drawn way of the smallest signature, in widths of the field; a cross is a signature, a dot is none."""
RADIUS = 0.005
"""Of the line drawn at an ordinary pace, in widths of the field."""
THIN, THICK, FAST, SLOW = 0.6, 1.2, 0.03, 0.004
"""A quick hand draws a thin line: shares of RADIUS, and the steps between two points that are quick and slow."""
DOTS = 0.35
"""Between two dots of a line, in radii: close enough to be one."""
MARGIN = 0.02
LONGEST_PX = 2000
FINE = 3
"""Drawn so many times larger and then reduced: smooth edges."""
Dot = tuple[float, float, float]
"""Where, and how thick: x, y and radius in widths of the field."""


class SignatureError(KioskError):
    """Strokes that cannot be a signature. The message never tells their course."""


class Judgement(StrEnum):
    """Whether it can be taken for a signature."""

    EMPTY = "empty"
    TOO_SMALL = "too_small"
    ENOUGH = "enough"


def judge(strokes: Sequence[Stroke]) -> Judgement:
    """Whether somebody has signed: an empty field and a dot are no signature."""
    if not any(strokes):
        return Judgement.EMPTY
    left, top, right, bottom = _extent(strokes)
    way = sum(math.dist(a, b) for stroke in strokes for a, b in pairwise(stroke))
    good = max(right - left, bottom - top) >= LEAST_SIDE and way >= LEAST_WAY
    return Judgement.ENOUGH if good else Judgement.TOO_SMALL


def checked(strokes: Sequence[Stroke]) -> tuple[Stroke, ...]:
    """The strokes, empty ones left out. Raises SignatureError for none, too many, and points beyond the field."""
    kept = tuple(stroke for stroke in strokes if stroke)
    if not kept:
        raise SignatureError("There is no signature: nothing was drawn.")
    if len(kept) > MOST_STROKES or sum(map(len, kept)) > MOST_POINTS:
        raise SignatureError(f"A signature has at most {MOST_STROKES} strokes and {MOST_POINTS} points.")
    if not all(len(point) == 2 and all(0 <= part <= 1 for part in point) for stroke in kept for point in stroke):
        raise SignatureError("A point of the signature lies outside its field.")
    return kept


class Nib:
    """Draws one stroke: points go in, dots come out, along a smooth curve that is thin where the hand is quick.

    The curve is made of parabolas between the middles of the way, each point being the control point of one."""

    def __init__(self) -> None:
        self._last: tuple[float, float] | None = None
        self._middle = (0.0, 0.0)
        self._radius = RADIUS

    def to(self, x: float, y: float) -> list[Dot]:
        """The hand has come here: the dots up to the middle of its way."""
        if self._last is None:
            self._last = self._middle = (x, y)
            return [(x, y, self._radius)]
        control, middle = self._last, ((self._last[0] + x) / 2, (self._last[1] + y) / 2)
        self._last = (x, y)
        return self._curve(control, middle, math.dist(control, (x, y)))

    def lift(self) -> list[Dot]:
        """The hand has left: the rest of the way."""
        return self._curve(self._last, self._last, 0.0) if self._last else []

    def _curve(self, control: tuple[float, float], end: tuple[float, float], step: float) -> list[Dot]:
        begin, before = self._middle, self._radius
        pace = min(1.0, max(0.0, (step - SLOW) / (FAST - SLOW)))
        self._radius = 0.6 * before + 0.4 * RADIUS * (THICK + (THIN - THICK) * pace)
        self._middle = end
        way = math.dist(begin, control) + math.dist(control, end)
        count = max(1, math.ceil(way / (min(before, self._radius) * DOTS)))
        return [_on_curve(begin, control, end, at / count, before, self._radius) for at in range(1, count + 1)]


def _on_curve(
    begin: tuple[float, float], control: tuple[float, float], end: tuple[float, float], at: float, r0: float, r1: float
) -> Dot:
    rest = 1 - at
    x, y = (rest * rest * b + 2 * rest * at * c + at * at * e for b, c, e in zip(begin, control, end, strict=True))
    return x, y, r0 + (r1 - r0) * at


def dots(stroke: Stroke) -> Iterator[Dot]:
    """All dots of a finished stroke."""
    nib = Nib()
    for x, y in stroke:
        yield from nib.to(x, y)
    yield from nib.lift()


def svg_path(strokes: Sequence[Stroke], width: float = 1000) -> str:
    """The course as the text of an SVG path's `d`, its field being `width` wide: moves, parabolas, lines. Raises
    SignatureError."""
    return " ".join(_path(stroke, width) for stroke in checked(strokes))


def _path(stroke: Stroke, width: float) -> str:
    points = [f"{x * width:.1f} {y * width:.1f}" for x, y in stroke]
    middles = [f"{(a[0] + b[0]) / 2 * width:.1f} {(a[1] + b[1]) / 2 * width:.1f}" for a, b in pairwise(stroke)]
    curves = [f"Q {control} {middle}" for control, middle in zip(points, middles, strict=False)]
    return " ".join([f"M {points[0]}", *curves, f"L {points[-1]}"])


def svg(strokes: Sequence[Stroke], width: float = 1000) -> str:
    """A whole SVG picture, cut to the signature. Raises SignatureError."""
    path, (left, top, right, bottom) = svg_path(strokes, width), _framed(strokes)
    box = " ".join(f"{side * width:.1f}" for side in (left, top, right - left, bottom - top))
    pen = f'fill="none" stroke="#000" stroke-width="{2 * RADIUS * width:g}" stroke-linecap="round" stroke-linejoin="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><path d="{path}" {pen}/></svg>'


def png(strokes: Sequence[Stroke], side_px: int, *, white: bool = False) -> bytes:
    """A picture of it, black on nothing or on white, cut to the signature, its longer side `side_px`. Raises
    SignatureError."""
    from PIL import Image, ImageOps  # noqa: PLC0415  who signs pays for it

    if not 16 <= side_px <= LONGEST_PX:
        raise SignatureError(f"A picture of a signature is 16 to {LONGEST_PX} pixels long.")
    mask = _mask(checked(strokes), side_px)
    if white:
        picture = ImageOps.invert(mask)
    else:
        picture = Image.new("LA", mask.size)
        picture.putalpha(mask)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _mask(strokes: Sequence[Stroke], side_px: int) -> "Image.Image":
    """How much of each pixel is ink."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    left, top, right, bottom = _framed(strokes)
    scale = side_px * FINE / max(right - left, bottom - top)
    size = (max(FINE, round((right - left) * scale)), max(FINE, round((bottom - top) * scale)))
    drawn = Image.new("L", size)
    pen = ImageDraw.Draw(drawn)
    for stroke in strokes:
        for x, y, radius in dots(stroke):
            at_x, at_y, r = (x - left) * scale, (y - top) * scale, radius * scale
            pen.ellipse((at_x - r, at_y - r, at_x + r, at_y + r), fill=255)
    return drawn.resize((max(1, size[0] // FINE), max(1, size[1] // FINE)), Image.Resampling.BOX)


def _extent(strokes: Sequence[Stroke]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what was drawn."""
    xs, ys = zip(*(point for stroke in strokes for point in stroke), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _framed(strokes: Sequence[Stroke]) -> tuple[float, float, float, float]:
    """The same with a little room around."""
    left, top, right, bottom = _extent(strokes)
    return left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN
