"""Writing with a finger on the pad, by real mouse events."""

from collections.abc import Callable

import pytest
from kivy.graphics import Point
from kivy.tests.common import UnitTestTouch

from kiosk.ports.writing import Method
from screens.keyboard.pad import Pad
from screens.samples import SAMPLES, chrome

from .conftest import Stage
from .fake_writing import DRAWN
from .writing_hands import SEARCH, candidates, keys, opened_on, said, texts

Open = Callable[..., Stage]


def pad(opened: Stage) -> Pad:
    found = opened.robot.find("pad")
    assert isinstance(found, Pad)
    return found


def draw(opened: Stage, *points: tuple[float, float]) -> None:
    """A stroke through points of the pad, 0 to 1, y downwards."""
    field = pad(opened)
    spots = [(field.x + x * field.width, field.top - y * field.height) for x, y in points]
    opened.robot.down(*spots[0])
    opened.robot.frames(1)
    for spot in spots[1:]:
        opened.robot.move(*spot)
        opened.robot.frames(1)
    opened.robot.up(*spots[-1])
    opened.robot.frames()


def ink(opened: Stage) -> int:
    """How many lines are on the pad."""
    return sum(isinstance(one, Point) for one in pad(opened).canvas.after.children)


ACROSS, DOWN = ((0.2, 0.3), (0.5, 0.3), (0.8, 0.3)), ((0.5, 0.1), (0.5, 0.9))


@pytest.fixture(params=["portrait", "small"])
def written(stage: Open, request: pytest.FixtureRequest) -> tuple[Stage, object]:
    opened, writing = opened_on(stage, SEARCH, "zh_HK", request.param)
    draw(opened, *ACROSS)
    return opened, writing


def test_a_stroke_gives_at_least_eight_large_characters(written: tuple[Stage, object]) -> None:
    opened, writing = written
    assert candidates(opened)[:8] == list(DRAWN[:8])
    ((stroke,),) = writing.seen
    assert [(round(x, 1), round(y, 1)) for x, y in stroke] == list(ACROSS)


def test_the_line_is_there_before_the_finger_leaves(stage: Open) -> None:
    opened, writing = opened_on(stage, SEARCH, "zh_HK")
    field = pad(opened)
    opened.robot.down(field.x + 100, field.y + 100)
    opened.robot.frames(1)
    opened.robot.move(field.x + 200, field.y + 100)
    opened.robot.frames(1)
    line = next(one for one in field.canvas.after.children if isinstance(one, Point))
    assert (len(line.points) > 40, writing.seen) == (True, [])
    opened.robot.up(field.x + 200, field.y + 100)
    opened.robot.frames()
    assert len(writing.seen) == 1


def test_choosing_writes_and_wipes(written: tuple[Stage, object]) -> None:
    opened, _ = written
    draw(opened, *DOWN)
    assert ink(opened) == 2
    keys(opened, "candidate-1")
    assert (texts(opened), candidates(opened), ink(opened)) == ([DRAWN[2]], [], 0)


def test_undo_takes_one_stroke_and_wipe_all(written: tuple[Stage, object]) -> None:
    opened, writing = written
    draw(opened, *DOWN)
    keys(opened, "key-undo")
    assert (ink(opened), len(writing.seen[-1]), candidates(opened)[0]) == (1, 1, DRAWN[0])
    draw(opened, *DOWN)
    keys(opened, "key-wipe")
    assert (ink(opened), candidates(opened)) == (0, [])


def test_delete_takes_strokes_first(written: tuple[Stage, object]) -> None:
    opened, _ = written
    keys(opened, "candidate-0")
    draw(opened, *ACROSS)
    keys(opened, "key-backspace")
    assert (ink(opened), texts(opened)) == (0, [DRAWN[0]])
    keys(opened, "key-backspace")
    assert texts(opened)[-1] == ""


def test_beyond_the_edge_the_line_stays_on_the_pad(stage: Open) -> None:
    opened, writing = opened_on(stage, SEARCH, "zh_HK")
    draw(opened, (0.5, 0.5), (1.9, 0.5), (0.5, -3.0))
    ((stroke,),) = writing.seen
    assert all(0 <= part <= 1 for point in stroke for part in point)
    assert texts(opened) == []


def test_a_second_finger_writes_nothing(stage: Open) -> None:
    opened, writing = opened_on(stage, SEARCH, "zh_HK")
    field = pad(opened)
    opened.robot.down(field.x + 100, field.y + 100)
    opened.robot.frames(1)
    palm = UnitTestTouch(*opened.robot.spot(opened.robot.find("mode-strokes")))
    palm.touch_down()
    opened.robot.frames()
    palm.touch_up()
    opened.robot.frames()
    assert (pad(opened), writing.seen) == (field, [])
    opened.robot.up(field.x + 100, field.y + 100)
    opened.robot.frames()
    assert len(writing.seen) == 1


@pytest.mark.parametrize("leave", ["mode", "page", "visit"])
def test_strokes_are_forgotten(written: tuple[Stage, object], leave: str) -> None:
    opened, _ = written
    writer = opened.app.surface.screen.writer()
    if leave == "mode":
        keys(opened, "mode-strokes")
    else:
        name = "guide" if leave == "page" else "attract"
        opened.app.show(SAMPLES[name], chrome("zh_HK", "M", home=leave == "visit"))
    assert (writer.strokes, writer.candidates) == ([], ())


def test_when_recognising_fails_the_strokes_stay_and_the_next_one_tries_again(stage: Open) -> None:
    opened, writing = opened_on(stage, SEARCH, "zh_CN")
    keys(opened, "mode-handwriting")
    writing.broken = True
    draw(opened, *ACROSS)
    assert (ink(opened), candidates(opened)) == (1, [])
    assert "手写现在用不了" in said(opened)
    writing.broken = False
    draw(opened, *DOWN)
    assert candidates(opened)[0] == DRAWN[1]


def test_without_an_engine_the_pad_gives_way_to_a_sentence(stage: Open) -> None:
    opened, _ = opened_on(stage, SEARCH, missing=[Method.HANDWRITING])
    keys(opened, "mode-handwriting")
    assert "pad" not in opened.robot.names()
    assert "not installed" in said(opened)
