"""Five keys and help, by real key events on the window; and the keyboard they may be part of."""

from collections.abc import Callable

from kivy.base import EventLoop

from kiosk.events.model import Event
from kiosk.events.touches import Attended, BackPressed, Chosen, Confirmed, Preferred, Typed, Woken
from kiosk.keys import CODES, Hands
from kiosk.views.start import HomeView
from screens.keypad import Keypad
from screens.samples import SAMPLES, chrome

from .conftest import Stage

Open = Callable[..., Stage]


def shown(stage: Open, name: str, screen: str = "portrait", **more: object) -> Stage:
    opened = stage(screen, **{key: more.pop(key) for key in ("hands", "tell") if key in more})
    view = SAMPLES[name]
    opened.app.show(view, chrome("zh_CN", "M", home=isinstance(view, HomeView), **more))
    opened.robot.frames()
    return opened


def told(opened: Stage) -> list[Event]:
    return [event for event in opened.told if event != Attended()]


def settle(opened: Stage, count: int = 1) -> None:
    """Until what was pressed has happened."""
    assert opened.robot.until(lambda: len(told(opened)) >= count, 2)


def test_ok_presses_what_is_in_focus_and_every_key_is_a_sign_of_life(stage: Open) -> None:
    opened = shown(stage, "home")
    opened.robot.key("down")
    opened.robot.key("down")
    opened.robot.key("enter")
    settle(opened)
    assert told(opened) == [Chosen("guides")]
    assert opened.told.count(Attended()) == 3


def test_ok_on_a_page_that_shows_no_focus_yet_only_shows_it(stage: Open) -> None:
    opened = shown(stage, "review")
    opened.robot.key("numpadenter")
    opened.robot.frames(20)
    assert told(opened) == []
    opened.robot.key("numpadenter")
    settle(opened)
    assert told(opened) == [Confirmed("c0ffee")]


def test_a_held_ok_presses_once_and_a_second_press_of_the_same_tells_nothing(stage: Open) -> None:
    opened = shown(stage, "review")
    opened.robot.key("down")
    opened.robot.key("enter", repeats=12)
    settle(opened)
    opened.robot.key("enter", repeats=3)
    button = opened.robot.find("Confirmed")
    assert opened.robot.until(lambda: button.shown != button.pressed)
    opened.robot.frames(20)
    assert told(opened) == [Confirmed("c0ffee")]


def test_held_arrows_go_on(stage: Open) -> None:
    opened = shown(stage, "choose-long")
    opened.robot.key("down")
    opened.robot.key("down", repeats=4)
    assert opened.app.surface.focus.current.piece.name == "item-5"


def test_the_pressed_look_is_drawn_before_anything_is_told(stage: Open) -> None:
    opened = shown(stage, "review")
    opened.robot.key("down")
    button = opened.robot.find("Confirmed")
    EventLoop.window.dispatch("on_key_down", CODES["enter"], 0, None, [])
    opened.app.frame(wait=False)
    assert (button.shown, told(opened)) == (button.pressed, [])
    settle(opened)
    EventLoop.window.dispatch("on_key_up", CODES["enter"], 0)
    assert button.shown == button.fill


def test_what_is_not_available_lights_its_reason(stage: Open) -> None:
    opened = shown(stage, "home-nothing-works")
    opened.app.surface.focus.go_to(opened.robot.find("apply"))
    opened.robot.key("enter")
    apply = opened.robot.find("apply")
    assert apply.reason.shown != apply.reason.fill
    assert told(opened) == []


def test_the_page_that_went_away_is_not_pressed(stage: Open) -> None:
    opened = shown(stage, "home")
    opened.robot.key("down")
    EventLoop.window.dispatch("on_key_down", CODES["enter"], 0, None, [])
    opened.app.show(SAMPLES["review"], chrome("zh_CN", "M"))
    opened.robot.until(lambda: False, 0.15)
    assert told(opened) == []


def test_a_key_wakes_and_presses_nothing_even_while_it_is_held(stage: Open) -> None:
    heard: list[Event] = []

    def wake(event: Event) -> None:
        heard.append(event)
        if event == Woken():
            opened.app.show(SAMPLES["home"], chrome("zh_CN", "M", home=True))

    opened = shown(stage, "attract", tell=wake)
    opened.robot.key("enter", repeats=15)
    opened.robot.frames(10)
    assert heard == [Woken()]
    assert opened.app.surface.focus.visible


def test_no_key_leaves_and_escape_is_one_step_back(stage: Open) -> None:
    opened = shown(stage, "guide")
    window = EventLoop.window
    for name, modifiers in (("f11", ["ctrl"]), ("f1", ["ctrl", "alt"]), ("f4", ["alt"]), ("tab", ["alt"])):
        assert window.dispatch("on_key_down", CODES[name], 0, None, modifiers)
        window.dispatch("on_key_up", CODES[name], 0)
    for letter, modifiers in (("q", ["ctrl"]), ("c", ["ctrl"]), ("w", ["meta"])):
        assert window.dispatch("on_key_down", ord(letter), 0, letter, modifiers)
    opened.app.surface.close_panel()
    assert told(opened) == []
    assert window.dispatch("on_key_down", 27, 0, None, [])
    assert told(opened) == [BackPressed()]


def test_letters_still_write_into_the_field(stage: Open) -> None:
    opened = shown(stage, "search-empty")
    opened.robot.key("down")
    EventLoop.window.dispatch("on_textinput", "k")
    EventLoop.window.dispatch("on_key_down", 8, 0, None, [])
    assert [event.text for event in told(opened) if isinstance(event, Typed)] == ["k", ""]


def test_the_station_says_which_keys_these_are(stage: Open) -> None:
    opened = shown(stage, "home", hands=Hands(down=("f13",), ok=("f24", "numpad5")))
    for name in ("f13", "f13", "numpad5"):
        opened.robot.key(name)
    settle(opened)
    assert told(opened) == [Chosen("guides")]
    assert not Keypad(opened.app.surface, Hands()).down(CODES["f13"])


def test_the_help_key_opens_a_panel_that_works_by_touch_too(stage: Open) -> None:
    opened = shown(stage, "guide", voice=True)
    opened.robot.key("f1")
    assert opened.app.surface.panels.named("help")
    opened.robot.press("help-slower")  # the first touch says what it is
    opened.robot.press("help-slower")
    assert told(opened) == [Preferred("pace", 0.8)]
    assert opened.app.surface.panels.named("help"), "slower may be wanted twice"
    opened.robot.press("close")
    opened.robot.press("close")
    assert opened.app.surface.panel is None


def test_the_help_panel_stays_open_over_another_text_size(stage: Open) -> None:
    opened = shown(stage, "guide")
    opened.robot.key("f1")
    opened.robot.press("help-size")
    assert told(opened) == [Preferred("text_size", "L")]
    opened.app.show(SAMPLES["guide"], chrome("zh_CN", "L"))
    assert opened.app.surface.panels.named("help")


def test_a_blank_screen_is_black_and_a_touch_shows_it_and_presses_nothing(stage: Open, tmp_path) -> None:
    from PIL import Image

    opened = shown(stage, "home", voice=True, blank=True)
    opened.app.photograph(tmp_path / "dark.png")
    with Image.open(tmp_path / "dark.png") as picture:
        assert picture.getextrema() == ((0, 0), (0, 0), (0, 0))
    opened.robot.key("down")
    opened.robot.key("enter")
    settle(opened)
    assert len(told(opened)) == 1
    opened.robot.tap(*opened.robot.spot(opened.robot.find("ticket")))
    assert told(opened)[1:] == [Preferred("blank", False)]
