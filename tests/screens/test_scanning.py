"""One and two switches: rows, what stands in a row, choosing, giving up; by real key events and the real clock."""

from collections.abc import Callable

from kiosk.events.model import Event
from kiosk.events.touches import Attended, Chosen, Confirmed, Typed, Woken
from kiosk.keys import Hands
from kiosk.views.start import HomeView
from screens.samples import SAMPLES, chrome
from screens.scanning import ROUNDS, Scanning

from .conftest import Stage
from .ears import Ears

Open = Callable[..., Stage]
STEP_S = 0.3
ONE = Hands(step_s=STEP_S)
STILL = Hands(step_s=20)
TWO = Hands(switches="two")


def shown(stage: Open, name: str, hands: Hands, voice: bool = False, **more: object) -> Stage:
    opened = stage("portrait", hands=hands, **more)
    opened.app.tools.voice = Ears()
    view = SAMPLES[name]
    opened.app.show(view, chrome("zh_CN", "M", home=isinstance(view, HomeView), voice=voice))
    opened.robot.frames()
    return opened


def scanning(opened: Stage) -> Scanning:
    return next(hand for hand in opened.app._without_touch if isinstance(hand, Scanning))


def framed(opened: Stage) -> list[str]:
    return [stop.piece.name for stop in opened.app.surface.focus._framed]


def told(opened: Stage) -> list[Event]:
    return [event for event in opened.told if event != Attended()]


def test_one_switch_goes_row_by_row_then_through_the_row(stage: Open) -> None:
    opened = shown(stage, "home", ONE)
    opened.robot.key("f11")
    assert opened.robot.until(lambda: framed(opened) == ["guides", "ticket"], 3)
    opened.robot.key("f11")
    assert opened.robot.until(lambda: framed(opened) == ["ticket"], 2)
    opened.robot.key("f11")
    assert opened.robot.until(lambda: told(opened) == [Chosen("ticket")], 2)
    assert opened.told.count(Attended()) >= 3


def test_a_row_can_be_left_again(stage: Open) -> None:
    opened = shown(stage, "home", TWO)
    for key in ("f11", "f12", "f11"):
        opened.robot.key(key)
    assert framed(opened) == ["guides"]
    for _ in range(2):
        opened.robot.key("f12")
    assert framed(opened) == ["guides", "ticket"]  # the way back to the rows
    opened.robot.key("f11")
    opened.robot.key("f12")
    assert framed(opened) == ["apply", "progress"]
    assert told(opened) == []


def test_two_switches_wait_for_as_long_as_one_likes(stage: Open) -> None:
    opened = shown(stage, "review", TWO)
    opened.robot.key("f11")
    before = framed(opened)
    opened.robot.until(lambda: False, 0.15)
    assert framed(opened) == before
    while framed(opened) != ["another", "Confirmed"]:
        opened.robot.key("f12")
    for key in ("f11", "f12", "f11"):
        opened.robot.key(key)
    assert opened.robot.until(lambda: told(opened) == [Confirmed("c0ffee")], 2)


def test_after_three_rounds_without_an_answer_it_stops_until_the_next_press(stage: Open) -> None:
    opened = shown(stage, "choose-empty", Hands(step_s=0.01))
    opened.robot.key("f11")
    presence = opened.told.count(Attended())
    assert opened.robot.until(lambda: not scanning(opened).active, 5)
    assert ROUNDS == 3
    assert framed(opened) == []
    assert opened.told.count(Attended()) == presence, "scanning by itself is no sign of life"
    opened.robot.key("f11")
    assert scanning(opened).active
    assert told(opened) == []


def test_a_held_switch_counts_once(stage: Open) -> None:
    opened = shown(stage, "home", STILL)
    opened.robot.key("f11", repeats=8)
    assert framed(opened) == ["search"]
    assert told(opened) == []


def test_a_press_meant_for_the_page_before_chooses_nothing(stage: Open) -> None:
    opened = shown(stage, "home", STILL)
    opened.robot.key("f11")
    opened.app.show(SAMPLES["review"], chrome("zh_CN", "M"))
    opened.robot.key("f11")
    opened.robot.until(lambda: False, 0.15)
    assert told(opened) == []
    assert framed(opened) != []


def test_scanning_reaches_the_keys_and_goes_on_in_their_row(stage: Open) -> None:
    opened = shown(stage, "search-empty", TWO)
    opened.robot.key("f11")
    for letter in ("q", "w"):
        while framed(opened)[:1] != ["key-q"]:
            opened.robot.key("f12")
        opened.robot.key("f11")
        while framed(opened) != [f"key-{letter}"]:
            opened.robot.key("f12")
        opened.robot.key("f11")
        assert opened.robot.until(lambda letter=letter: told(opened)[-1:] and told(opened)[-1].text.endswith(letter), 2)
    assert told(opened) == [Typed("q"), Typed("qw")]


def test_it_waits_until_the_voice_has_said_it(stage: Open) -> None:
    opened = shown(stage, "home", ONE, voice=True)
    ears = opened.app.tools.voice
    opened.robot.key("f11")
    opened.robot.until(lambda: False, 1.5 * STEP_S)
    assert framed(opened) == ["search"]
    ears.finish()
    assert opened.robot.until(lambda: framed(opened) == ["guides", "ticket"], 2)
    assert "办事指南" in ears.last


def test_scanning_ends_with_the_visit(stage: Open) -> None:
    opened = shown(stage, "home", Hands(step_s=0.02))
    opened.robot.key("f11")
    opened.app.show(SAMPLES["attract"], chrome("zh_CN", "M", home=True))
    assert opened.robot.until(lambda: not scanning(opened).active, 2)
    opened.app.show(SAMPLES["home"], chrome("zh_CN", "M", home=True))
    opened.robot.frames()
    assert framed(opened) == []


def test_a_switch_wakes_and_scanning_begins_on_the_page_that_comes(stage: Open) -> None:
    heard: list[Event] = []

    def wake(event: Event) -> None:
        heard.append(event)
        if event == Woken():
            opened.app.show(SAMPLES["home"], chrome("zh_CN", "M", home=True))

    opened = shown(stage, "attract", ONE, tell=wake)
    opened.robot.key("f11")
    assert opened.robot.until(lambda: framed(opened) == ["guides", "ticket"], 2)
    assert [event for event in heard if event != Attended()] == [Woken()]
