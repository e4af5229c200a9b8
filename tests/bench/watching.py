"""When is a screen there, and when does it answer a finger: the same definitions for every program."""

import time
from collections.abc import Callable

from PIL import Image, ImageChops

from tests.bench.xscreen import XScreen

HIGH, EVERY = 6, 64  # strips that are watched, in pixels
SAME_SHARE = 0.9  # of the reference's edges: a clock or a number of people may differ
REST_S, PATIENCE_S = 1.5, 60.0
LOOK_S = 0.001  # between two looks: a busy eye would take the X server's and the program's time
SPOT = 48  # pixels around a finger that are watched
TRIES = tuple((x, y) for y in (0.21, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8) for x in (0.27, 0.73))
"""Where tiles may be, as shares of width and height."""

Point = tuple[int, int]


class Picture:
    """The edges (letters, tiles) of a screen at rest, to recognise it by."""

    def __init__(self, strips: Image.Image) -> None:
        self._strips = strips
        left = ImageChops.offset(strips, 1, 0)
        self._edges = ImageChops.difference(strips, left).point(lambda grey: 255 if grey > 24 else 0)
        self._count = self._edges.histogram()[255]

    @property
    def empty(self) -> bool:
        """Whether there is nothing on it."""
        return self._count < 500

    def seen_in(self, strips: Image.Image) -> bool:
        """Whether its edges are there."""
        unlike = ImageChops.difference(strips, self._strips).histogram(self._edges)
        return sum(unlike[:16]) >= SAME_SHARE * self._count


def await_rest(screen: XScreen) -> Picture:
    """The screen once it has something on it and has not changed for a while."""
    deadline = time.monotonic() + PATIENCE_S
    last, since = screen.strips(HIGH, EVERY), time.monotonic()
    while time.monotonic() < deadline:
        time.sleep(0.05)
        strips = screen.strips(HIGH, EVERY)
        if not Picture(last).seen_in(strips) or Picture(strips).empty:
            last, since = strips, time.monotonic()
        elif time.monotonic() - since > REST_S:
            return Picture(last)
    raise RuntimeError("the screen shows nothing that stays")


def await_picture(screen: XScreen, picture: Picture) -> None:
    """Return as soon as `picture` is on the screen."""
    _await(lambda: picture.seen_in(screen.strips(HIGH, EVERY)), PATIENCE_S, "the screen did not come")


def await_touchable(screen: XScreen, picture: Picture, point: Point) -> None:
    """Return as soon as `picture` is there and a press at `point` changes it; presses again until it does."""
    screen.move(*point)
    await_picture(screen, picture)
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if press_seen_after(screen, point, patience_s=0.25) is not None:
            return
        screen.press(False)
    raise RuntimeError("the screen does not answer a press")


def press_seen_after(screen: XScreen, point: Point, patience_s: float = 1.0) -> float | None:
    """Press at `point`, where the pointer already is, and say after how many seconds its surroundings had changed."""
    before = _spot(screen, point)
    start = time.perf_counter()
    screen.press(True)
    while time.perf_counter() - start < patience_s:
        time.sleep(LOOK_S)
        if _spot(screen, point) != before:
            return time.perf_counter() - start
    return None


def let_go_outside(screen: XScreen, point: Point, rest: bytes) -> None:
    """Slide off and let go, which is no press, and wait until the surroundings of `point` are as at rest again."""
    screen.move(2, screen.height - 2)
    screen.press(False)
    _await(lambda: _spot(screen, point) == rest, 5, "the pressed thing stays pressed")
    screen.move(*point)


def spot_at_rest(screen: XScreen, point: Point) -> bytes:
    """What the surroundings of `point` look like, the pointer on them."""
    screen.move(*point)
    time.sleep(0.1)
    return _spot(screen, point)


def find_tile(screen: XScreen) -> Point:
    """A point whose press is answered where it is pressed, and forgotten when the finger slides off."""
    for x, y in TRIES:
        point = round(x * screen.width), round(y * screen.height)
        rest = spot_at_rest(screen, point)
        answered = press_seen_after(screen, point, patience_s=0.4) is not None
        try:
            let_go_outside(screen, point, rest)
        except RuntimeError:
            continue
        if answered:
            return point
    raise RuntimeError("no tile answers a press")


def _spot(screen: XScreen, point: Point) -> bytes:
    return screen.pixels(point[0] - SPOT // 2, point[1] - SPOT // 2, SPOT, SPOT)


def _await(condition: Callable[[], bool], patience_s: float, otherwise: str) -> None:
    deadline = time.monotonic() + patience_s
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(otherwise)
        time.sleep(LOOK_S)
