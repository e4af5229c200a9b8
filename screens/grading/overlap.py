"""Whether anything stands on something else."""

from collections.abc import Iterator
from itertools import combinations

from screens.grading.cuts import ink_place
from screens.grading.rule import Mark, rule
from screens.grading.shot import Rect, Shot, name_of, within
from screens.pieces import Piece
from screens.touch import Pressable

TOUCH_PX = 2.0
"""So much of two rectangles may be the same: whole pixels, and the room a face leaves around its letters."""


@rule("overlap", "this house: no layout breaks at any size", "no text stands on another or on a button's edge")
def overlap(shot: Shot) -> Iterator[Mark]:
    """No two texts stand on each other, no text on the edge of a button, no part of the page on another."""
    places = {text: ink_place(text).cut(shot.seen[text]) for text in shot.written}
    for (one, at), (other, there) in combinations(places.items(), 2):
        yield Mark(not at.meets(there, TOUCH_PX), f"{name_of(one)} and {name_of(other)}", "on each other", "apart")
    for text, at in places.items():
        for button in shot.pressables:
            yield Mark(_clear(text, at, button, shot), f"{name_of(text)} on {name_of(button)}", "on its edge", "apart")
    yield from _parts(shot)


def _clear(text: Piece, at: Rect, button: Pressable, shot: Shot) -> bool:
    return within(text, button) or not at.meets(shot.seen[button], TOUCH_PX)


def _parts(shot: Shot) -> Iterator[Mark]:
    roots = [one for one in shot.surface.children if isinstance(one, Piece) and one in shot.seen and one is not shot.panel]
    for one, other in combinations(roots, 2):
        good = not shot.seen[one].meets(shot.seen[other], TOUCH_PX)
        names = " and ".join(shot.part_of(part) or name_of(part) for part in (one, other))
        yield Mark(good, names, "on each other", "apart")
