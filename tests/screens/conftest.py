"""One window without a display for all screen tests, and apps of any screen size on it."""

import gc
import os

os.environ["SDL_VIDEODRIVER"] = "offscreen"  # before Kivy is imported: the wheel draws without a display

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from kiosk import fonts
from kiosk.events.model import Event
from screens.app import KioskApp
from screens.gallery import THEMES
from screens.robot import Robot


@dataclass
class Stage:
    """An app that is open, the robot on it, and what it told."""

    app: KioskApp
    robot: Robot
    told: list[Event] = field(default_factory=list)


YOUNG = 100_000
"""Objects of some six pages: as many new ones are there before Python looks for garbage among them. With its own 700 it
looks a thousand times at pages that are still on show: a third of the time of all tests here."""


@pytest.fixture(scope="session", autouse=True)
def _faces() -> None:
    fonts.prepare()


@pytest.fixture(scope="session", autouse=True)
def _garbage() -> Iterator[None]:
    usual = gc.get_threshold()
    gc.set_threshold(YOUNG, *usual[1:])
    yield
    gc.set_threshold(*usual)


@pytest.fixture
def stage() -> Iterator[Callable[..., Stage]]:
    """Opens an app on a screen by name; closed after the test."""
    opened: list[KioskApp] = []

    def open_app(screen: str = "portrait", **more: object) -> Stage:
        told: list[Event] = []
        app = KioskApp(**{"theme": THEMES[screen], "tell": told.append, **more})
        app.start()
        opened.append(app)
        return Stage(app, Robot(app), told)

    yield open_app
    for app in opened:
        app.close()
    gc.collect()  # pages hold each other, and every one of them a screen's worth of textures
