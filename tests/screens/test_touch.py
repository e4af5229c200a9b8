"""Touches by real mouse events on the window: what counts, what does not, and how often."""

from collections.abc import Callable
from dataclasses import replace

from kiosk.events.touches import Chosen, Confirmed, MoreTime, Preferred, Pressed, Typed, Woken
from kiosk.views.parts import Action, Tone
from kiosk.views.told import MessageView
from screens.samples import SAMPLES, chrome

from .conftest import Stage

Open = Callable[..., Stage]


def shown(stage: Open, sample: str, screen: str = "portrait", **around: object) -> Stage:
    opened = stage(screen)
    opened.app.show(SAMPLES[sample], chrome("zh_CN", "M", home=sample.startswith("home"), **around))
    opened.robot.frames()
    return opened


def test_a_tile_tells_its_key(stage: Open) -> None:
    opened = shown(stage, "home")
    opened.robot.press("guides")
    assert opened.told == [Chosen("guides")]


def test_a_touch_that_ends_outside_counts_not(stage: Open) -> None:
    opened = shown(stage, "home")
    x, y = opened.robot.spot(opened.robot.find("guides"))
    opened.robot.down(x, y)
    opened.robot.frames()
    opened.robot.move(5, y)
    opened.robot.up(5, y)
    opened.robot.frames()
    assert opened.told == []


def test_a_touch_that_starts_outside_counts_not(stage: Open) -> None:
    opened = shown(stage, "home")
    x, y = opened.robot.spot(opened.robot.find("guides"))
    opened.robot.down(5, y)
    opened.robot.frames()
    opened.robot.move(x, y)
    opened.robot.up(x, y)
    opened.robot.frames()
    assert opened.told == []


def test_what_is_not_available_tells_nothing_and_lights_its_reason(stage: Open) -> None:
    opened = shown(stage, "home-nothing-works")
    tile = opened.robot.find("apply")
    plain = tile.reason.shown
    opened.robot.press("apply")
    assert opened.told == []
    assert tile.reason.shown != plain


def test_the_pressed_look_comes_before_anything_is_told(stage: Open) -> None:
    opened = shown(stage, "home")
    tile = opened.robot.find("guides")
    plain = tile.shown
    opened.robot.down(*opened.robot.spot(tile))
    opened.robot.frames(1)
    assert (tile.shown != plain, opened.told) == (True, [])
    opened.robot.up(*opened.robot.spot(tile))
    opened.robot.frames()
    assert (tile.shown == plain, opened.told) == (True, [Chosen("guides")])


def test_two_taps_tell_once_until_the_next_view(stage: Open) -> None:
    opened = shown(stage, "review")
    opened.robot.press("Confirmed")
    opened.robot.press("Confirmed")
    assert opened.told == [Confirmed("c0ffee")]
    again = MessageView(Tone.PLAIN, "x", actions=(Action(Confirmed("beef"), "y", main=True),))
    opened.app.show(again, chrome("zh_CN", "M"))
    opened.robot.press("Confirmed")
    assert opened.told == [Confirmed("c0ffee"), Confirmed("beef")]


def test_a_clock_that_moves_on_does_not_make_a_second_tap_count(stage: Open) -> None:
    opened = shown(stage, "review")
    opened.robot.press("Confirmed")
    opened.app.show(SAMPLES["review"], chrome("zh_CN", "M", left_s=19))
    opened.robot.press("Confirmed")
    assert opened.told == [Confirmed("c0ffee")]


def test_the_first_touch_wakes_and_presses_nothing(stage: Open) -> None:
    home = chrome("zh_CN", "M", home=True)

    def wake(event: object) -> None:
        opened.told.append(event)
        opened.app.show(SAMPLES["home"], home)

    opened = stage(tell=wake)
    opened.app.show(SAMPLES["attract"], home)
    opened.robot.frames()
    opened.robot.tap(300, 1500)  # where a tile of the home screen will be
    opened.robot.frames()
    assert opened.told == [Woken()]


def test_language_and_size_are_chosen_in_panels(stage: Open) -> None:
    opened = shown(stage, "guide")
    opened.robot.press("language")
    opened.robot.press("zh_HK")
    opened.robot.press("size")
    opened.robot.press("XL")
    assert opened.told == [Preferred("language", "zh_HK"), Preferred("text_size", "XL")]
    assert opened.app.surface.panel is not None  # one may try another size
    opened.robot.press("close")
    assert opened.app.surface.panel is None


def test_a_touch_beside_a_panel_closes_it_and_presses_nothing(stage: Open) -> None:
    opened = shown(stage, "home")
    spot = opened.robot.spot(opened.robot.find("package:stall"))
    opened.robot.press("language")
    opened.robot.tap(*spot)
    assert (opened.told, opened.app.surface.panel) == ([], None)


def test_more_time_may_be_asked_for_again(stage: Open) -> None:
    opened = shown(stage, "guide", left_s=15)
    opened.robot.press("MoreTime")
    opened.robot.press("MoreTime")
    assert opened.told == [MoreTime(), MoreTime()]


def test_a_drag_scrolls_and_presses_nothing(stage: Open) -> None:
    opened = shown(stage, "choose-long")
    x, y = opened.robot.spot(opened.robot.find("item-6"))
    opened.robot.down(x, y)
    for step in range(1, 6):
        opened.robot.move(x, y + 40 * step)
        opened.robot.frames(1)
    opened.robot.up(x, y + 200)
    opened.robot.frames()
    assert opened.told == []
    assert opened.app.surface.scroll.offset > 100


