"""The gesture that opens the upkeep pages: what does, and all that does not."""

import random

import pytest

from kiosk.events.model import Event
from kiosk.events.touches import Attended, UpkeepAsked, Woken
from screens.hidden import HOLD_S, LONGEST_S, TAPS, WITHIN_S, Pattern
from screens.samples import SAMPLES, chrome

from .conftest import Stage
from .upkeep_hands import Clock, Open, shown


def asked(opened: Stage) -> int:
    return opened.told.count(UpkeepAsked())


def at_the_name(opened: Stage) -> tuple[float, float]:
    """Where the hall's name stands."""
    surface = opened.app.surface
    return surface.width * 0.2, surface.height - opened.app.surface.theme.px(8)


def hold(opened: Stage, clock: Clock, seconds: float, spot: tuple[float, float] | None = None) -> None:
    """A finger that stays."""
    x, y = spot or at_the_name(opened)
    opened.robot.down(x, y)
    opened.robot.frames(2)
    clock.seconds += seconds
    opened.robot.up(x, y)
    opened.robot.frames(1)


def gesture(opened: Stage, clock: Clock, seconds: float = HOLD_S, spot: tuple[float, float] | None = None) -> None:
    """All of it."""
    hold(opened, clock, seconds, spot)
    for _ in range(TAPS):
        clock.seconds += 0.4
        hold(opened, clock, 0.1, spot)


@pytest.mark.parametrize("screen", ["portrait", "landscape", "small"])
def test_held_and_touched_twice_at_the_halls_name(stage: Open, screen: str) -> None:
    opened, clock = shown(stage, "home", screen)
    gesture(opened, clock)
    assert opened.told == [UpkeepAsked()], "and nothing else was pressed"


def test_from_the_attract_screen_the_first_touch_wakes_as_always(stage: Open) -> None:
    heard: list[Event] = []

    def tell(event: Event) -> None:
        heard.append(event)
        if event == Woken():
            opened.app.show(SAMPLES["home"], chrome("zh_CN", "M", home=True))

    opened, clock = shown(stage, "attract", tell=tell)
    x, y = at_the_name(opened)
    opened.robot.down(x, y)
    opened.robot.frames(6)
    assert heard == [Woken()]
    clock.seconds += HOLD_S
    opened.robot.up(x, y)
    for _ in range(TAPS):
        hold(opened, clock, 0.1)
    assert heard == [Woken(), UpkeepAsked()]


def test_where_one_reads_from_the_right_it_is_at_the_right(stage: Open, arabic: object) -> None:
    opened, clock = shown(stage, "home", language="ar")
    x, y = at_the_name(opened)
    gesture(opened, clock)
    assert asked(opened) == 0
    gesture(opened, clock, spot=(opened.app.surface.width - x, y))
    assert asked(opened) == 1


@pytest.mark.parametrize("seconds", [0.1, 1.0, HOLD_S - 0.1, LONGEST_S + 0.1, 600])
def test_held_too_short_or_too_long_it_is_somebody_else(stage: Open, seconds: float) -> None:
    opened, clock = shown(stage, "home")
    gesture(opened, clock, seconds)
    assert asked(opened) == 0


def test_elsewhere_moved_late_or_with_two_fingers_it_is_nothing(stage: Open) -> None:
    opened, clock = shown(stage, "home")
    surface, robot = opened.app.surface, opened.robot
    gesture(opened, clock, spot=(surface.width / 2, surface.height * 0.3))
    x, y = at_the_name(opened)
    robot.down(x, y)
    robot.move(x + surface.theme.px(40), y)
    robot.move(x, y)
    clock.seconds += HOLD_S
    robot.up(x, y)
    hold(opened, clock, 0.1)
    hold(opened, clock, 0.1)
    hold(opened, clock, HOLD_S)
    clock.seconds += WITHIN_S + 0.1
    hold(opened, clock, 0.1)
    hold(opened, clock, 0.1)
    surface.hidden.touched(x, y)
    surface.hidden.touched(x + 5, y)
    clock.seconds += HOLD_S
    surface.hidden.lifted()
    surface.hidden.lifted()
    hold(opened, clock, 0.1)
    hold(opened, clock, 0.1)
    assert asked(opened) == 0


def test_on_no_other_page(stage: Open) -> None:
    for name in ("choose-queue", "guide", "wait-card", "field-id", "message-done"):
        opened, clock = shown(stage, name)
        gesture(opened, clock)
        assert asked(opened) == 0


def test_with_the_keypad_alone(stage: Open) -> None:
    opened, clock = shown(stage, "home")

    def help_key(seconds: float, repeats: int = 3) -> None:
        from kivy.base import EventLoop

        from kiosk.keys import CODES

        for _ in range(1 + repeats):
            EventLoop.window.dispatch("on_key_down", CODES["f1"], 0, None, [])
        clock.seconds += seconds
        EventLoop.window.dispatch("on_key_up", CODES["f1"], 0)

    help_key(HOLD_S)
    opened.robot.key("down")
    help_key(0.1)
    help_key(0.1)
    assert asked(opened) == 0, "another key in between"
    help_key(HOLD_S)
    help_key(0.1)
    help_key(0.1)
    assert asked(opened) == 1
    assert opened.app.surface.panel is None
    assert [event for event in opened.told if event not in (Attended(), UpkeepAsked())] == []


@pytest.mark.parametrize("seed", range(4))
def test_no_residents_touches_and_no_childs_hammering_open_it(seed: int) -> None:
    """50,000 touches each: quick ones, slow ones, resting hands; a hand that rests has not just tapped twice."""
    chance, clock, opened = random.Random(seed), Clock(), []
    pattern = Pattern(lambda: opened.append(clock.seconds), clock)
    for _ in range(50_000):
        pattern.down()
        kind = chance.random()
        clock.seconds += chance.uniform(0.03, 0.4) if kind < 0.8 else chance.uniform(0.4, 4.9) if kind < 0.99 else 30
        pattern.up()
        clock.seconds += chance.expovariate(1 / (0.2 if seed % 2 else 3))
    assert opened == []


def test_random_taps_all_over_the_glass_open_nothing(stage: Open) -> None:
    opened, clock = shown(stage, "home")
    surface, chance = opened.app.surface, random.Random(4)
    for _ in range(3000):
        surface.hidden.touched(chance.uniform(0, surface.width), chance.uniform(0, surface.height))
        clock.seconds += chance.choice((0.05, 0.2, 0.6, 2, 6))
        surface.hidden.moved(chance.uniform(0, surface.width), chance.uniform(0, surface.height))
        surface.hidden.lifted()
        clock.seconds += chance.uniform(0, 2)
    assert asked(opened) == 0


def test_a_finger_whose_going_was_never_told_shuts_nobody_out(stage: Open) -> None:
    opened, clock = shown(stage, "home")
    opened.app.surface.hidden.touched(*at_the_name(opened))
    clock.seconds += LONGEST_S + 1
    gesture(opened, clock)
    assert asked(opened) == 1
    opened.app.surface.hidden.lifted()
    opened.app.surface.hidden.lifted()
    assert asked(opened) == 1
