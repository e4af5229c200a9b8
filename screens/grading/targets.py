"""Whether fingers find what they want: size, gaps, reach."""

from collections.abc import Iterator
from itertools import combinations

from screens.grading.rule import Mark, rule
from screens.grading.shot import SLACK_PX, Shot, name_of, place_of
from screens.rect import Rect
from screens.theme import GAP_MM, TARGET_MM
from screens.touch import Pressable

LOWEST_MM, HIGHEST_MM = 380.0, 1220.0


def live(shot: Shot) -> list[Pressable]:
    """What can be touched now and does something."""
    return [one for one in shot.pressables if one.available]


@rule("touch-target", "VVSG 2.0", f"sides of at least {TARGET_MM} mm")
def touch_target(shot: Shot) -> Iterator[Mark]:
    """Both sides of anything to touch are at least 12.7 mm (VVSG 2.0 part 7)."""
    for one in live(shot):
        at = place_of(one)
        side = shot.mm(min(at.width, at.height))
        yield Mark(side >= TARGET_MM - shot.mm(SLACK_PX), name_of(one), side, f">= {TARGET_MM} mm")


@rule("touch-gap", "VVSG 2.0", f"gaps of at least {GAP_MM} mm")
def touch_gap(shot: Shot) -> Iterator[Mark]:
    """Between two things to touch are at least 2.54 mm (VVSG 2.0 part 7)."""
    for one, other in combinations(shot.pressables, 2):
        apart = shot.mm(_apart(shot.seen[one], shot.seen[other]))
        yield Mark(
            apart >= GAP_MM - shot.mm(SLACK_PX), f"{name_of(one)} and {name_of(other)}", apart, f">= {GAP_MM} mm"
        )


def _apart(one: Rect, other: Rect) -> float:
    """The gap of two rectangles, along the axis where they are further apart; negative where they overlap."""
    return max(one.left - other.right, other.left - one.right, one.bottom - other.top, other.bottom - one.top)


@rule("reach", "EN 301 549 8.3", f"controls {LOWEST_MM:.0f}-{HIGHEST_MM:.0f} mm over the floor")
def reach(shot: Shot) -> Iterator[Mark]:
    """With low reach chosen, everything that can be touched is 380 to 1,220 mm over the floor (EN 301 549 clause 8.3),
    computed from where the picture is mounted."""
    if not shot.theme.low:
        return
    for one in live(shot):
        at = shot.seen[one]
        low, high = (shot.theme.mounting_mm + shot.mm(y - shot.whole.bottom) for y in (at.bottom, at.top))
        slack = shot.mm(SLACK_PX)
        good = low >= LOWEST_MM - slack and high <= HIGHEST_MM + slack
        yield Mark(good, name_of(one), f"{low:.0f}-{high:.0f} mm", f"{LOWEST_MM:.0f}-{HIGHEST_MM:.0f} mm")