def test_page_buttons_turn_to_the_last_option(stage: Open) -> None:
    for screen in ("portrait", "small"):
        opened = shown(stage, "choose-long", screen)
        while opened.robot.find("page-down").available:
            opened.robot.press("page-down")
        last = opened.robot.find("item-53")
        x, y = opened.robot.spot(last)
        assert opened.app.surface.find(x, y) is last
        opened.app.close()


def test_a_second_finger_is_ignored(stage: Open) -> None:
    opened = shown(stage, "home")
    surface = opened.app.surface
    spot = opened.robot.spot(opened.robot.find("guides"))
    opened.robot.down(*spot)
    opened.robot.frames()
    held = surface._touches.finger.touch
    opened.robot.down(*opened.robot.spot(opened.robot.find("ticket")))
    opened.robot.frames()
    assert surface._touches.finger.touch is held


def test_figures_that_change_keep_the_place_in_the_list(stage: Open) -> None:
    opened = shown(stage, "choose-long")
    opened.app.surface.scroll.scroll_to(700)
    view = SAMPLES["choose-long"]
    changed = replace(view, options=(replace(view.options[0], detail="9"), *view.options[1:]))
    opened.app.show(changed, chrome("zh_CN", "M"))
    assert opened.app.surface.scroll.offset == 700


def test_figures_that_change_under_a_finger_do_not_lose_the_touch(stage: Open) -> None:
    opened = shown(stage, "choose-queue")
    view = SAMPLES["choose-queue"]
    changed = replace(view, options=(replace(view.options[0], detail="9"), *view.options[1:]))
    spot = opened.robot.spot(opened.robot.find("general"))
    opened.robot.down(*spot)
    opened.robot.frames()
    opened.app.show(changed, chrome("zh_CN", "M"))
    opened.robot.up(*spot)
    opened.robot.frames()
    assert (opened.told, opened.app.surface.view) == ([Chosen("general")], changed)


def test_a_section_opens_and_closes(stage: Open) -> None:
    opened = shown(stage, "guide")
    count = len(opened.app.surface.scroll.items)
    opened.robot.press("section-1")
    assert len(opened.app.surface.scroll.items) == count + 1
    opened.robot.press("section-1")
    assert len(opened.app.surface.scroll.items) == count


def test_typing_tells_every_letter_and_a_late_answer_takes_none_back(stage: Open) -> None:
    opened = shown(stage, "search-empty")
    opened.robot.type("kf")
    opened.app.show(replace(SAMPLES["search-empty"], text="k"), chrome("zh_CN", "M"))
    opened.robot.type("d")
    opened.robot.press("key-backspace")
    assert [event.text for event in opened.told if isinstance(event, Typed)] == ["k", "kf", "kfd", "kf"]


def test_hanzi_from_a_physical_keyboard_and_an_example(stage: Open) -> None:
    from kivy.base import EventLoop

    opened = shown(stage, "search-empty")
    EventLoop.window.dispatch("on_textinput", "饭")
    opened.robot.frames()
    EventLoop.window.dispatch("on_key_down", 8, 42, None, [])
    opened.robot.press("example-摆摊")
    assert [event.text for event in opened.told] == ["饭", "", "摆摊"]


def test_the_keyboard_hides_and_comes_back(stage: Open) -> None:
    opened = shown(stage, "search-results")
    opened.robot.press("key-hide")
    assert "key-a" not in opened.robot.names()
    opened.robot.press("field")
    assert "key-a" in opened.robot.names()


def test_an_unexpected_exception_calls_the_failsafe(stage: Open) -> None:
    caught: list[BaseException] = []

    def broken(_: object) -> None:
        raise RuntimeError("broken on purpose")

    opened = stage("portrait", tell=broken, failsafe=caught.append)
    opened.app.show(SAMPLES["home"], chrome("zh_CN", "M", home=True))
    opened.robot.frames()
    opened.robot.press("guides")
    assert [str(error) for error in caught] == ["broken on purpose"]


def test_actions_tell_their_names(stage: Open) -> None:
    opened = shown(stage, "message-not-printed")
    opened.robot.press("print")
    opened.robot.press("BackPressed")
    assert opened.told[0] == Pressed("print")
    assert len(opened.told) == 2


def test_paste_from_the_clipboard(stage: Open) -> None:
    from kivy.base import EventLoop

    from screens import sdl

    opened = shown(stage, "search-empty")
    sdl.library().SDL_SetClipboardText("食品".encode())
    EventLoop.window.dispatch("on_key_down", ord("v"), 25, "v", ["ctrl"])
    assert [event.text for event in opened.told] == ["食品"]


def test_the_wheel_towards_oneself_goes_down_the_page(stage: Open) -> None:
    opened = shown(stage, "choose-long")
    scroll, (x, y) = opened.app.surface.scroll, opened.app.surface.center
    offsets = [scroll.offset]
    for button in ("scrollup", "scrolldown"):
        opened.robot.wheel(x, y, button)
        offsets.append(opened.app.surface.scroll.offset)
    assert offsets[0] == 0
    assert offsets[1] > 0
    assert offsets[2] == 0
