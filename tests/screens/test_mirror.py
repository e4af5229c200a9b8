"""Sides: left-handed pages, right-to-left pages, and what is never turned."""

from collections.abc import Callable

import pytest

from kiosk.events.touches import Pressed
from kiosk.views.parts import Action, Tone
from kiosk.views.told import MessageView
from kiosk.words import Words, load
from screens import mirror
from screens.gallery import THEMES
from screens.pen import Pen
from screens.pieces import Icon, Piece, Row, Space
from screens.pieces import Words as Text
from screens.samples import SAMPLES, chrome
from screens.touch import Pressable
from tests.screens import measure

from .conftest import Stage
from .crossing import crossed

Open = Callable[..., Stage]


def from_the_right(language: str) -> Words:
    """The language's own texts, written from the right: a stand-in for a right-to-left language."""
    known = load(language)
    return Words(language, {}, {"name": known.name, "direction": "rtl"})


def left_of(stage: Stage, one: str, other: str) -> bool:
    """Whether one control stands wholly left of another."""
    return bool(measure.rect(stage.robot.find(one))[2] <= measure.rect(stage.robot.find(other))[0])


def shown(stage: Open, sample: str, screen: str, *, rtl: bool = False, **wants: bool) -> Stage:
    more = {"words": from_the_right} if rtl else {}
    opened = stage(screen, **more)
    opened.app.show(SAMPLES[sample], chrome("en", "M", **wants))
    opened.robot.frames()
    return opened


@pytest.mark.parametrize("screen", ["landscape", "small"])
@pytest.mark.parametrize(
    ("rtl", "left_hand", "at_left"), [(False, False, False), (False, True, True), (True, False, True)]
)
def test_the_column_of_buttons_stands_at_the_hand(
    stage: Open, screen: str, rtl: bool, left_hand: bool, at_left: bool
) -> None:
    opened = shown(stage, "guide", screen, rtl=rtl, left_hand=left_hand)
    assert left_of(opened, "ticket", "section-0") is at_left
    opened = shown(stage, "choose-long", screen, rtl=rtl, left_hand=left_hand)
    assert left_of(opened, "page-down", "item-0") is at_left
    opened = shown(stage, "search-results", screen, rtl=rtl, left_hand=left_hand)
    assert left_of(opened, "key-p", "package:restaurant") is at_left


def test_in_portrait_the_main_button_and_page_down_stand_at_the_hand(stage: Open) -> None:
    asks = MessageView(
        Tone.PLAIN, "Really?", actions=(Action(Pressed("no"), "No"), Action(Pressed("yes"), "Yes", main=True))
    )
    for rtl, left_hand, at_left in (
        (False, False, False),
        (False, True, True),
        (True, False, True),
        (True, True, True),
    ):
        opened = shown(stage, "choose-long", "portrait", rtl=rtl, left_hand=left_hand)
        assert left_of(opened, "page-down", "page-up") is at_left
        opened.app.show(asks, chrome("en", "M", left_hand=left_hand))
        assert left_of(opened, "yes", "no") is at_left


def test_the_left_hand_leaves_text_and_header_where_they_are(stage: Open) -> None:
    places = []
    for left_hand in (False, True):
        opened = shown(stage, "choose-tabs", "portrait", left_hand=left_hand)
        places.append(
            [measure.rect(opened.robot.find(name)) for name in ("BackPressed", "size", "by_group", "hygiene")]
        )
    assert places[0] == places[1]


def test_a_page_from_the_right_is_mirrored(stage: Open) -> None:
    opened = shown(stage, "choose-tabs", "portrait", rtl=True)
    assert left_of(opened, "HomePressed", "BackPressed")
    assert left_of(opened, "size", "HomePressed")
    assert left_of(opened, "by_serves", "by_group")
    surface = opened.app.surface
    titles = [piece for piece in measure.pieces(surface) if isinstance(piece, Text) and piece.width > 500]
    assert titles
    assert {piece.pen.side(piece.align) for piece in titles} == {"right"}
    arrows = {mirror.icon(piece.pen, piece.name) for piece in measure.pieces(surface) if isinstance(piece, Icon)}
    assert {"arrow-right", "chevron-left"} <= arrows
    assert not {"arrow-left", "chevron-right"} & arrows


MIRRORED = {"rtl": {"rtl": True}, "rtl-left": {"rtl": True, "left_hand": True}, "left": {"left_hand": True}}
SHOWN = crossed(SAMPLES, tuple(MIRRORED))


@pytest.mark.parametrize("screen", list(THEMES))
@pytest.mark.parametrize("side", list(MIRRORED))
def test_mirrored_pages_are_whole(stage: Open, screen: str, side: str) -> None:
    checks = (measure.outside, measure.small_targets, measure.close_targets)
    opened = shown(stage, "guide", screen, **MIRRORED[side])
    around = chrome("en", "L", left_hand=MIRRORED[side].get("left_hand", False))
    for name in (name for name, *place in SHOWN if place == [screen, side]):
        opened.app.surface.show(SAMPLES[name], around)
        assert [line for check in checks for line in check(opened.app.surface)] == [], name


def test_keys_and_fixed_rows_keep_their_order_from_the_right() -> None:
    pen = Pen(THEMES["portrait"], from_the_right("en"))
    orders = []
    for fixed in (True, False):
        parts: list[Piece] = [Space(pen, 10, 10), Space(pen, 10, 10)]
        row = Row(pen, parts, [1, 1], fixed=fixed)
        row.fit(200)
        row.place(0, 10)
        orders.append([part.x for part in parts])
    assert orders == [[0, 100], [100, 0]]


def test_a_touch_on_a_mirrored_page_hits_what_stands_there(stage: Open) -> None:
    opened = shown(stage, "guide", "landscape", rtl=True)
    opened.robot.press("ticket")
    found = opened.app.surface.find(*opened.robot.spot(opened.robot.find("qr")))
    assert isinstance(found, Pressable)
    assert (found.name, [getattr(event, "name", "") for event in opened.told]) == ("qr", ["ticket"])
