"""What is seen in each picture of a camera, with a memory of the picture before: outlines keep still, movement is seen.

Pure but for that memory; needs OpenCV's process.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.cameras import judge
from devices.cameras.edges import Grey, Points
from devices.cameras.page_finder import Found, find
from devices.cameras.straighten import Picture, Sheet, dpi_of, flatten, sheet_of
from kiosk.ports.page import Concern

STILL = 0.002
"""A corner that wanders less, in lengths of the diagonal, has not moved: the outline does not tremble."""
KEPT = 2
"""So many frames an outline stays although the page was not found: a hand has passed over it."""
MOVING_FOR = 2
"""So many frames after the last movement it is still said to move."""


@dataclass(frozen=True)
class Seen:
    """One picture: the page's corners in its pixels, and what is wrong."""

    found: Found | None
    concerns: frozenset[Concern]


@dataclass(frozen=True, repr=False)
class Taken:
    """A page that was cut out and straightened."""

    picture: Picture
    dpi: int | None
    concerns: frozenset[Concern]


class Looker:
    """Looks at pictures in half of the camera's resolution, one after the other."""

    def __init__(self) -> None:
        self._tiles: NDArray[np.float32] | None = None
        self._found: Found | None = None
        self._missed = 0
        self._moving = 0

    def look(self, picture: Picture) -> Seen:
        """What is seen now."""
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        diagonal = float(np.hypot(*grey.shape))
        moving = self._moves(grey)
        now = find(grey, self._found.corners if self._found else None)
        moving |= judge.wandered(self._found, now, diagonal)
        self._moving = MOVING_FOR if moving else max(0, self._moving - 1)
        self._found = self._settled(now, diagonal)
        concerns = _judged(grey, self._found) if self._found else judge.without_page(grey)
        if moving or self._moving:
            concerns |= {Concern.MOVING}
        return Seen(self._found, concerns)

    def take(self, picture: Picture, seen: Seen, outline: Points | None, px_per_mm: float) -> Taken:
        """The page of a picture in full resolution, cut out along `outline` (pixels) or as found. `seen`: what was seen
        of the same picture in half its resolution."""
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        moving = seen.concerns & {Concern.MOVING}
        near = seen.found.scaled(2).corners if seen.found else None
        found = find(grey, near) if outline is None else None
        corners = outline if outline is not None else found.corners if found else None
        if corners is None:
            return Taken(picture, None, judge.without_page(grey) | moving)
        sheet = sheet_of(corners, (picture.shape[1], picture.shape[0]))
        page = flatten(picture, corners, sheet)
        concerns = judge.concerns(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), found)
        return Taken(page, dpi_of(corners, sheet, px_per_mm), concerns | moving)

    def _moves(self, grey: Grey) -> bool:
        before, self._tiles = self._tiles, judge.tiles(grey)
        return before is not None and judge.moved(before, self._tiles)

    def _settled(self, now: Found | None, diagonal: float) -> Found | None:
        before = self._found
        if now is None:
            self._missed += 1
            return before if self._missed <= KEPT else None
        self._missed = 0
        if before is not None and float(np.abs(before.corners - now.corners).max()) < STILL * diagonal:
            return replace(now, corners=before.corners)
        return now


def _judged(grey: Grey, found: Found) -> frozenset[Concern]:
    sheet: Sheet = sheet_of(found.corners, (grey.shape[1], grey.shape[0]))
    return judge.concerns(flatten(grey, found.corners, sheet), found, halved=True)
