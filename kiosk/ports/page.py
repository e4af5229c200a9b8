"""A page that was scanned or photographed."""

from dataclasses import dataclass
from enum import StrEnum


class Concern(StrEnum):
    """What is wrong with a picture of a page, as a person can mend it."""

    NO_PAGE = "no_page"
    """No page was found: lay it on the dark mat."""
    MOVING = "moving"
    """Please hold still."""
    BLURRED = "blurred"
    TOO_BRIGHT = "too_bright"
    """Glare, or too much light."""
    TOO_DARK = "too_dark"
    CURVED = "curved"
    """Please flatten."""
    BLANK = "blank"
    """Nothing is on it: turn the paper over."""


@dataclass(frozen=True, repr=False)
class Page:
    """One side. `jpeg` is a JPEG file; `dpi` None where the size on paper is not known. `concerns`: what may keep
    people from reading it. `repr` shows nothing of it."""

    jpeg: bytes
    width_px: int
    height_px: int
    dpi: int | None = None
    concerns: frozenset[Concern] = frozenset()

    def __repr__(self) -> str:
        return f"<Page {self.width_px}x{self.height_px}>"
