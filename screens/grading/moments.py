"""States that are not views of their own: open panels, a countdown, a finger that is down, the end of a long page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from screens.robot import Robot
from screens.sample_parts import local
from screens.surface import Surface


class Hand(NamedTuple):
    """What a moment works with: a hand on the window, and the surface it is on."""

    robot: Robot
    surface: Surface


Do = Callable[[Hand], None]


@dataclass(frozen=True)
class Moment:
    """On which samples, what the chrome says besides, what the hand does, and how it leaves the surface as it was."""

    samples: tuple[str, ...]
    chrome: Mapping[str, Any] = field(default_factory=dict)
    act: Do = lambda _: None
    undo: Do = lambda _: None
    in_every_contrast: bool = True
    """False for what only moves texts that are drawn anyway."""


def _press(name: str) -> Do:
    return lambda hand: hand.robot.press(name)


def _hold(name: str) -> Do:
    """A finger comes down and stays."""

    def hold(hand: Hand) -> None:
        piece = hand.robot.find(name)
        if hand.surface.scroll and piece.get_root_window() is None:
            hand.surface.scroll.show(piece)
        hand.robot.down(*hand.robot.spot(piece))

    return hold


def _let_go(hand: Hand) -> None:
    """At the corner, where nothing is: it presses nothing."""
    hand.robot.move(1, 1)
    hand.robot.up(1, 1)


def scroll_to(surface: Surface, offset: float) -> None:
    """The page stands there, and the page buttons say so; what is further than the end is the end."""
    if surface.scroll:
        surface.scroll.scroll_to(offset)
        surface.page_moved()


def _to_the_end(hand: Hand) -> None:
    if hand.surface.scroll:
        scroll_to(hand.surface, hand.surface.scroll.end)


BANNER = local("练习：没有真的提交", "練習：沒有真的提交", "Practice: nothing is really filed.")
LONG = ("home", "choose-long", "search-results", "guide", "review", "message-done", "message-unreadable")

MOMENTS: Mapping[str, Moment] = {
    "languages": Moment(("home", "guide"), act=_press("language"), undo=_press("language")),
    "sizes": Moment(("home", "guide"), act=_press("size"), undo=_press("size")),
    "countdown": Moment(("guide", "search-results", "message-done"), {"left_s": 18}),
    "banner": Moment(("home", "guide", "wait-card"), {"banner": BANNER}, in_every_contrast=False),
    "held-option": Moment(("home",), act=_hold("guides"), undo=_let_go),
    "held-main": Moment(("message-done",), act=_hold("finish"), undo=_let_go),
    "held-asleep": Moment(("home-no-paper",), act=_hold("apply"), undo=_let_go),
    "held-key": Moment(("search-results",), act=_hold("key-a"), undo=_let_go),
    "no-keyboard": Moment(("search-results",), act=_press("key-hide"), undo=_press("field"), in_every_contrast=False),
    "end": Moment(LONG, act=_to_the_end, in_every_contrast=False),
}
"""Name -> what to do after the view is drawn. A part of the screen that is added later enters its states here."""
