"""Rectangles of the window."""

from collections.abc import Iterable
from typing import NamedTuple


class Rect(NamedTuple):
    """A part of the window in pixels, counted upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top; negative for what cannot be seen."""
        return self.top - self.bottom

    def cut(self, other: "Rect") -> "Rect":
        """What both have."""
        return Rect(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def meets(self, other: "Rect", slack: float = 0.0) -> bool:
        """Whether more than `slack` pixels of both are the same, each way."""
        both = self.cut(other)
        return both.width > slack and both.height > slack

    def holds(self, other: "Rect", slack: float = 0.0) -> bool:
        """Whether the other is inside."""
        return (
            self.left - slack <= other.left
            and self.bottom - slack <= other.bottom
            and other.right <= self.right + slack
            and other.top <= self.top + slack
        )

    @property
    def middle(self) -> float:
        """Halfway between left and right."""
        return (self.left + self.right) / 2

    def gap_to(self, other: "Rect", down: int) -> float:
        """How far the other one is below (`down` 1) or above (-1); negative where it is not."""
        return self.bottom - other.top if down > 0 else other.bottom - self.top

    def aside(self, other: "Rect") -> float:
        """How far the other one is to the side; a little even where it overlaps, for the nearest middle."""
        apart = max(0.0, other.left - self.right, self.left - other.right)
        return apart + abs(self.middle - other.middle) / 10

    @classmethod
    def around(cls, rects: Iterable["Rect"]) -> "Rect":
        """The smallest rectangle that holds these."""
        lefts, bottoms, rights, tops = zip(*rects, strict=True)
        return cls(min(lefts), min(bottoms), max(rights), max(tops))
