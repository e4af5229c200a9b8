"""How high letters are and how far apart lines."""

from collections.abc import Iterator, Mapping

from kiosk.preferences import CONTRASTS, SIZES
from kiosk.views.start import AttractView
from screens.grading.ink import ink_rows
from screens.grading.rule import Mark, rule
from screens.grading.shot import Shot, Written, name_of, place_of, within
from screens.linebreak import is_wide
from screens.message import Number
from screens.pieces import Words
from screens.rect import Rect
from screens.theme import CAPITAL

CAPITALS_MM: Mapping[str, tuple[float, float]] = {"S": (3.5, 4.2), "M": (4.8, 5.6), "L": (6.4, 7.1), "XL": (8.5, 9.0)}
LINES = 1.3
EXACT = ("body", "small")
"""Roles that keep to the range; others may be larger."""
FLAT = "一二三－—丶～…·，。、：；！？（）《》“”"
"""Wide characters that are not as high as a capital."""


@rule("text-height", "ADA 707.7.2, VVSG 2.0", "capitals S 3.5-4.2, M 4.8-5.6, L 6.4-7.1, XL 8.5-9.0 mm")
def text_height(shot: Shot) -> Iterator[Mark]:
    """Capital height in real millimetres, as the type is set and as it arrived in the pixels (ADA 707.7.2, VVSG 2.0
    part 7): at least the chosen size's, for running text within its range."""
    pixel_mm = shot.mm(1)
    for text in shot.written:
        low, high = _range(shot, text)
        set_mm = type_px(text) * CAPITAL * pixel_mm
        exact = isinstance(text, Words) and text.style.role in EXACT
        good = low - pixel_mm / 2 <= set_mm and (not exact or set_mm <= high + pixel_mm / 2)
        yield Mark(good, f"{name_of(text)} as set", set_mm, f"{low}-{high} mm" if exact else f">= {low} mm")
        if shot.theme.contrast == CONTRASTS[0] and _tall(text) and shot.is_whole(text):  # colours change no height
            drawn_mm = ink_rows(shot.crop(_first_line(text))) * pixel_mm
            yield Mark(drawn_mm >= low - 1.5 * pixel_mm, f"{name_of(text)} as drawn", drawn_mm, f">= {low} mm")


def type_px(text: Written) -> float:
    """The type size a text is really set in, in pixels."""
    return text.type_px if isinstance(text, Number) else text.pen.size_px(text.style)


def _range(shot: Shot, text: Written) -> tuple[float, float]:
    """The size chosen; on the panel of sizes each shows itself, and what invites is as large as fits, S or M or more."""
    size = shot.theme.text_size
    own = text.pen.theme.text_size
    shows_itself = shot.panel is not None and within(text, shot.panel)
    if shows_itself:
        size = own
    elif isinstance(shot.surface.view, AttractView):
        size = SIZES[min(SIZES.index(size), max(SIZES.index(own), SIZES.index("M")))]
    return CAPITALS_MM[size]


def _tall(text: Written) -> bool:
    """Whether the first line has something as high as a capital, of which the pixels can tell."""
    line = text.lines[0] if isinstance(text, Words) and text.lines else text.text
    return any(
        (char.isascii() and (char.isupper() or char.isdigit())) or (is_wide(char) and char not in FLAT) for char in line
    )


def _first_line(text: Written) -> Rect:
    at = place_of(text)
    return at._replace(bottom=at.top - text.pen.line_px(text.style)) if isinstance(text, Words) else at


@rule("line-height", "Chinese elder-friendly rules (2021)", "lines 1.3 of the type size apart")
def line_height(shot: Shot) -> Iterator[Mark]:
    """Lines are at least 1.3 of the type size apart (elder-friendly terminals, MIIT 2021)."""
    for text in shot.written:
        if isinstance(text, Words) and text.lines:
            apart = min(text.height, text.texture_size[1]) / len(text.lines) / text.pen.size_px(text.style)
            yield Mark(apart >= LINES, name_of(text), apart, f">= {LINES}")
