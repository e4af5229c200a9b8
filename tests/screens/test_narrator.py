"""What is said, when, in which tongue, and when silence is kept; heard by a speaker with a memory."""

from dataclasses import replace

import pytest

from kiosk import words
from kiosk.events.touches import Chosen, Preferred
from kiosk.ports.voice import Tongue
from kiosk.texts import msg
from kiosk.views.choose import ChooseView
from kiosk.views.parts import Option
from kiosk.views.told import ReviewView
from screens.samples import SAMPLES, chrome

from .ears import Ears
from .listening import Open, ears, listen, show, told

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


def test_what_is_not_available_is_said_with_its_reason(stage: Open) -> None:
    opened = listen(stage, "home-nothing-works")
    opened.robot.key("down")
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
    opened = listen(stage, "attract")
    opened.robot.key("f11")
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


def test_a_power_cut_is_said_once(stage: Open) -> None:
    opened = listen(stage, "guide")
    banner = "There is a power cut. Please finish what you are doing here."
    announced = []
    for now in ("", banner, banner, ""):
        ears(opened).finish()
        before = len(ears(opened).heard)
        show(opened, "guide", banner=now)
        announced += [heard.sentences[0] for heard in ears(opened).heard[before:]]
    assert announced == [banner]


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
    rows = ((msg("Name"), "欧***"), (msg("Matter"), msg("Queue ticket")), (msg("Posted to"), "示范路1号"))
    view = ReviewView(msg("Take this number?"), rows, ())
    opened.app.show(view, replace(chrome("zh_CN", "M", voice=True), private=private))
    said = ears(opened).heard[0].text
    assert ("欧" in said, "示范路" in said) == (private, private), "nor what somebody wrote"
    assert words.load("zh_CN").say(msg("Queue ticket")) in said


@pytest.mark.parametrize("private", [False, True])
def test_an_answer_in_a_list_comes_only_from_headphones(stage: Open, private: bool) -> None:
    opened = stage("portrait")
    opened.app.tools.voice = Ears()
    view = ChooseView(msg("Your details"), (Option("phone", msg("Telephone"), "13811112222"),))
    opened.app.show(view, replace(chrome("en", "M", voice=True), private=private))
    assert ("13811112222" in ears(opened).heard[0].text) is private


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
