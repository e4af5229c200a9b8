"""The focus: reading order, neighbours, the frame; on every sample, with real keys."""

from collections import Counter
from collections.abc import Callable

import pytest

from kiosk.preferences import CONTRASTS
from kiosk.texts import LocalText, Msg
from kiosk.views.start import AttractView, HomeView
from screens.focus import BODY, Focus, Stop
from screens.gallery import THEMES
from screens.hearing import label_of
from screens.palette import PALETTES, contrast
from screens.samples import SAMPLES, chrome
from screens.theme import CARD, FOCUS, FOCUS_EDGE, HEADER, KEYS, PAPER, QUIET, TEAL, TINT

from .conftest import Stage
from .crossing import crossed

Open = Callable[..., Stage]
WAKING = {name: view for name, view in SAMPLES.items() if not isinstance(view, AttractView)}
ROUND = 90
"""Moves that are enough for any sample."""


def show(opened: Stage, name: str, language: str = "zh_CN", size: str = "M", **more: object) -> Focus:
    view = SAMPLES[name]
    opened.app.show(view, chrome(language, size, home=isinstance(view, HomeView), **more))
    opened.robot.settle()
    return opened.app.surface.focus


def names(stops: list[Stop]) -> list[tuple[str, str]]:
    return [stop.key for stop in stops]


@pytest.mark.parametrize("screen", list(THEMES))
def test_the_order_has_everything_once(stage: Open, screen: str) -> None:
    opened = stage(screen)
    for name in WAKING:
        focus = show(opened, name)
        pieces = Counter(piece.name for piece in opened.app.surface.pressables())
        assert Counter(stop.piece.name for stop in focus.stops()) == pieces, name
        assert len(set(names(focus.stops()))) == len(focus.stops()), f"{name}: two things of one name"


@pytest.mark.parametrize("name", ["home", "choose-tabs", "search-results", "guide", "message-done", "wait-card"])
def test_right_visits_everything_once_and_comes_back_and_left_undoes_it(stage: Open, name: str) -> None:
    opened = stage("portrait")
    focus = show(opened, name)
    opened.robot.key("right")
    start = focus.current.key
    seen = [start]
    while len(seen) < ROUND:
        opened.robot.key("right")
        if focus.current.key == start:
            break
        seen.append(focus.current.key)
    assert sorted(seen) == sorted(names(focus.stops()))
    opened.robot.key("left")
    assert focus.current.key == seen[-1]


SHOWN = crossed(WAKING, ("M", "XL"))


@pytest.mark.parametrize("screen", list(THEMES))
def test_what_is_in_focus_is_always_in_view_with_its_frame(stage: Open, screen: str) -> None:
    opened = stage(screen)
    surface = opened.app.surface
    for name, size in ((name, size) for name, on, size in SHOWN if on == screen):
        focus = show(opened, name, size=size)
        focus.show()
        for _ in range(min(len(focus.stops()), 14)):
            focus.move("right")
            assert_in_view(opened, name)
        assert surface.focus.visible


def assert_in_view(opened: Stage, name: str) -> None:
    surface = opened.app.surface
    stop, frame = surface.focus.current, surface.focus._frame.place
    place, scroll = surface.focus.place_of(stop), surface.scroll
    assert frame is not None, (name, stop.key)
    assert surface.x <= frame.left < frame.right <= surface.right, (name, stop.key)
    assert surface.y <= frame.bottom < frame.top <= surface.top, (name, stop.key)
    if stop.area == BODY and place.height <= scroll.height:
        assert scroll.y - 1 <= place.bottom, (name, stop.key)
        assert place.top <= scroll.top + 1, (name, stop.key)
    assert frame.bottom <= max(place.bottom, scroll.y if stop.area == BODY else place.bottom), (name, stop.key)


def test_everything_in_focus_has_something_to_say(stage: Open) -> None:
    for screen, size in (("portrait", "M"), ("landscape", "XL"), ("small", "XL")):
        opened = stage(screen)
        for name in WAKING:
            focus = show(opened, name, "en", size, voice=True)
            for stop in focus.stops():
                label = label_of(stop.piece)
                assert isinstance(label, (Msg, LocalText)) or label.strip(), (name, stop.key)
        opened.app.close()


def test_up_and_down_go_to_the_nearest(stage: Open) -> None:
    opened = stage("portrait")
    focus = show(opened, "home")
    walk = []
    for key in ("down", "down", "right", "down", "down", "up", "left", "up", "up", "up"):
        opened.robot.key(key)
        walk.append(focus.current.piece.name)
    # The first key only shows where the focus is.
    assert walk == ["search", "guides", "ticket", "progress", "rate", "progress", "apply", "guides", "search", "size"]


def test_on_the_keyboard_down_finds_the_key_below(stage: Open) -> None:
    opened = stage("portrait")
    focus = show(opened, "search-results")
    focus.go_to(opened.robot.find("key-5"))
    walk = []
    for key in ("down", "down", "down", "right", "up"):
        opened.robot.key(key)
        walk.append(focus.current.piece.name)
    assert walk[0] in ("key-t", "key-r")
    assert walk[1] in ("key-f", "key-g", "key-d")
    assert walk[2][4:] in tuple("xcv")
    assert all(name.startswith("key-") for name in walk)


def test_the_first_key_only_shows_where_one_is_and_a_finger_hides_it(stage: Open) -> None:
    opened = stage("portrait")
    focus = show(opened, "home")
    assert focus._frame.place is None
    opened.robot.key("down")
    assert focus._frame.place is not None
    opened.robot.tap(5, 900)
    assert focus._frame.place is None


def test_a_panel_holds_the_focus_until_it_closes(stage: Open) -> None:
    opened = stage("portrait")
    focus = show(opened, "guide")
    opened.robot.key("down")
    before = focus.current.key
    opened.robot.key("f1")
    inside = set()
    for _ in range(20):
        opened.robot.key("down")
        inside.add(focus.current.piece.name)
    assert all(name.startswith("help-") or name == "close" for name in inside)
    opened.robot.key("f1")
    assert focus.current.key == before


def test_a_page_made_anew_keeps_the_focus_and_another_page_begins_anew(stage: Open) -> None:
    opened = stage("portrait")
    focus = show(opened, "choose-queue")
    for _ in range(2):
        opened.robot.key("down")
    assert focus.current.piece.name == "social"
    show(opened, "choose-queue", "en", "XL")
    assert focus.current.piece.name == "social"
    show(opened, "choose-long")
    assert focus.current.piece.name == "item-0"


def test_the_frame_follows_the_page(stage: Open) -> None:
    opened = stage("portrait")
    focus = show(opened, "choose-long")
    opened.robot.key("down")
    opened.robot.key("down")
    before = focus._frame.place
    opened.app.surface.scroll.scroll_to(60)
    assert focus._frame.place == before._replace(bottom=before.bottom + 60, top=before.top + 60)
    opened.app.surface.scroll.scroll_to(2000)
    assert focus._frame.place is None  # what it is on has left the window


def test_the_frame_is_seen_on_every_ground() -> None:
    for name in CONTRASTS:
        palette = PALETTES[name]
        assert contrast(palette[FOCUS], palette[FOCUS_EDGE]) >= 3
        for ground in (PAPER, CARD, TEAL, HEADER, KEYS, QUIET, TINT):
            seen = max(contrast(palette[FOCUS], palette[ground]), contrast(palette[FOCUS_EDGE], palette[ground]))
            assert seen >= 3, (name, ground)
