"""The technician's pages on the glass: the gesture nobody makes by chance, the PIN nobody reads, drawings for all steps."""

import random
from collections.abc import Callable
from dataclasses import replace
from time import monotonic

import pytest

from kiosk.events.model import Event
from kiosk.events.touches import Attended, Pressed, Typed, UpkeepAsked, Woken
from kiosk.journeys.upkeep_views import UpkeepAnswers, pin
from kiosk.pictures import Picture
from kiosk.spoken_views import read_aloud
from kiosk.views.chrome import Chrome
from kiosk.views.devices import DeviceView
from kiosk.views.fields import FieldView
from kiosk.views.start import HomeView
from kiosk.views.told import WaitView
from kiosk.words import load
from screens.hidden import HOLD_S, LONGEST_S, TAPS, WITHIN_S, Hidden, Pattern
from screens.icons import known
from screens.pictogram import Pictogram
from screens.pictograms import DRAWINGS, Arrow, Glyph, Ring, Stroke
from screens.pieces import Words
from screens.sample_upkeep import WORLD
from screens.samples import SAMPLES, chrome

from .conftest import Stage
from .ears import Ears

Open = Callable[..., Stage]


class Clock:
    """Seconds that only a test lets pass."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def shown(
    stage: Open, name: str, screen: str = "portrait", language: str = "zh_CN", **more: object
) -> tuple[Stage, Clock]:
    """A page, with a clock of its own for the gesture."""
    opened = stage(screen, **{key: more.pop(key) for key in ("tell",) if key in more})
    view = SAMPLES[name]
    opened.app.show(view, chrome(language, "M", home=isinstance(view, HomeView), **more))
    opened.robot.frames()
    clock = Clock()
    opened.app.surface.hidden = Hidden(opened.app.surface, clock)
    return opened, clock


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


# --- the gesture ---------------------------------------------------------------------------------------------


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


# --- the PIN -------------------------------------------------------------------------------------------------

ASKED = pin(UpkeepAnswers(), WORLD)


def typing(stage: Open, around: Chrome) -> Stage:
    """The page, answered as the journey does."""

    def tell(event: Event) -> None:
        opened.told.append(event)
        if isinstance(event, Typed):
            opened.app.show(replace(ASKED, text=event.text), around)

    opened = stage(tell=tell)
    opened.app.tools.voice = Ears()
    opened.app.show(ASKED, around)
    return opened


def texts(opened: Stage) -> list[str]:
    return [piece.text for piece in opened.app.surface.walk() if isinstance(piece, Words)]


def test_a_pin_is_shown_as_dots_and_takes_digits_alone(stage: Open) -> None:
    from kivy.base import EventLoop

    opened = typing(stage, chrome("en", "M"))
    for key in ("2", "4", "6"):
        opened.robot.press(f"key-{key}")
    EventLoop.window.dispatch("on_textinput", "x")
    EventLoop.window.dispatch("on_textinput", "8")
    opened.robot.frames()
    assert [event.text for event in opened.told if isinstance(event, Typed)] == ["2", "24", "246", "2468"]
    assert "••••" in texts(opened)
    assert "2468" not in texts(opened)
    opened.robot.press("open")
    assert opened.told[-1] == Pressed("open")


@pytest.mark.parametrize("private", [False, True])
def test_no_digit_of_a_pin_is_ever_said(stage: Open, private: bool) -> None:
    opened = typing(stage, replace(chrome("en", "M", voice=True), private=private))
    ears = opened.app.tools.voice
    assert isinstance(ears, Ears)
    said_before = len(ears.heard)
    for key in ("2", "4", "6"):
        opened.app.surface.act(opened.robot.find(f"key-{key}"))
    opened.robot.frames()
    words = [word for heard in ears.heard[said_before:] for word in heard.sentences]
    assert words
    assert not [word for word in words if set("246") & set(word)]
    opened.app.surface.focus.go_to(opened.robot.find("key-6"))
    opened.app.surface.narrator.focused()
    found = ears.last
    assert ("6" in found) is private, "the name of a key is for the one in headphones alone"


# --- pictures ------------------------------------------------------------------------------------------------


def test_every_picture_is_drawn_within_its_square_with_icons_there_are() -> None:
    assert set(DRAWINGS) == set(Picture)
    for picture, layers in DRAWINGS.items():
        assert layers, picture
        for layer in layers:
            if isinstance(layer, Glyph):
                assert known(layer.name), layer.name
            for x, y in corners(layer):
                assert -1 <= x <= 101, (picture, layer)
                assert -1 <= y <= 101, (picture, layer)


def corners(layer: Stroke | Ring | Arrow | Glyph) -> list[tuple[float, float]]:
    if isinstance(layer, Stroke):
        return list(layer.points)
    if isinstance(layer, Arrow):
        return [layer.start, layer.end]
    reach = layer.r if isinstance(layer, Ring) else layer.side / 2 * 0.84
    return [(layer.x - reach, layer.y - reach), (layer.x + reach, layer.y + reach)]


def test_no_two_pictures_are_the_same() -> None:
    assert len(set(DRAWINGS.values())) == len(DRAWINGS)


def test_a_device_page_shows_a_picture_for_each_step(stage: Open) -> None:
    opened, _ = shown(stage, "device-slip")
    view = SAMPLES["device-slip"]
    assert isinstance(view, DeviceView)
    items = opened.app.surface.scroll.items
    drawn = [piece.picture for item in items for piece in item.walk(restrict=True) if isinstance(piece, Pictogram)]
    assert drawn == [step.picture for step in view.steps]


def test_a_device_page_changes_while_one_looks(stage: Open) -> None:
    """The technician closes the cover: the page says so by itself."""
    opened, _ = shown(stage, "device-slip")
    view = SAMPLES["device-slip"]
    assert isinstance(view, DeviceView)
    opened.app.show(replace(view, steps=view.steps[2:3]), chrome("zh_CN", "M"))
    opened.robot.frames()
    items = opened.app.surface.scroll.items
    assert sum(isinstance(piece, Pictogram) for item in items for piece in item.walk(restrict=True)) == 1


def test_the_countdown_counts_in_figures_and_ends_at_nothing(stage: Open) -> None:
    opened, _ = shown(stage, "wait-card")
    view = SAMPLES["wait-locked"]
    assert isinstance(view, WaitView)
    opened.app.show(replace(view, ends_at=monotonic() + 61.5), chrome("en", "M"))
    assert opened.robot.until(lambda: "1:01" in texts(opened), 3)
    assert opened.robot.until(lambda: "1:00" in texts(opened), 3)
    opened.app.show(replace(view, ends_at=monotonic() - 5), chrome("en", "M"))
    opened.robot.frames()
    assert "0:00" in texts(opened)


def test_the_samples_are_the_journeys_own() -> None:
    assert isinstance(SAMPLES["field-pin"], FieldView)
    assert load("en").say(SAMPLES["device-slip"].title) == "Slip printer"  # type: ignore[attr-defined]


# --- by keypad and ears --------------------------------------------------------------------------------------


def test_a_pin_and_a_trial_by_keypad(stage: Open) -> None:
    opened = typing(stage, chrome("en", "M"))
    opened.app.surface.focus.visible = True
    opened.app.surface.focus.go_to(opened.robot.find("key-5"))
    opened.robot.key("enter")
    assert opened.robot.until(lambda: Typed("5") in opened.told, 2)
    opened.app.show(SAMPLES["device-slip"], chrome("en", "M"))
    opened.robot.key("enter")
    assert opened.robot.until(lambda: Pressed("trial") in opened.told, 2), "the main button is in the frame at once"


def test_a_device_is_read_out_with_what_to_do_and_what_was_counted() -> None:
    said = [load("en").say(text) for text in read_aloud(SAMPLES["device-slip"])]
    assert said[:4] == [
        "Slip printer",
        "Stopped: you can clear it · since 09:44, 2 hours",
        "The printer has run out of paper.",
        "The printer's cover is open.",
    ]
    assert "Step 2: Put in a new roll, the paper's end at the bottom." in said
    assert "Pages printed: 18,240" in said


def test_the_pause_is_said_in_seconds() -> None:
    view = SAMPLES["wait-locked"]
    assert isinstance(view, WaitView)
    said = [load("en").say(text) for text in read_aloud(replace(view, ends_at=monotonic() + 29.9))]
    assert "It takes about 30 seconds." in said
