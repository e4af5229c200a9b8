"""What is said, when, in which tongue, and when silence is kept; heard by a speaker with a memory."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from kivy.base import EventLoop

from kiosk import words
from kiosk.events import Attended, Chosen, Event, MoreTime, Preferred, Woken
from kiosk.mailbox import News
from kiosk.ports.device import READY
from kiosk.ports.voice import Tongue
from kiosk.runner import Runner
from kiosk.texts import msg
from kiosk.views import AttractView, FieldKind, FieldView, GuideView, HomeView, ReviewView
from screens.samples import SAMPLES, chrome
from tests.worlds import TUESDAY_MORNING, world

from .conftest import Stage
from .ears import Ears

Open = Callable[..., Stage]


def listen(
    stage: Open, name: str, language: str = "en", known: frozenset[Tongue] = frozenset(Tongue), **more: object
) -> Stage:
    opened = stage("portrait")
    opened.app.tools.voice = Ears(known)
    show(opened, name, language, **more)
    return opened


def show(opened: Stage, name: str, language: str = "en", **more: object) -> None:
    view = SAMPLES[name]
    around = {"voice": True, **more}
    opened.app.show(view, chrome(language, "M", home=isinstance(view, (HomeView, AttractView)), **around))
    opened.robot.frames()


def ears(opened: Stage) -> Ears:
    voice = opened.app.tools.voice
    assert isinstance(voice, Ears)
    return voice


def told(opened: Stage) -> list[Event]:
    return [event for event in opened.told if event != Attended()]


# --- pages and focus -----------------------------------------------------------------------------------------


def test_a_page_is_read_with_the_way_to_go_on_and_what_is_in_focus(stage: Open) -> None:
    opened = listen(stage, "home")
    first = ears(opened).heard[0].sentences
    assert first[0] == "Hello, what would you like to do today?"
    assert any("arrow keys" in sentence for sentence in first)
    assert first[-1] == "1 of 10"
    show(opened, "choose-queue")
    assert not any("arrow keys" in sentence for sentence in ears(opened).heard[-1].sentences), "the help is said once"


def test_moving_says_at_once_what_is_in_focus_and_interrupts(stage: Open) -> None:
    opened = listen(stage, "home")
    opened.robot.key("down")
    assert ears(opened).last == "Service guides | How to apply, what to bring, how long | 2 of 10"
    for _ in range(2):
        opened.robot.key("down")
    assert ears(opened).last.startswith("Print results")
    assert "Not available now." in ears(opened).last
    assert "window" in ears(opened).last, "the reason and what to do instead"


def test_without_the_voice_nothing_is_said(stage: Open) -> None:
    opened = listen(stage, "home", voice=False)
    opened.robot.key("down")
    opened.robot.key("enter")
    opened.robot.press("ticket")
    assert ears(opened).heard == []


def test_a_section_that_opens_is_read(stage: Open) -> None:
    opened = listen(stage, "guide")
    section = SAMPLES["guide"].sections[0]
    opened.app.surface.focus.go_to(opened.robot.find("section-0"))
    opened.robot.key("enter")
    entry = words.load("en").say(section.entries[0].term or section.entries[0].text)
    assert opened.robot.until(lambda: entry in ears(opened).last, 2)


def test_what_was_chosen_is_said_together_with_the_page_that_comes(stage: Open) -> None:
    opened = listen(stage, "home")
    opened.robot.key("down")
    opened.robot.key("enter")
    assert opened.robot.until(lambda: told(opened) == [Chosen("guides")], 2)
    show(opened, "choose-tabs")
    assert ears(opened).heard[-1].sentences[:2] == ("Chosen: Service guides", "Service guides")
    said = len(ears(opened).heard)
    opened.robot.until(lambda: False, 0.15)
    assert len(ears(opened).heard) == said, "and not once more"


def test_where_no_page_comes_the_choice_is_said_alone(stage: Open) -> None:
    opened = listen(stage, "home")
    opened.robot.key("enter")
    assert opened.robot.until(lambda: ears(opened).last.startswith("Chosen: "), 2)


def test_keys_are_echoed(stage: Open) -> None:
    opened = listen(stage, "search-empty")
    for name in ("key-k", "key-backspace"):
        opened.app.surface.focus.go_to(opened.robot.find(name))
        opened.robot.key("enter")
        opened.robot.until(lambda: False, 0.15)
    assert [heard.text for heard in ears(opened).heard[-2:]] == ["k", "Delete"]


def test_a_field_is_named_with_what_stands_in_it(stage: Open) -> None:
    opened = listen(stage, "search-results")
    opened.app.surface.focus.go_to(opened.robot.find("field"))
    opened.app.surface.narrator.focused()
    assert ears(opened).last.startswith(f"Search, input field | Written so far: {SAMPLES['search-results'].text}")


NAME = FieldView(msg("What is your name?"), "", FieldKind.NAME)


def asked(stage: Open, *, private: bool) -> Stage:
    """Somebody who hears, at a field for a name; `private`: through headphones."""
    opened = stage("portrait")
    opened.app.tools.voice = Ears()
    opened.app.show(NAME, replace(chrome("en", "M", voice=True), private=private))
    opened.robot.frames()
    return opened


@pytest.mark.parametrize(("private", "said"), [(False, ["Written", "Deleted"]), (True, ["k", "Delete"])])
def test_keys_of_a_name_are_echoed_in_headphones_only(stage: Open, private: bool, said: list[str]) -> None:
    opened = asked(stage, private=private)
    for name in ("key-k", "key-backspace"):
        opened.app.surface.focus.go_to(opened.robot.find(name))
        opened.robot.key("enter")
        opened.robot.until(lambda: False, 0.15)
    assert [heard.text for heard in ears(opened).heard[-2:]] == said


@pytest.mark.parametrize(("private", "said"), [(False, ["Written", "Deleted"]), (True, ["o", "Deleted"])])
def test_a_name_typed_on_a_real_keyboard_is_echoed_in_headphones_only(
    stage: Open, private: bool, said: list[str]
) -> None:
    opened = asked(stage, private=private)
    EventLoop.window.dispatch("on_textinput", "o")
    opened.robot.key("backspace")
    assert [heard.text for heard in ears(opened).heard[-2:]] == said
    before = len(ears(opened).heard)
    opened.robot.key("backspace")
    assert len(ears(opened).heard) == before, "there was nothing to delete"


def test_a_field_for_a_name_says_how_much_and_not_what(stage: Open) -> None:
    opened = asked(stage, private=False)
    opened.app.show(replace(NAME, text="Li"), replace(chrome("en", "M", voice=True), private=False))
    opened.app.surface.focus.go_to(opened.robot.find("field"))
    opened.app.surface.narrator.focused()
    assert "2 characters are written so far" in ears(opened).last
    assert "Li" not in "".join(heard.text for heard in ears(opened).heard)


def test_what_stands_around_a_page_is_named_in_the_spoken_tongue(stage: Open) -> None:
    opened = listen(stage, "guide", "zh_CN", tongue="en")
    named = {}
    for name in ("size", "language", "BackPressed", "HomePressed", "low"):
        opened.app.surface.focus.go_to(opened.robot.find(name))
        opened.app.surface.narrator.focused()
        named[name] = ears(opened).heard[-1].sentences[0]
    assert named == {
        "size": "Text size and colours",
        "language": "Language",
        "BackPressed": "Back",
        "HomePressed": "Home",
        "low": "Lower the buttons",
    }


def test_who_uses_a_switch_hears_how_a_switch_works(stage: Open) -> None:
    opened = listen(stage, "home", voice=False)
    opened.app.surface.narrator.by_switch = True
    show(opened, "home")
    said = ears(opened).heard[-1].text
    assert "Press the switch" in said
    assert "arrow keys" not in said


# --- politeness ----------------------------------------------------------------------------------------------


def test_news_waits_until_the_focus_has_been_said(stage: Open) -> None:
    opened = listen(stage, "search-results")
    opened.robot.key("down")
    focus = ears(opened).last
    opened.app.show(replace(SAMPLES["search-results"], found=msg("Nothing found")), chrome("en", "M", voice=True))
    opened.robot.frames(10)
    assert ears(opened).last == focus
    ears(opened).finish()
    assert opened.robot.until(lambda: ears(opened).last == "Nothing found", 2)


def test_the_end_of_the_visit_is_announced_at_30_and_10_seconds(stage: Open) -> None:
    opened = listen(stage, "guide")
    announced = []
    for left in (30, 29, 11, 10, 9):
        ears(opened).finish()
        before = len(ears(opened).heard)
        show(opened, "guide", left_s=left)
        announced += [heard.sentences[0] for heard in ears(opened).heard[before:]]
    assert announced == ["This visit ends in 30 seconds.", "This visit ends in 10 seconds."]


def test_old_news_is_not_said_on_another_page(stage: Open) -> None:
    opened = listen(stage, "guide")
    show(opened, "guide", left_s=30)
    show(opened, "review")
    ears(opened).finish()
    opened.robot.until(lambda: False, 0.3)
    assert "ends in" not in ears(opened).last


# --- tongues and manner --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "tongue", "greeting"),
    [
        ("zh_CN", Tongue.MANDARIN, "您好，今天想办什么？"),
        ("zh_HK", Tongue.CANTONESE, "您好，今天想辦甚麼？"),
        ("en", Tongue.ENGLISH, "Hello, what would you like to do today?"),
    ],
)
def test_each_language_has_its_tongue(stage: Open, language: str, tongue: Tongue, greeting: str) -> None:
    heard = ears(listen(stage, "home", language)).heard[0]
    assert heard.tongue is tongue
    assert heard.sentences[0] == words.load(language).say(SAMPLES["home"].greeting)
    assert heard.sentences[0][:3] == greeting[:3]


def test_a_tongue_of_ones_own_whatever_the_screen_shows(stage: Open) -> None:
    heard = ears(listen(stage, "home", "zh_CN", tongue="en")).heard[0]
    assert (heard.tongue, heard.sentences[0]) == (Tongue.ENGLISH, "Hello, what would you like to do today?")


def test_a_tongue_that_is_not_there_is_replaced_and_none_is_silence(stage: Open) -> None:
    only = frozenset({Tongue.MANDARIN})
    assert ears(listen(stage, "home", "zh_HK", only)).heard[0].tongue is Tongue.MANDARIN
    assert ears(listen(stage, "home", "en", frozenset())).heard == []


def test_pace_and_loudness_are_those_chosen_and_a_change_is_heard_in_them(stage: Open) -> None:
    opened = listen(stage, "home", pace=1.3, loudness=0.4)
    assert (ears(opened).heard[0].manner.rate, ears(opened).heard[0].manner.loudness) == (1.3, 0.4)
    show(opened, "home", pace=1.7, loudness=0.4)
    assert (ears(opened).last, ears(opened).heard[-1].manner.rate) == ("Faster", 1.7)


# --- silence and privacy -------------------------------------------------------------------------------------


def test_nothing_of_a_visit_is_said_in_the_next(stage: Open) -> None:
    opened = listen(stage, "review")
    show(opened, "review", left_s=30)
    opened.app.show(SAMPLES["attract"], chrome("en", "M", home=True))
    opened.robot.frames()
    said = len(ears(opened).heard)
    assert ears(opened).calls[-1] == "stop"
    show(opened, "home")
    opened.robot.until(lambda: False, 0.3)
    assert "Please check" not in " ".join(heard.text for heard in ears(opened).heard[said:])
    assert any("arrow keys" in sentence for sentence in ears(opened).heard[said].sentences), (
        "a new visit hears the help"
    )


def test_switching_it_off_is_silence_at_once(stage: Open) -> None:
    opened = listen(stage, "home")
    show(opened, "home", voice=False)
    assert ears(opened).calls[-1] == "stop"


@pytest.mark.parametrize("private", [False, True])
def test_who_somebody_is_comes_only_from_headphones(stage: Open, private: bool) -> None:
    opened = stage("portrait")
    opened.app.tools.voice = Ears()
    view = ReviewView(msg("Take this number?"), ((msg("Name"), "欧***"), (msg("Matter"), "A1")), ())
    opened.app.show(view, replace(chrome("zh_CN", "M", voice=True), private=private))
    said = ears(opened).heard[0].text
    assert ("欧" in said) is private
    assert "A1" in said


# --- touching without seeing ---------------------------------------------------------------------------------


def test_a_first_touch_names_and_a_second_one_presses(stage: Open) -> None:
    opened = listen(stage, "home")
    opened.robot.press("ticket")
    assert told(opened) == []
    assert ears(opened).last.startswith("Queue ticket")
    opened.robot.press("guides")
    assert told(opened) == []
    opened.robot.press("guides")
    assert told(opened) == [Chosen("guides")]


def test_a_finger_that_looks_around_hears_what_it_comes_upon(stage: Open) -> None:
    opened = listen(stage, "home")
    opened.robot.down(*opened.robot.spot(opened.robot.find("ticket")))
    opened.robot.frames()
    assert ears(opened).last.startswith("Queue ticket")
    opened.robot.move(*opened.robot.spot(opened.robot.find("apply")))
    opened.robot.frames()
    assert ears(opened).last.startswith("Apply")
    opened.robot.up(*opened.robot.spot(opened.robot.find("apply")))
    opened.robot.frames()
    assert told(opened) == []
    assert opened.app.surface.scroll.offset == 0


def test_whoever_sees_presses_with_one_touch(stage: Open) -> None:
    opened = listen(stage, "home", voice=False)
    opened.robot.press("ticket")
    assert told(opened) == [Chosen("ticket")]


# --- the voice's bar -----------------------------------------------------------------------------------------


def test_the_bar_repeats_pauses_and_changes(stage: Open) -> None:
    opened = listen(stage, "home")
    for name in ("voice-repeat", "voice-pause", "voice-pause", "voice-slower", "voice-off"):
        opened.app.surface.focus.go_to(opened.robot.find(name))
        opened.robot.key("enter")
        opened.robot.until(lambda: False, 0.15)
    assert told(opened) == [Preferred("pace", 0.8), Preferred("voice", False)]
    assert [call for call in ears(opened).calls if call != "say"] == ["pause", "resume"]
    greetings = [heard for heard in ears(opened).heard if heard.text.startswith("Hello")]
    assert len(greetings) == 2


def test_the_tongue_is_chosen_in_a_panel(stage: Open) -> None:
    opened = listen(stage, "home")
    opened.app.surface.focus.go_to(opened.robot.find("voice-tongue"))
    for key in ("enter", "right", "enter"):
        opened.robot.key(key)
        opened.robot.until(lambda: False, 0.15)
    assert told(opened) == [Preferred("tongue", "yue")]


def test_the_help_says_whom_to_call(stage: Open) -> None:
    opened = listen(stage, "home")
    opened.robot.key("f1")
    opened.app.surface.focus.go_to(opened.robot.find("help-call"))
    opened.robot.key("enter")
    assert opened.robot.until(lambda: "020-0000 0000" in ears(opened).last, 2)


# --- a whole way, by ear -------------------------------------------------------------------------------------


class Visitor:
    """Decides by nothing but what is heard."""

    def __init__(self, opened: Stage) -> None:
        self._opened = opened
        self.ears = ears(opened)

    def find(self, wanted: str, key: str = "right", most: int = 90) -> None:
        """Press a key until what is wanted is named first."""
        for _ in range(most):
            if self.ears.last.startswith(wanted):
                return
            self._opened.robot.key(key)
        raise AssertionError(f"{wanted} was never heard; last: {self.ears.last}")

    def next_name(self) -> str:
        """What one step further is called."""
        self._opened.robot.key("right")
        return self.ears.last.split(" | ")[0]

    def choose(self, wanted: str) -> str:
        """Find it, press OK, and hear what comes."""
        self.find(wanted)
        said = len(self.ears.heard)
        self._opened.robot.key("enter")
        assert self._opened.robot.until(lambda: len(self.ears.heard) > said, 3)
        return self.ears.last


def test_from_headphones_to_a_guide_by_keypad_and_ears_alone(stage: Open) -> None:
    ticks = count()
    opened = stage("portrait", tell=lambda event: runner.tell(event))  # noqa: PLW0108  the runner needs the app first
    opened.app.tools.voice = Ears()
    runner = Runner(
        world(), {}, opened.app.show, words.load, lambda: next(ticks) / 1000, lambda: TUESDAY_MORNING + timedelta()
    )
    runner.tick()
    opened.robot.frames()
    devices = {**world().devices, "headphones": READY, "voice": READY}
    runner.mailbox.post(News(lambda here: replace(here, devices=devices)))
    runner.pump()
    opened.robot.frames()
    visitor = Visitor(opened)
    assert "按" in visitor.ears.last or "OK" in visitor.ears.last
    opened.robot.key("enter")
    assert opened.robot.until(lambda: isinstance(opened.app.surface.view, HomeView), 2)
    visitor.choose("办事指南")
    group = words.load("zh_CN").say(world().catalogue.groups[-1].title)
    heard = visitor.choose(group)
    assert heard.startswith(f"选择了：{group}") or group in heard
    item = visitor.next_name()
    said = visitor.choose(item)
    assert isinstance(opened.app.surface.view, GuideView)
    assert opened.app.surface.view.title.in_language("zh_CN") in said


def test_a_keypad_user_who_moves_the_focus_is_there(stage: Open) -> None:
    now = [0.0]
    shown = []
    runner = Runner(
        world(),
        {},
        lambda view, around: shown.append((view, around)),
        words.load,
        lambda: now[0],
        lambda: TUESDAY_MORNING,
    )
    runner.tick()
    runner.tell(MoreTime())
    runner.tell(Woken())
    now[0] = 70
    runner.tick()
    assert shown[-1][1].remaining_s == 20
    runner.tell(Attended())
    assert shown[-1][1].remaining_s is None
    assert isinstance(shown[-1][0], HomeView)
