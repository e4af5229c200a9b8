"""What may keep people from reading a photographed page: blur, glare, too little or too much light, a bowed sheet.

Each measure is made not to depend on what is printed: blur is judged only where something is printed, glare only where
the paper around it is darker. Pure functions on grey pictures (numpy arrays); needs OpenCV's process.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.cameras.edges import Grey
from devices.cameras.page_finder import Found
from kiosk.ports.page import Concern

EDGE = 0.02
"""So much of a straightened page is left out all around: there the mat may show."""
INKED = 48
"""Grey levels between paper and print that count as print."""
LEAST_INK = 0.002
"""The share of a page that has to be inked before its blur is judged; an empty sheet cannot be blurred."""
WINDOW = 13
"""Pixels around an edge in which its steepest place is looked for."""
SHARP, SHARP_HALF = 0.40, 0.55
"""A printed edge at its steepest, over two pixels, in shares of the whole step: less than this is blurred, in the
resolution of the camera and in half of it (there an edge of 2.5 pixels is one of 1.25)."""
WHITE, PAPER_WHITE = 250, 243
GLARE = 0.004
"""The share of a page that a lamp's reflection covers."""
BURNT = 0.35
"""The share of a page (or of a picture without a page) that is pure white: overexposed."""
DARK, DARK_PICTURE = 72, 45
BOWED = 0.012
"""The height of an edge's arc in lengths of the edge: paper that lies flat under a plain lens stays below."""
MOVED = 0.006
"""How far a corner may wander between two frames, in lengths of the diagonal."""
CHANGED = 9.0
"""Grey levels of a picture's tiles, the most changed tenth of them, that differ between two frames."""
TILES = (32, 24)


@dataclass(frozen=True)
class Quality:
    """The figures behind the concerns. `sharp`: None where too little is printed to say."""

    sharp: float | None
    glare: float
    burnt: float
    paper: float


def quality(page: Grey) -> Quality:
    """Of a straightened page, in the resolution it was photographed in."""
    high, wide = page.shape
    inner = page[round(high * EDGE) : high - round(high * EDGE), round(wide * EDGE) : wide - round(wide * EDGE)]
    paper = float(np.percentile(inner[::4, ::4], 80))
    white = inner >= WHITE
    return Quality(_sharpness_at_any_size(inner), _glare(white, inner), float(white.mean()), paper)


def concerns(page: Grey, found: Found | None, *, halved: bool = False) -> frozenset[Concern]:
    """What is wrong with a straightened page; `found` None where a person set the corners. `halved`: it has half of the
    camera's resolution."""
    seen = quality(page)
    enough = SHARP_HALF if halved else SHARP
    wrong = {
        Concern.BLURRED: seen.sharp is not None and seen.sharp < enough,
        Concern.TOO_BRIGHT: seen.burnt > BURNT or seen.glare > GLARE,
        Concern.TOO_DARK: seen.paper < DARK,
        Concern.CURVED: found is not None and found.bow > BOWED,
    }
    return frozenset(concern for concern, is_so in wrong.items() if is_so)


def without_page(picture: Grey) -> frozenset[Concern]:
    """What can be said of a picture in which no page was found."""
    small = picture[::4, ::4]
    if float(np.percentile(small, 99)) < DARK_PICTURE:
        return frozenset({Concern.NO_PAGE, Concern.TOO_DARK})
    if float((small >= WHITE).mean()) > BURNT:
        return frozenset({Concern.NO_PAGE, Concern.TOO_BRIGHT})
    return frozenset({Concern.NO_PAGE})


def tiles(picture: Grey) -> NDArray[np.float32]:
    """A picture as few large tiles, for `moved`."""
    small: NDArray[np.float32] = cv2.resize(picture, TILES, interpolation=cv2.INTER_AREA).astype(np.float32)
    return small


def moved(before: NDArray[np.float32], now: NDArray[np.float32]) -> bool:
    """Whether something moves between two frames; a lamp that changes as a whole is no movement."""
    change = now - before
    change -= np.median(change)
    return float(np.percentile(np.abs(change), 97)) > CHANGED


def wandered(before: Found | None, now: Found | None, diagonal: float) -> bool:
    """Whether the page's corners moved between two frames of this diagonal."""
    if before is None or now is None:
        return False
    return float(np.abs(before.corners - now.corners).max()) > MOVED * diagonal


def _sharpness(page: Grey) -> float | None:
    """The median, over printed edges, of the steepest step as a share of the whole; the worse of both directions, as a
    hand that shakes blurs one only."""
    soft = cv2.GaussianBlur(page, (3, 3), 0)
    found = [one for one in (_steepness(soft), _steepness(np.ascontiguousarray(soft.T))) if one is not None]
    return min(found) if found else None


def _sharpness_at_any_size(page: Grey) -> float | None:
    """Print so blurred that no edge fits into one window still has some when the picture is made smaller."""
    for share in (1.0, 0.5, 0.25):
        smaller = cv2.resize(page, None, fx=share, fy=share, interpolation=cv2.INTER_AREA) if share < 1 else page
        found = _sharpness(smaller)
        if found is not None:
            return found
    return None


def _steepness(page: Grey) -> float | None:
    """Of edges crossed from left to right."""
    window = np.ones((1, WINDOW), np.uint8)
    span = cv2.subtract(cv2.dilate(page, window), cv2.erode(page, window))
    step = cv2.dilate(cv2.absdiff(page[:, 2:], page[:, :-2]), window)
    inked = span[:, 1:-1] >= INKED
    if float(inked.mean()) < LEAST_INK:
        return None
    return float(np.median(step[inked].astype(np.float32) / span[:, 1:-1][inked]))


def _glare(white: NDArray[np.bool_], page: Grey) -> float:
    """The share of white spots without anything printed in them, on paper that is darker than they are."""
    if float(np.percentile(page[::4, ::4], 50)) >= PAPER_WHITE:
        return 0.0
    small = cv2.resize(white.astype(np.uint8), None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    spots = cv2.morphologyEx(small, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    return float(spots.mean())
