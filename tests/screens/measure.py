"""What single tests ask about a laid-out surface; the rules themselves are those of the gallery."""

from collections.abc import Sequence

import numpy as np

from screens.grading import RULES, Shot
from screens.grading.shot import SLACK_PX, place_of
from screens.pieces import Piece
from screens.rect import Rect
from screens.surface import Surface
from screens.touch import Pressable

__all__ = ["SLACK_PX", "Rect", "broken", "pieces", "rect", "targets"]

DARK = np.zeros((1, 1, 4), np.uint8)
"""No picture: these rules look at places only."""


def pieces(surface: Surface) -> list[Piece]:
    """Everything on the surface, and everything further down in the scrolling part."""
    return Shot(surface, DARK).everything


def rect(piece: Piece) -> Rect:
    """Where a piece is in the window: left, bottom, right, top."""
    return place_of(piece)


def targets(surface: Surface) -> list[tuple[Pressable, Rect]]:
    """What can be touched now and where, cut to the scrolling area's window."""
    shot = Shot(surface, DARK)
    return [(one, shot.seen[one]) for one in shot.pressables]


def broken(surface: Surface, rules: Sequence[str]) -> list[str]:
    """What breaks one of these rules, a line each."""
    shot = Shot(surface, DARK)
    return [f"{name}: {mark}" for name in rules for mark in RULES[name].check(shot) if not mark.good]


def cut_texts(surface: Surface) -> list[str]:
    """Texts that are wider or higher than their place, or whose words were divided."""
    return broken(surface, ["cut-off"])


def outside(surface: Surface) -> list[str]:
    """What stands out of the screen."""
    return broken(surface, ["on-screen", "sideways"])


def missing_glyphs(surface: Surface) -> list[str]:
    """Characters no face has, and icons the icon font does not have."""
    return broken(surface, ["tofu"])


def small_targets(surface: Surface) -> list[str]:
    """Targets with a side under 12.7 mm."""
    return broken(surface, ["touch-target"])


def close_targets(surface: Surface) -> list[str]:
    """Pairs of targets with less than 2.54 mm between them."""
    return broken(surface, ["touch-gap"])
