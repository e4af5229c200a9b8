"""Contrast as it arrived in the pixels, whatever the palette meant."""

from collections.abc import Iterator

import numpy as np

from screens.grading.ink import contrast_in, ground_of, ratios
from screens.grading.rule import Mark, rule
from screens.grading.shot import Shot, ancestors, name_of
from screens.grading.targets import live
from screens.grading.texts import type_px
from screens.pieces import Box, Piece
from screens.rect import Rect
from screens.touch import Pressable

TEXT = {"standard": 10.0, "vivid": 10.0, "light": 20.0, "dark": 20.0}
NEVER_UNDER = 4.5
EDGE = 3.0
ROUNDING = 0.98
"""Anti-aliased cores of thin strokes miss the full colour by a step of 255."""
PART_LINE = 0.8
"""A text of which less than this share of a line can be seen is at the edge of the scrolling window."""


@rule("text-contrast", "VVSG 2.0, WCAG 2.2 1.4.3", "texts 10:1, black on white and white on black 20:1")
def text_contrast(shot: Shot) -> Iterator[Mark]:
    """Texts reach 10:1 with the ground they are drawn on, 20:1 in the two strongest contrasts (VVSG 2.0); while a
    finger presses 4.5:1 (WCAG 1.4.3). What shows a contrast on offer is measured by that contrast."""
    for text in shot.written:
        at = shot.seen[text]
        if at.height < min(text.height, type_px(text) * 1.45) * PART_LINE:
            continue
        wanted = NEVER_UNDER if _is_held(text) else TEXT[text.pen.theme.contrast]
        found = contrast_in(shot.crop(at))
        yield Mark(found >= wanted * ROUNDING, name_of(text), found, f">= {wanted:.1f}:1")


def _is_held(text: Piece) -> bool:
    """Whether a finger is on what the text stands on: its ground is not the usual one."""
    boxes = [one for one in ancestors(text) if isinstance(one, Box)]
    return bool(boxes) and any(box.shown not in (None, box.fill) for box in boxes)


@rule("icon-contrast", "WCAG 2.2 1.4.11, this house", f"icons {NEVER_UNDER}:1")
def icon_contrast(shot: Shot) -> Iterator[Mark]:
    """Icons carry meaning beside words: 4.5:1 is never undercut (WCAG 1.4.11 asks for 3:1)."""
    for icon in shot.icons:
        if icon.side > 0:
            found = contrast_in(shot.crop(shot.seen[icon]))
            yield Mark(found >= NEVER_UNDER * ROUNDING, name_of(icon), found, f">= {NEVER_UNDER}:1")


@rule("control-edge", "WCAG 2.2 1.4.11", f"outline or ground of a control {EDGE:.0f}:1 with what is around")
def control_edge(shot: Shot) -> Iterator[Mark]:
    """Where a control ends can be seen: its outline or its ground has 3:1 with what is around (WCAG 1.4.11); for what
    is in focus the frame around it has."""
    for one in filter(shot.is_whole, live(shot)):
        at, deep = _edge(shot, one)
        found = [ratio for ratio in (_side(shot, at, deep, *way) for way in WAYS) if ratio]
        if found:
            middle = float(np.median(found))
            yield Mark(middle >= EDGE * ROUNDING, name_of(one), middle, f">= {EDGE:.0f}:1")


WAYS = ((-1, 0), (1, 0), (0, -1), (0, 1))
FRAME_PX = 8
"""The frame's outer and middle line."""
AROUND_PX = 3
"""So far outside a control its surroundings are looked at."""


def _edge(shot: Shot, one: Pressable) -> tuple[Rect, int]:
    """Where a control ends, and how deep its outline is in pixels; the frame is the end of what is in focus."""
    focus = shot.surface.focus
    if focus.outline and focus.is_framed(one):
        return Rect(*focus.outline), FRAME_PX
    return shot.seen[one], round(one.rule) + 4


def _side(shot: Shot, at: Rect, deep: int, across: int, up: int) -> float:
    """The contrast at the middle of one side; 0 where that side cannot be seen."""
    if not shot.whole.holds(_strip(at, across, up, -AROUND_PX, -1)) or min(at.width, at.height) < 3:
        return 0.0
    outside = ground_of(shot.crop(_strip(at, across, up, -AROUND_PX, -1)))
    inside = shot.crop(_strip(at, across, up, 0, deep))
    layers = inside if up else inside.swapaxes(0, 1)
    return float(ratios(layers[:, layers.shape[1] // 2], outside).max())


def _strip(at: Rect, across: int, up: int, start: int, end: int) -> Rect:
    """A strip along the middle third of one side, from `start` to `end` pixels inwards."""
    if across:
        third = at.height / 3
        edge = at.right if across > 0 else at.left
        one, other = edge - across * start, edge - across * end
        return Rect(min(one, other), at.bottom + third, max(one, other), at.top - third)
    third = at.width / 3
    edge = at.top if up > 0 else at.bottom
    one, other = edge - up * start, edge - up * end
    return Rect(at.left + third, min(one, other), at.right - third, max(one, other))
