"""A whole way by keypad and ears alone, and somebody who takes their time."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

from kiosk import words
from kiosk.events.touches import Attended, MoreTime, Woken
from kiosk.mailbox import News
from kiosk.ports.device import READY
from kiosk.runner import Runner
from kiosk.views.guides import GuideView
from kiosk.views.start import HomeView
from tests.worlds import TUESDAY_MORNING, world

from .conftest import Stage
from .ears import Ears
from .listening import Open, ears


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
