"""From a key to the focus moved and the voice told, and from another language, text size or contrast to its picture.

On the fullest pages: the keyboard with its results for keys, the guide at the largest text size for the others. Drawn
in software at 1080x1920.
"""

import os

os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")  # before Kivy is imported

import argparse
import gc
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice

from kiosk import fonts
from kiosk.keys import CODES
from kiosk.ports.voice import Manner, Tongue
from tests.bench.rows import Row, below, table, told

KEYS, SWITCHES = 200, 60
SPOKEN_MS = 200.0
"""From the key to the first sound; what the engine needs of it is its own benchmark's matter."""
SWITCH_MS = 300.0


class Clocked:
    """A speaker that remembers when it was told to say something."""

    speaking = False

    def __init__(self) -> None:
        self.at = 0.0

    def tongues(self) -> frozenset[Tongue]:
        """All."""
        return frozenset(Tongue)

    def say(self, _sentences: Sequence[str], _tongue: Tongue, _manner: Manner) -> None:
        """Look at the clock."""
        self.at = time.perf_counter()

    def pause(self) -> None:
        """Nothing sounds."""

    def resume(self) -> None:
        """Nothing sounds."""

    def stop(self) -> None:
        """Nothing sounds."""


def main(keys: int = KEYS, switches: int = SWITCHES) -> list[Row]:
    """Measure."""
    from screens.app import KioskApp
    from screens.gallery import THEMES

    fonts.prepare()
    app = KioskApp(theme=THEMES["portrait"], tell=lambda _: None)
    app.start()
    try:
        _switches(app, "language", CHANGES["language"], 1)  # what is imported with the first page
        gc.freeze()  # as the terminal does once everything it consists of is there
        spoken, drawn = _keys(app, keys)
        rows = [
            told("key to the voice told, p95", _p95(spoken), "ms", SPOKEN_MS),
            told("key to the frame drawn, p95", _p95(drawn), "ms"),
        ]
        for name, values in CHANGES.items():
            rows.append(below(f"another {name}, p95", _p95(_switches(app, name, values, switches)), "ms", SWITCH_MS))
        return rows
    finally:
        app.close()


CHANGES = {
    "language": ("zh_CN", "zh_HK", "en"),
    "text_size": ("S", "M", "L", "XL"),
    "contrast": ("standard", "light", "dark", "vivid"),
}


def _keys(app: object, count: int) -> tuple[list[float], list[float]]:
    from kivy.base import EventLoop

    from screens.samples import SAMPLES, chrome

    voice = app.tools.voice = Clocked()
    app.show(SAMPLES["search-results"], chrome("zh_CN", "M", voice=True))
    app.frame(wait=False)
    spoken, drawn = [], []
    for key in islice(cycle(("right", "right", "down", "right")), count):
        began = time.perf_counter()
        EventLoop.window.dispatch("on_key_down", CODES[key], 0, None, [])
        spoken.append((voice.at - began) * 1000)
        app.frame(wait=False)
        drawn.append((time.perf_counter() - began) * 1000)
    return spoken, drawn


def _switches(app: object, name: str, values: Sequence[str], count: int) -> list[float]:
    from screens.app import forget
    from screens.samples import SAMPLES, chrome

    taken = []
    for value in islice(cycle(values), count + len(values)):
        wanted = {"language": "zh_CN", "text_size": "XL", name: value}
        around = chrome(wanted.pop("language"), wanted.pop("text_size"), **wanted)
        taken.append(_timed(lambda around=around: _shown(app, SAMPLES["guide"], around)))
        forget()  # as the app does a moment after every page
    return taken[len(values) :]


def _shown(app: object, view: object, around: object) -> None:
    app.show(view, around)
    app.frame(wait=False)


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _p95(values: list[float]) -> float:
    return sorted(values)[-max(1, len(values) // 20)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=KEYS)
    parser.add_argument("--switches", type=int, default=SWITCHES)
    asked = parser.parse_args()
    print(table(main(asked.keys, asked.switches)))
