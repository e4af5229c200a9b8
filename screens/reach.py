"""Where on the glass hands can be: the band in which everything that is touched has to stand.

EN 301 549 8.3: controls stand between 380 and 1,220 mm above the floor. Pure arithmetic, no drawing.
"""

from dataclasses import dataclass

LOWEST_MM, HIGHEST_MM = 380.0, 1220.0
"""Above the floor: the reach of somebody who sits (EN 301 549 8.3)."""
LOW_SHARE = 0.62
"""Low reach uses at most this part of the glass, so that it always lowers something."""
PAGE_MM = 168.0
"""What a page with its header, a keyboard and the bottom bar needs at least at the largest text size."""


@dataclass(frozen=True)
class Band:
    """Part of the glass, in mm above its lower edge."""

    bottom_mm: float
    top_mm: float

    @property
    def height_mm(self) -> float:
        """From bottom to top."""
        return self.top_mm - self.bottom_mm


def band(height_mm: float, mounting_mm: float, *, low: bool) -> Band:
    """Where controls stand on a glass `height_mm` tall whose lower edge is `mounting_mm` above the floor.

    Nothing stands under 380 mm; in low reach nothing above 1,220 mm nor above 62 % of the glass. Where the glass itself
    does not reach into that range, or is smaller than a page, the page comes first: it keeps its 168 mm.
    """
    bottom = min(max(0.0, LOWEST_MM - mounting_mm), max(0.0, height_mm - PAGE_MM))
    if not low:
        return Band(bottom, height_mm)
    top = min(HIGHEST_MM - mounting_mm, LOW_SHARE * height_mm)
    return Band(bottom, min(height_mm, max(top, bottom + PAGE_MM)))
