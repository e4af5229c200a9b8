"""Start, memory and idle CPU, against Chromium in kiosk mode with the same screen as a static page.

Touchable: the letters and tiles of the screen at rest are on the X screen, and a press on a tile changes it. Runs are
paired and alternate; the median counts.
"""

import argparse
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from kiosk.virtual_display import VirtualDisplay
from tests.bench.contestants import HEIGHT, WIDTH, Contestant, Usage, chromium, kiosk, running, usage
from tests.bench.rows import Row, against, below, table, told
from tests.bench.watching import Picture, Point, await_picture, await_rest, await_touchable, find_tile
from tests.bench.xscreen import XScreen

RUNS, SETTLE_S, IDLE_S = 5, 10.0, 20.0
MEMORY_SHARE, IDLE_PERCENT = 0.5, 2.0


@dataclass(frozen=True)
class Known:
    """What a contestant's screen looks like at rest, and where it has a tile."""

    contestant: Contestant
    picture: Picture
    tile: Point


@dataclass(frozen=True)
class Idle:
    """Use after a rest, and CPU over the time watched, in percent of one core."""

    use: Usage
    cpu_percent: float
    service_cpu_percent: float


def main(command: str | None = None, runs: int = RUNS) -> list[Row]:
    """Measure; `command` replaces the words that start the kiosk."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-start-") as folder,
        VirtualDisplay(WIDTH, HEIGHT) as display,
        XScreen(display.name, WIDTH, HEIGHT) as screen,
    ):
        known = [_known(screen, one) for one in (kiosk(Path(folder), command), chromium(Path(folder)))]
        times = [[_start_s(screen, one) for one in known] for _ in range(runs)]
        ours, theirs = (_idle(screen, one) for one in known)
    return _rows([statistics.median(column) for column in zip(*times, strict=True)], ours, theirs)


def _known(screen: XScreen, contestant: Contestant) -> Known:
    """The untimed start: wakes the screen, so that what is pressed later is a tile."""
    with running(contestant):
        picture = await_rest(screen)
        tile = find_tile(screen)
    return Known(contestant, picture, tile)


def _start_s(screen: XScreen, known: Known) -> float:
    _clear(screen)
    start = time.perf_counter()
    with running(known.contestant):
        await_touchable(screen, known.picture, known.tile)
        touchable = time.perf_counter() - start
        screen.move(2, screen.height - 2)
        screen.press(False)
    return touchable


def _clear(screen: XScreen) -> None:
    """Let the last one's window go."""
    deadline = time.monotonic() + 5
    while any(screen.strips(2, 128).histogram()[1:]) and time.monotonic() < deadline:
        time.sleep(0.01)


def _idle(screen: XScreen, known: Known) -> Idle:
    with running(known.contestant) as process:
        await_picture(screen, known.picture)
        time.sleep(SETTLE_S)
        before = usage(process)
        time.sleep(IDLE_S)
        after = usage(process)
    cpu = (after.cpu_s - before.cpu_s) / IDLE_S * 100
    service = (after.service_cpu_s - before.service_cpu_s) / IDLE_S * 100
    return Idle(before, cpu, service)


def _rows(medians: list[float], ours: Idle, theirs: Idle) -> list[Row]:
    whole_mb = ours.use.memory_mb + ours.use.service_memory_mb
    return [
        against("start to touchable home, vs Chromium", medians[0], "s", medians[1], 1.0),
        against("memory (PSS) of the kiosk, vs Chromium", ours.use.memory_mb, "MB", theirs.use.memory_mb, MEMORY_SHARE),
        told("memory with the embedded service", whole_mb, "MB", theirs.use.memory_mb),
        below("idle CPU of the kiosk", ours.cpu_percent, "% of a core", IDLE_PERCENT, theirs.cpu_percent),
        told("idle CPU of the embedded service", ours.service_cpu_percent, "% of a core"),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kiosk", metavar="COMMAND", help="what to start in place of the kiosk")
    parser.add_argument("--runs", type=int, default=RUNS)
    asked = parser.parse_args()
    print(table(main(asked.kiosk, asked.runs)))
