"""The window on the glass: with a window manager and, as on most terminals, without one."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.virtual_display import VirtualDisplay

ROOT = Path(__file__).resolve().parents[2]
WIDTH, HEIGHT = 540, 960
ASK = "from screens.unmanaged import is_unmanaged; print(is_unmanaged())"
BEFORE_THE_FIRST_PICTURE = "import sys, kiosk.bootstrap.terminal; print(*sorted(sys.modules))"
OPENED = f"""
import sys, time
from screens.theme import Theme
from screens.app import KioskApp
from kivy.base import EventLoop
app = KioskApp(theme=Theme({WIDTH}, {HEIGHT}, 344, 612), tell=print, fullscreen=True)
app.start()
for _ in range(20): app.frame()
print(*EventLoop.window.system_size, EventLoop.window.left, EventLoop.window.top)
"""


@pytest.fixture
def display() -> Iterator[str]:
    with VirtualDisplay(WIDTH, HEIGHT) as screen:
        yield screen.name


def said(code: str, display: str, driver: str = "x11") -> str:
    """What a Python of its own prints, on this display."""
    environ = os.environ | {"DISPLAY": display, "SDL_VIDEODRIVER": driver}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


def test_without_a_window_manager_the_window_fills_the_glass_by_itself(display: str) -> None:
    assert said(ASK, display) == "True"
    assert said(OPENED, display) == f"{WIDTH} {HEIGHT} 0 0"


def test_a_window_manager_is_noticed_and_left_its_work(display: str) -> None:
    manager = subprocess.Popen(["openbox"], env=os.environ | {"DISPLAY": display}, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 20
        while said(ASK, display) == "True":
            assert time.monotonic() < end
        assert said(OPENED, display) == f"{WIDTH} {HEIGHT} 0 0"
    finally:
        manager.terminate()
        manager.wait(10)


def test_elsewhere_than_on_x_it_is_not_asked(display: str) -> None:
    assert said(ASK, display, "wayland") == "False"


def test_where_no_screen_answers_nothing_is_known() -> None:
    assert said(ASK, ":9999") == "False"


def test_what_a_first_picture_does_not_need_is_not_imported(display: str) -> None:
    """Each of these once made a start slower than a browser's, unnoticed."""
    names = said(BEFORE_THE_FIRST_PICTURE, display).split()
    heavy = ("asyncio", "ssl", "pydantic", "requests", "sqlite3", "serial", "PIL", "babel")
    late = ("kiosk.spoken_views", "kiosk.views.told", "kiosk.views.devices", "kiosk.events.upkeep", "screens.narrator")
    assert "kivy.clock" in names
    assert not {*heavy, *late} & set(names)
