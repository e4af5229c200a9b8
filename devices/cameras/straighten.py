"""Cuts a page out of a photograph and straightens it: perspective away, proportions as on the table.

Pure functions on pictures (numpy arrays); needs OpenCV's process.
"""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.cameras.edges import Points

Picture = NDArray[np.uint8]

A4 = 297 / 210
A4_LIKE = 0.06
"""A sheet whose proportions differ from A4's by no more is taken for A4 (so are A5 and A3, which have the same)."""
LONGEST_PX = 3508
"""A4 at 300 dpi."""
FOCAL = 0.9
"""The focal length of usual document cameras and webcams (58 degrees wide) in lengths of the picture's longer side. A page
under a camera that looks down is seen with so little perspective that half or double of it changes little."""
INCH_MM = 25.4


class Sheet(NamedTuple):
    """The size of a straightened page in pixels."""

    width: int
    height: int


def sheet_of(corners: Points, size: tuple[int, int]) -> Sheet:
    """How large the page becomes: no larger than it was photographed. `size` of the photograph, width and height."""
    top, right, bottom, left = np.hypot(*(np.roll(corners, -1, axis=0) - corners).T)
    wide, high = max(top, bottom), max(left, right)
    proportion = _snapped(_proportion(corners, size))
    if proportion < 1:
        high = min(max(high, wide / proportion), LONGEST_PX)
        return Sheet(max(1, round(high * proportion)), max(1, round(high)))
    wide = min(max(wide, high * proportion), LONGEST_PX)
    return Sheet(max(1, round(wide)), max(1, round(wide / proportion)))


def flatten(picture: Picture, corners: Points, sheet: Sheet) -> Picture:
    """The page alone, upright as its corners say: the first one becomes the upper left."""
    wide, high = sheet
    target = np.array([(-0.5, -0.5), (wide - 0.5, -0.5), (wide - 0.5, high - 0.5), (-0.5, high - 0.5)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    flat: Picture = cv2.warpPerspective(picture, matrix, (wide, high), flags=cv2.INTER_LINEAR)
    return flat


def dpi_of(corners: Points, sheet: Sheet, px_per_mm: float) -> int | None:
    """The resolution of the straightened page; None where the camera's scale (`px_per_mm` on the mat) is not known."""
    if px_per_mm <= 0:
        return None
    sides = np.hypot(*(np.roll(corners, -1, axis=0) - corners).T)
    photographed = max(float(sides[0] + sides[2]), float(sides[1] + sides[3])) / 2
    return max(1, round(max(sheet) / (photographed / px_per_mm) * INCH_MM))


def _snapped(proportion: float) -> float:
    """Width over height, exactly A4's where it is nearly that."""
    for known in (A4, 1 / A4):
        if abs(proportion / known - 1) <= A4_LIKE:
            return known
    return float(np.clip(proportion, 0.1, 10))


def _proportion(corners: Points, size: tuple[int, int]) -> float:
    """Width over height of a rectangle seen in perspective by a camera that looks at the middle of the picture (Zhang
    and He, Whiteboard scanning, 2006, section 4, with the focal length known)."""
    m = np.c_[corners[[0, 1, 3, 2]] - np.array(size) / 2, np.ones(4)]
    k2 = np.dot(np.cross(m[0], m[3]), m[2]) / np.dot(np.cross(m[1], m[3]), m[2])
    k3 = np.dot(np.cross(m[0], m[3]), m[1]) / np.dot(np.cross(m[2], m[3]), m[1])
    lens = np.array((1.0, 1.0, FOCAL * max(size)))
    across, down = k2 * m[1] - m[0], k3 * m[2] - m[0]
    return float(np.linalg.norm(across * lens) / np.linalg.norm(down * lens))
