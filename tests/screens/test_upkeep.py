"""The technician's pages on the glass: the PIN nobody reads, drawings for all steps, the keypad and the ears."""

from dataclasses import replace
from time import monotonic

import pytest

from kiosk.events.model import Event
from kiosk.events.touches import Pressed, Typed
from kiosk.journeys.upkeep_views import UpkeepAnswers, pin
from kiosk.pictures import Picture
from kiosk.spoken_views import read_aloud
from kiosk.views.chrome import Chrome
from kiosk.views.devices import DeviceView
from kiosk.views.fields import FieldView
from kiosk.views.told import WaitView
from kiosk.words import load
from screens.icons import known
from screens.pictogram import Pictogram
from screens.pictograms import DRAWINGS, Arrow, Glyph, Ring, Stroke
from screens.pieces import Words
from screens.sample_upkeep import WORLD
from screens.samples import SAMPLES, chrome

from .conftest import Stage
from .ears import Ears
from .upkeep_hands import Open, shown

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
