"""Signing with a finger, by real mouse events, on the page that asks for it."""

import math
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from kivy.graphics import Point
from kivy.tests.common import UnitTestTouch

from kiosk.events.signing import Signed
from kiosk.events.touches import Pressed
from kiosk.texts import msg
from kiosk.views.parts import Action
from kiosk.views.signing import SignView
from screens.sample_parts import SIGNATURE
from screens.samples import SAMPLES, chrome
from screens.sign import SignField

from .conftest import Stage

Open = Callable[..., Stage]
EMPTY = SAMPLES["sign-empty"]
assert isinstance(EMPTY, SignView)
BROAD = ((0.1, 0.2), (0.3, 0.1), (0.5, 0.3), (0.8, 0.15))
DOT = ((0.5, 0.2),)


class Desk:
    """The page, and a journey that takes what it is told."""

    def __init__(
        self, stage: Open, screen: str = "portrait", *, answers: bool = True, **more: str | float | bool
    ) -> None:
        self.told: list[object] = []
        self.view = EMPTY
        self.answers = answers
        self.chrome = chrome("en", "M", **more)
        self.opened = stage(screen, tell=self.tell)
        self.opened.app.show(self.view, self.chrome)
        self.opened.robot.frames()

    def tell(self, event: object) -> None:
        self.told.append(event)
        if isinstance(event, Signed) and self.answers:
            self.view = replace(self.view, strokes=event.strokes)
            self.opened.app.show(self.view, self.chrome)

    @property
    def field(self) -> SignField:
        found = self.opened.robot.find("sign")
        assert isinstance(found, SignField)
        return found

    def spot(self, x: float, y: float) -> tuple[float, float]:
        """A point in widths of the field, y downwards."""
        return self.field.x + x * self.field.width, self.field.top - y * self.field.width

    def draw(self, *points: tuple[float, float]) -> None:
        robot = self.opened.robot
        robot.down(*self.spot(*points[0]))
        robot.frames(1)
        for point in points[1:]:
            robot.move(*self.spot(*point))
            robot.frames(1)
        robot.up(*self.spot(*points[-1]))
        robot.frames()

    def press(self, name: str) -> None:
        self.opened.robot.press(name)
        self.opened.robot.frames()

    @property
    def signed(self) -> tuple[object, ...]:
        """What was told last."""
        return next(event.strokes for event in reversed(self.told) if isinstance(event, Signed))

    @property
    def dots(self) -> int:
        """How much ink there is."""
        return sum(len(one.points) // 2 for one in self.field.canvas.after.children if isinstance(one, Point))

    @property
    def offered(self) -> bool:
        """Whether the signature can be kept."""
        return any(one.event == Pressed("signed") for one in self.opened.app.surface.pressables())


@pytest.fixture(params=["portrait", "small"])
def desk(stage: Open, request: pytest.FixtureRequest) -> Desk:
    return Desk(stage, request.param)


def test_a_stroke_is_told_in_widths_of_the_field(desk: Desk) -> None:
    desk.draw(*BROAD)
    (stroke,) = desk.signed
    assert [part for point in stroke for part in point] == pytest.approx(
        [part for point in BROAD for part in point], abs=0.01
    )


def test_it_can_be_kept_once_it_is_a_signature(desk: Desk) -> None:
    assert not desk.offered
    assert "Please sign in the frame first" in said(desk)
    desk.draw(*DOT)
    assert not desk.offered
    assert "a little larger" in said(desk)
    desk.draw(*BROAD)
    assert desk.offered
    desk.press("signed")
    assert desk.told[-1] == Pressed("signed")


def test_undo_takes_the_last_stroke_and_clear_all(desk: Desk) -> None:
    desk.draw(*BROAD)
    desk.draw((0.2, 0.3), (0.6, 0.3))
    ink = desk.dots
    desk.press("key-undo")
    assert len(desk.signed) == 1
    assert 0 < desk.dots < ink
    desk.press("key-clear")
    assert (desk.signed, desk.dots, desk.offered) == ((), 0, False)
    desk.press("key-undo")
    assert desk.signed == ()


def test_the_line_is_under_the_finger_before_it_leaves(desk: Desk) -> None:
    robot = desk.opened.robot
    robot.down(*desk.spot(0.2, 0.2))
    robot.frames(1)
    robot.move(*desk.spot(0.4, 0.2))
    robot.frames(1)
    assert desk.dots > 10
    assert not any(isinstance(event, Signed) for event in desk.told)
    robot.up(*desk.spot(0.4, 0.2))
    robot.frames()
    assert len(desk.signed) == 1


def test_a_quick_hand_draws_a_thinner_line(stage: Open) -> None:
    desk = Desk(stage)
    slow = [(0.1 + step * 0.004, 0.1) for step in range(30)]
    desk.draw(*slow)
    thick = {one.pointsize for one in desk.field.canvas.after.children if isinstance(one, Point)}
    desk.press("key-clear")
    desk.draw((0.1, 0.1), (0.3, 0.1), (0.5, 0.1), (0.7, 0.1), (0.9, 0.1))
    thin = {one.pointsize for one in desk.field.canvas.after.children if isinstance(one, Point)}
    assert min(thin) < min(thick)


def test_beyond_the_edge_the_line_stays_in_the_field(desk: Desk) -> None:
    desk.draw((0.5, 0.2), (1.9, 0.2), (0.5, -3.0), (-2.0, 5.0))
    (stroke,) = desk.signed
    height = desk.field.height / desk.field.width
    assert all(0 <= x <= 1 and 0 <= y <= height for x, y in stroke)


def test_a_palm_beside_the_finger_draws_nothing(desk: Desk) -> None:
    robot = desk.opened.robot
    robot.down(*desk.spot(0.3, 0.2))
    palm = UnitTestTouch(*robot.spot(robot.find("key-clear")))
    palm.touch_down()
    robot.move(*desk.spot(0.7, 0.25))
    palm.touch_up()
    robot.frames()
    robot.up(*desk.spot(0.7, 0.25))
    robot.frames()
    assert len(desk.signed) == 1
    assert desk.dots > 0


def test_there_is_always_another_way(desk: Desk) -> None:
    desk.press("sign_otherwise")
    assert desk.told[-1] == Pressed("sign_otherwise")


def test_a_page_without_another_way_cannot_be_made() -> None:
    main = Action(Pressed("signed"), msg("Keep this signature"), main=True)
    for actions in ((), (main,), (main, Action(Pressed("x"), msg("Sign by typing my name"), available=False))):
        with pytest.raises(ValueError, match="another way"):
            SignView(msg("Please sign"), "", actions)


@pytest.mark.parametrize("change", [{"low": True}, {"left_hand": True}, {"contrast": "dark"}, {"text_size": "XL"}])
def test_another_size_or_reach_keeps_the_signature_in_its_field(stage: Open, change: dict[str, object]) -> None:
    desk = Desk(stage, "small")
    desk.draw(*BROAD)
    preferences = desk.chrome.preferences
    for name, value in change.items():
        preferences = preferences.but(name, value)
    desk.chrome = replace(desk.chrome, preferences=preferences)
    desk.opened.app.show(desk.view, desk.chrome)
    desk.opened.robot.frames()
    assert len(desk.field.strokes) == 1
    assert max(y for _x, y in desk.field.strokes[0]) * desk.field.width <= desk.field.height
    assert desk.offered
    desk.draw((0.2, 0.3), (0.6, 0.3))
    assert len(desk.signed) == 2


def test_strokes_that_the_journey_has_not_answered_yet_stay(stage: Open) -> None:
    desk = Desk(stage, answers=False)
    desk.draw(*BROAD)
    desk.draw((0.2, 0.3), (0.6, 0.3))
    assert len(desk.signed) == 2
    desk.opened.app.show(replace(desk.view, strokes=desk.told[0].strokes), desk.chrome)  # the answer to the first
    desk.opened.robot.frames()
    assert len(desk.field.strokes) == 2


def test_a_signature_never_goes_below_other_words(stage: Open) -> None:
    desk = Desk(stage)
    desk.draw(*BROAD)
    desk.opened.app.show(replace(desk.view, strokes=(), statement="Something else."), desk.chrome)
    desk.opened.robot.frames()
    assert desk.field.strokes == ()
    assert (desk.dots, desk.offered) == (0, False)


@pytest.mark.parametrize("leave", ["guide", "attract"])
def test_nothing_of_it_stays_when_the_page_is_left(stage: Open, leave: str) -> None:
    desk = Desk(stage)
    desk.draw(*BROAD)
    field, screen = desk.field, desk.opened.app.surface.screen
    desk.opened.app.show(SAMPLES[leave], chrome("en", "M", home=leave == "attract"))
    assert field.strokes == ()
    assert not [one for one in field.canvas.after.children if isinstance(one, Point)]
    assert "0.1" not in repr(vars(screen))


def test_a_signature_shown_again_is_there(stage: Open) -> None:
    desk = Desk(stage)
    desk.opened.app.show(replace(EMPTY, strokes=SIGNATURE), desk.chrome)
    desk.opened.robot.frames()
    assert desk.dots > 300
    assert desk.offered


def test_one_point_more_costs_little_on_a_page_full_of_scribble(stage: Open) -> None:
    field = Desk(stage).field
    for turn in range(20):
        for step in range(30):
            field.ink(field.center_x + 300 * math.cos(step / 3), field.center_y + 100 * math.sin(step / 2 + turn))
        field.lift()
    began = time.process_time()
    for step in range(100):
        field.ink(field.center_x + step, field.center_y)
    assert (time.process_time() - began) / 100 < 0.002
    field.lift()
    assert len(field.strokes) == 21


def test_events_and_views_show_nothing_of_it() -> None:
    assert "0.2" not in repr(Signed(SIGNATURE))
    assert "0.2" not in repr(replace(EMPTY, strokes=SIGNATURE))


def test_with_the_voice_on_the_first_touch_names_the_field_and_the_second_draws(stage: Open) -> None:
    desk = Desk(stage, voice=True)
    desk.draw(*BROAD)
    assert not any(isinstance(event, Signed) for event in desk.told)
    desk.draw(*BROAD)
    assert len(desk.signed) == 1


def said(desk: Desk) -> str:
    """All words on the page."""
    from screens.pieces import Words

    return " ".join(one.text for one in desk.opened.app.surface.walk(restrict=True) if isinstance(one, Words))
