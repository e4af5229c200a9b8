"""The keyboard on a screen of 1080x1920, drawn in software: from the touch that opens it, and from a key to its
candidates, each to the end of the frame that shows it. The engine here is a table in memory: only the screen is timed."""

import os
import time
from collections.abc import Callable, Iterator

os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")

from kiosk import fonts
from kiosk.views.choose import SearchView
from screens.app import KioskApp, forget
from screens.gallery import THEMES
from screens.robot import Robot
from screens.samples import SAMPLES, chrome
from tests.bench.rows import Row, below, told
from tests.screens.fake_writing import FakeWriting

TIMES = 40
OPENS_MS, SHOWS_MS = 100.0, 50.0
WORD = "kaifandian"
MODES = ("handwriting", "strokes", "digits", "latin", "symbols", "pinyin")


def main() -> list[Row]:
    """Measure on one open app."""
    fonts.prepare()
    app = KioskApp(theme=THEMES["portrait"], tell=lambda _: None)
    app.start()
    app.tools.writing = FakeWriting()
    try:
        return _rows(app, Robot(app))
    finally:
        app.close()


def _rows(app: KioskApp, robot: Robot) -> list[Row]:
    opens = sorted(_opening(app) for _ in range(TIMES))
    app.show(SearchView("Search", "", "", "", ()), chrome("zh_CN", "M"))
    shown = sorted(taken for _ in range(TIMES // len(WORD) + 1) for taken in _typing(app, robot))
    modes = sorted(_act_ms(app, robot, f"mode-{mode}") for _ in range(4) for mode in MODES)
    return [
        below("the keyboard opens, the whole page with it, p95", _p95(opens), "ms", OPENS_MS),
        below("a key to its candidates drawn, p95", _p95(shown), "ms", SHOWS_MS),
        told("another mode, slowest", modes[-1], "ms"),
    ]


def _opening(app: KioskApp) -> float:
    """From a home screen to a search with the keyboard."""
    app.show(SAMPLES["home"], chrome("zh_CN", "M", home=True))
    for _ in range(3):
        app.frame(wait=False)
    forget()  # as the app does a moment after every page, long before a finger is on the next
    return _ms(app, lambda: app.show(SAMPLES["search-empty"], chrome("zh_CN", "M")))


def _typing(app: KioskApp, robot: Robot) -> Iterator[float]:
    for letter in WORD:
        yield _act_ms(app, robot, f"key-{letter}")
    robot.press("key-clear")


def _act_ms(app: KioskApp, robot: Robot, name: str) -> float:
    """What the finger's end sets off, to the end of its frame."""
    key = robot.find(name)
    return _ms(app, lambda: app.surface.act(key))


def _ms(app: KioskApp, work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    app.frame(wait=False)
    return (time.perf_counter() - start) * 1000


def _p95(values: list[float]) -> float:
    return values[round(0.95 * (len(values) - 1))]
