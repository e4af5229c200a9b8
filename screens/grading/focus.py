"""Whether somebody who does not touch reaches everything, in an order that makes sense."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kiosk.views.start import AttractView
from screens.focus import Stop
from screens.grading.rule import Mark, rule
from screens.grading.shot import Shot, name_of, place_of
from screens.rect import Rect

SAME_LINE = 0.5
"""Two controls of which this share of the lower one is at the same height stand beside each other."""


@rule("focus-order", "WCAG 2.2 2.4.3, EN 301 549 5.1", "everything to press once, as it is read")
def focus_order(shot: Shot) -> Iterator[Mark]:
    """The focus comes to everything that can be pressed, to each once, and inside each part of the page as it is read
    (WCAG 2.4.3): lines from the top, columns not mixed."""
    if isinstance(shot.surface.view, AttractView):
        return  # any key wakes it
    order = shot.surface.focus.stops()
    for one in shot.pressables:
        times = sum(stop.piece is one for stop in order)
        behind = shot.panel is not None and shot.part_of(one) == "header"
        yield Mark(times == 1 or (behind and times == 0), name_of(one), f"{times} times", "once")
    yield from _read(shot, [stop for stop in order if shot.is_whole(stop.piece)])


def _read(shot: Shot, order: Sequence[Stop]) -> Iterator[Mark]:
    for one, after in pairwise(order):
        if one.area == after.area:
            good = not _backwards(place_of(one.piece), place_of(after.piece), mirrored=shot.pen.rtl)
            said = f"{name_of(one.piece)}, then {name_of(after.piece)}"
            yield Mark(good, said, "against the reading", "as it is read")
    areas = [stop.area for stop in order]
    changes = [area for area, before in zip(areas, ["", *areas], strict=False) if area != before]
    yield Mark(len(changes) == len(set(changes)), "parts of the page", " ".join(changes), "each in one go")


def _backwards(one: Rect, after: Rect, *, mirrored: bool) -> bool:
    """Whether the second is read before the first: nearer to where its line begins, or above it in its column."""
    shared = min(one.top, after.top) - max(one.bottom, after.bottom)
    if shared > SAME_LINE * min(one.height, after.height):
        return after.right > one.right if mirrored else after.left < one.left
    above = after.bottom >= one.top - 1
    return above and after.left < one.right and one.left < after.right
