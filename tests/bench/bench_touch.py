"""From a press to the first changed frame, with real pointer events on the X screen at 1080x1920, drawn in software."""

import argparse
import random
import statistics
import tempfile
import time
from pathlib import Path

from kiosk.virtual_display import VirtualDisplay
from tests.bench.contestants import HEIGHT, WIDTH, Contestant, chromium, kiosk, running
from tests.bench.rows import Row, below, table, told
from tests.bench.watching import await_rest, find_tile, let_go_outside, press_seen_after, spot_at_rest
from tests.bench.xscreen import XScreen

TOUCHES, LIMIT_MS = 100, 50.0


def main(command: str | None = None, touches: int = TOUCHES) -> list[Row]:
    """Measure; `command` replaces the words that start the kiosk."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-touch-") as folder,
        VirtualDisplay(WIDTH, HEIGHT) as display,
        XScreen(display.name, WIDTH, HEIGHT) as screen,
    ):
        ours, theirs = (
            _touches(screen, one, touches) for one in (kiosk(Path(folder), command), chromium(Path(folder)))
        )
    return [
        below("touch to first changed frame, p95, vs Chromium", _p95(ours), "ms", LIMIT_MS, _p95(theirs)),
        told("touch to first changed frame, median", statistics.median(ours), "ms", statistics.median(theirs)),
    ]


def _touches(screen: XScreen, contestant: Contestant, count: int) -> list[float]:
    with running(contestant):
        await_rest(screen)
        point = find_tile(screen)
        rest = spot_at_rest(screen, point)
        return [_touch_ms(screen, point, rest) for _ in range(count)]


def _touch_ms(screen: XScreen, point: tuple[int, int], rest: bytes) -> float:
    """One press, at a moment that has nothing to do with the program's frames."""
    time.sleep(random.uniform(0.05, 0.15))
    seen_s = press_seen_after(screen, point)
    let_go_outside(screen, point, rest)
    if seen_s is None:
        raise RuntimeError("a press was not answered within a second")
    return seen_s * 1000


def _p95(values: list[float]) -> float:
    return sorted(values)[-max(1, len(values) // 20)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kiosk", metavar="COMMAND", help="what to start in place of the kiosk")
    parser.add_argument("--touches", type=int, default=TOUCHES)
    asked = parser.parse_args()
    print(table(main(asked.kiosk, asked.touches)))
