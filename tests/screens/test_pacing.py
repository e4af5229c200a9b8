"""The main loop sleeps until something happens, and no longer."""

import threading
import time
from collections.abc import Callable

from kivy.base import EventLoop
from kivy.clock import Clock

from screens.pacing import Pacing
from screens.samples import SAMPLES, chrome

from .conftest import Stage


def test_a_letter_from_a_thread_is_handed_over_at_once(stage: Callable[..., Stage]) -> None:
    pumped: list[float] = []
    opened = stage(pump=lambda: pumped.append(time.monotonic()))
    opened.app.show(SAMPLES["home"], chrome("zh_CN", "M", home=True))
    opened.robot.frames()
    started = time.monotonic()
    sender = threading.Timer(0.05, opened.app.wake)
    sender.start()
    assert opened.robot.until(lambda: bool(pumped), 2)
    sender.join()
    assert 0.05 <= pumped[0] - started < 0.15


def test_an_idle_screen_turns_rarely_and_draws_nothing(stage: Callable[..., Stage]) -> None:
    opened = stage()
    opened.app.show(SAMPLES["home"], chrome("zh_CN", "M", home=True))
    opened.robot.frames(5)
    drawn = Clock.frames_displayed
    flips: list[int] = []
    EventLoop.window.bind(on_flip=lambda *_: flips.append(1))
    end = time.monotonic() + 0.6
    turns = 0
    while time.monotonic() < end:
        opened.app.frame()
        turns += 1
    assert (turns <= 8, flips) == (True, []), (turns, Clock.frames_displayed - drawn)


def test_without_sdl_it_sleeps_in_slices() -> None:
    pacing = Pacing(lambda: None)
    pacing._sdl = None
    started = time.monotonic()
    pacing._wait(5.0)
    assert time.monotonic() - started < 0.1
    pacing.wake()
    started = time.monotonic()
    pacing._wait(5.0)
    assert time.monotonic() - started < 0.01


def test_ticks_come_four_times_a_second_in_a_visit(stage: Callable[..., Stage]) -> None:
    ticks: list[float] = []
    opened = stage(tick=lambda: ticks.append(time.monotonic()))
    opened.app.show(SAMPLES["attract"], chrome("zh_CN", "M", home=True))
    opened.app.show(SAMPLES["home"], chrome("zh_CN", "M", home=True))
    assert opened.robot.until(lambda: len(ticks) == 3, 3)
    assert 0.2 < ticks[2] - ticks[1] < 0.4
