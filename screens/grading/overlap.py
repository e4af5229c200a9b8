"""Whether anything stands on something else."""

from collections.abc import Iterator
from itertools import combinations

from screens.grading.cuts import ink_place
from screens.grading.rule import Mark, rule
from screens.grading.shot import Shot, name_of, within
from screens.pieces import Piece
from screens.rect import Rect
from screens.touch import Pressable

TOUCH_PX = 2.0
"""So much of two rectangles may be the same: whole pixels, and the room a face leaves around its letters."""


@rule("overlap", "this house: no layout breaks at any size", "no text stands on another or on a button's edge")
def overlap(shot: Shot) -> Iterator[Mark]:
    """No two texts stand on each other, no text on the edge of a button, no part of the page on another."""
    places = {text: ink_place(text).cut(shot.seen[text]) for text in shot.written}
    for text, at in places.items():
        others = [name_of(other) for other, there in places.items() if other is not text and at.meets(there, TOUCH_PX)]
        others += [name_of(one) for one in shot.pressables if not _clear(text, at, one, shot)]
        yield Mark(not others, name_of(text), f"on {', '.join(others)}", "apart")
    yield from _parts(shot)


def _clear(text: Piece, at: Rect, button: Pressable, shot: Shot) -> bool:
    return not at.meets(shot.seen[button], TOUCH_PX) or within(text, button)


def _parts(shot: Shot) -> Iterator[Mark]:
    roots = [
        one for one in shot.surface.children if isinstance(one, Piece) and one in shot.seen and one is not shot.panel
    ]
    for one, other in combinations(roots, 2):
        good = not shot.seen[one].meets(shot.seen[other], TOUCH_PX)
        names = " and ".join(shot.part_of(part) or name_of(part) for part in (one, other))
        yield Mark(good, names, "on each other", "apart")
