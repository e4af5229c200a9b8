"""Whether anything is on a page. Pillow is imported with the first page; a page of 300 dpi takes about 20 ms."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.ports.page import Concern, Page

if TYPE_CHECKING:
    from PIL.Image import Image

SMALL = (250, 350)
"""A page is looked at about so large: a line of print is still darker than the paper."""
EDGE = 0.04
"""So much at each edge is not looked at: shadows of the lid and of the paper's end."""
APART = 40
"""Print differs from the paper by so many grey levels of 256."""
LEAST = 0.0004
"""The share of the page that a single line of print covers at least."""


def judged(page: Page) -> Page:
    """The page, with Concern.BLANK where nothing is on it. One that is no picture is left as it is."""
    from PIL import Image  # noqa: PLC0415

    try:
        with Image.open(io.BytesIO(page.jpeg)) as opened:
            opened.draft("L", SMALL)
            blank = is_blank(opened.convert("L"))
    except (OSError, ValueError, Image.DecompressionBombError):
        return page
    return replace(page, concerns=page.concerns | {Concern.BLANK}) if blank else page


def is_blank(grey: Image) -> bool:
    """Whether a grey picture of a page is all of one shade, white or dark."""
    grey.thumbnail((4 * SMALL[0], 4 * SMALL[1]))
    wide, high = grey.size
    inner = grey.crop((round(wide * EDGE), round(high * EDGE), round(wide * (1 - EDGE)), round(high * (1 - EDGE))))
    counts = inner.histogram()
    paper = _median(counts)
    print_ = sum(count for level, count in enumerate(counts) if abs(level - paper) > APART)
    return print_ < LEAST * max(1, sum(counts))


def _median(counts: list[int]) -> int:
    half, seen = sum(counts) / 2, 0
    for level, count in enumerate(counts):
        seen += count
        if seen >= half:
            return level
    return 0
