"""States that are not views of their own: open panels, the voice's bar, the focus, ways to write, a finger that is down."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kiosk.ports.camera import Viewfinder
from kiosk.ports.page import Concern
from screens.robot import Robot
from screens.sample_camera import PretendViewfinder
from screens.sample_parts import local
from screens.samples import SAMPLES
from screens.surface import Surface
from screens.tools import NoViewfinder


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
    in_every_contrast: bool = False
    """True for what has colours of its own; the others only move what is drawn anyway."""


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


def _anew(hand: Hand) -> None:
    """The next visitor: nothing stays of what was written, chosen or shown."""
    if hand.surface.chrome:
        hand.surface.show(SAMPLES["attract"], hand.surface.chrome)


def _write(mode: str, *keys: str) -> Do:
    """Another way to write, behind "more" where it is not in the first row; then these keys."""

    def write(hand: Hand) -> None:
        _use(hand, f"mode-{mode}")
        for key in keys:
            _act(hand, f"key-{key}")

    return write


def _use(hand: Hand, mode: str) -> None:
    for _ in range(ROWS_OF_MODES):
        if mode in hand.robot.names() or "mode-more" not in hand.robot.names():
            break
        _act(hand, "mode-more")
    _act(hand, mode)


def _act(hand: Hand, name: str) -> None:
    """What a press does, without waiting for frames."""
    hand.surface.act(hand.robot.find(name))


def _draw(hand: Hand) -> None:
    """Two strokes on the pad."""
    _write("handwriting")(hand)
    for start, end in (((0.2, 0.5), (0.8, 0.5)), ((0.5, 0.2), (0.5, 0.8))):
        pad = hand.robot.find("pad")
        places = [(pad.x + x * pad.width, pad.y + y * pad.height) for x, y in (start, end)]
        for touch, place in ((hand.robot.down, 0), (hand.robot.move, 1), (hand.robot.up, 1)):
            touch(*places[place])
            hand.robot.frames(1)


def _focus(name: str, first: str = "") -> Do:
    """The focus is on something; `first` is pressed before."""

    def focus(hand: Hand) -> None:
        if first:
            _act(hand, first)
        hand.surface.focus.go_to(hand.robot.find(name))

    return focus


def _open(name: str) -> Do:
    """Press something at once: while somebody listens, a finger's first touch only says what it is on."""
    return lambda hand: _act(hand, name)


def _unfocus(hand: Hand) -> None:
    hand.surface.close_panel()
    hand.surface.focus.hide()


def _key_help(hand: Hand) -> None:
    hand.robot.key("f1")


def _sees(viewfinder: Viewfinder) -> Do:
    """The camera sees something else."""

    def look(hand: Hand) -> None:
        hand.surface.tools.viewfinder = viewfinder
        hand.surface.redraw()

    return look


def _drag(name: str) -> Do:
    """A finger has pulled something a little up and to the left, and stays."""

    def drag(hand: Hand) -> None:
        _hold(name)(hand)
        hand.robot.frames(1)
        x, y = hand.robot.spot(hand.robot.find(name))
        hand.robot.move(x - 12, y + 12)
        hand.robot.frames(1)

    return drag


def _drop(hand: Hand) -> None:
    """The finger leaves what it drags, and nothing stays of it."""
    _let_go(hand)
    _anew(hand)


BANNER = local("练习：没有真的提交", "練習：沒有真的提交", "Practice: nothing is really filed.")
LONG = ("home", "choose-long", "search-results", "guide", "review", "message-done", "message-unreadable")
HEARD = ("home", "camera", "guide", "search-results", "field-name", "field-id", "message-done", "wait-card", "review")
LISTENS = {"voice": True}
ROWS_OF_MODES = 4
"""More turns of the key "more" than there are rows of modes."""

MOMENTS: Mapping[str, Moment] = {
    "languages": Moment(("home", "guide"), act=_press("language"), undo=_press("language"), in_every_contrast=True),
    "display": Moment(("home", "guide"), act=_press("size"), undo=_press("size"), in_every_contrast=True),
    "help": Moment(("home", "guide"), act=_key_help, undo=_unfocus, in_every_contrast=True),
    "help-heard": Moment(("guide",), LISTENS, act=_key_help, undo=_unfocus),
    "voice": Moment(HEARD, LISTENS, undo=_unfocus, in_every_contrast=True),
    "voice-countdown": Moment(("guide",), {**LISTENS, "left_s": 18}, undo=_unfocus),
    "tongues": Moment(("guide",), LISTENS, act=_open("voice-tongue"), undo=_unfocus, in_every_contrast=True),
    "countdown": Moment(("guide", "search-results", "message-done"), {"left_s": 18}, in_every_contrast=True),
    "banner": Moment(("home", "guide", "wait-card"), {"banner": BANNER}),
    "focus": Moment(("home",), act=_focus("guides"), undo=_unfocus, in_every_contrast=True),
    "focus-key": Moment(("search-results",), act=_focus("key-hide"), undo=_unfocus),
    "focus-panel": Moment(("guide",), act=_focus("XL", "size"), undo=_unfocus),
    "held-option": Moment(("home",), act=_hold("guides"), undo=_let_go, in_every_contrast=True),
    "held-main": Moment(("message-done",), act=_hold("finish"), undo=_let_go, in_every_contrast=True),
    "held-asleep": Moment(("home-no-paper",), act=_hold("apply"), undo=_let_go, in_every_contrast=True),
    "held-key": Moment(("search-results",), act=_hold("key-hide"), undo=_let_go, in_every_contrast=True),
    "no-keyboard": Moment(("search-results",), act=_press("key-hide"), undo=_press("field")),
    "pinyin": Moment(
        ("search-empty", "field-text"), act=_write("pinyin", *"panyu"), undo=_anew, in_every_contrast=True
    ),
    "handwriting": Moment(("search-empty", "field-text"), act=_draw, undo=_anew, in_every_contrast=True),
    "strokes": Moment(("field-text",), act=_write("strokes", *"hs"), undo=_anew),
    "letters": Moment(("field-text",), act=_write("latin"), undo=_anew),
    "digits": Moment(("field-text",), act=_write("digits"), undo=_anew),
    "symbols": Moment(("field-text",), act=_write("symbols"), undo=_anew),
    "too-bright": Moment(
        ("camera",),
        act=_sees(PretendViewfinder(frozenset({Concern.TOO_BRIGHT}))),
        undo=_sees(PretendViewfinder()),
        in_every_contrast=True,
    ),
    "no-page": Moment(
        ("camera",),
        act=_sees(PretendViewfinder(frozenset({Concern.NO_PAGE}), found=False)),
        undo=_sees(PretendViewfinder()),
    ),
    "no-camera": Moment(
        ("camera",), act=_sees(NoViewfinder()), undo=_sees(PretendViewfinder()), in_every_contrast=True
    ),
    "dragging": Moment(("camera-corners",), act=_drag("corner-2"), undo=_drop, in_every_contrast=True),
    "end": Moment(LONG, act=_to_the_end),
}
"""Name -> what to do after the view is drawn. A part of the screen that is added later enters its states here."""
