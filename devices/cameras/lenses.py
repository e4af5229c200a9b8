"""Where pictures come from: a V4L2 device, a folder of recorded ones, an invented scene. Only in the camera's process.

Cameras send JPEGs (MJPG): they stay so until it is known how large a picture is wanted, as half the size is decoded in a
fifth of the time.
"""

import errno
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np

from devices.cameras import scene
from devices.cameras.straighten import Picture
from kiosk.errors import Fault

TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


class LensLost(Exception):
    """No picture comes any more; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, repr=False)
class Shot:
    """One picture as it came: a JPEG (one row of bytes), or pixels already."""

    raw: Picture
    rotate: int = 0

    @property
    def is_jpeg(self) -> bool:
        """Whether it is still to be decoded."""
        return self.raw.ndim == 1

    def picture(self, *, halved: bool = False) -> Picture | None:
        """Blue green red, turned as the camera is mounted; None for damaged data."""
        if self.is_jpeg:
            made = cv2.imdecode(self.raw, cv2.IMREAD_REDUCED_COLOR_2 if halved else cv2.IMREAD_COLOR)
        elif halved:
            made = cv2.resize(self.raw, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        else:
            made = self.raw
        turn = TURNS.get(self.rotate)
        return made if made is None or turn is None else cv2.rotate(made, turn)

    def same_as(self, other: "Shot | None") -> bool:
        """Whether every byte is the same: a sensor's noise never lets that happen."""
        return other is not None and self.raw.shape == other.raw.shape and bool(np.array_equal(self.raw, other.raw))


class Lens(Protocol):
    """Something that gives pictures."""

    def read(self) -> Shot:
        """The next picture; waits for it. Raises LensLost."""


class V4l2Lens:
    """A camera of this machine."""

    def __init__(self, path: str, width: int, height: int, fps: int) -> None:
        """Raises LensLost."""
        self._path = path
        _openable(path)
        self._capture = cv2.VideoCapture(path, cv2.CAP_V4L2)
        if not self._capture.isOpened():
            raise LensLost(Fault.IN_USE)
        for name, value in (
            (cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG")),  # before the size: raw pictures of it are too slow
            (cv2.CAP_PROP_FRAME_WIDTH, width),
            (cv2.CAP_PROP_FRAME_HEIGHT, height),
            (cv2.CAP_PROP_FPS, fps),
            (cv2.CAP_PROP_BUFFERSIZE, 1),  # the newest picture, not the oldest that waits
            (cv2.CAP_PROP_CONVERT_RGB, 0),  # as it comes: decoded later, in the size that is wanted
        ):
            self._capture.set(name, value)
        if self._fourcc() != "MJPG":
            self._capture.set(cv2.CAP_PROP_CONVERT_RGB, 1)

    def read(self) -> Shot:
        """The next picture."""
        there, raw = self._capture.read()
        if not there:
            raise LensLost(Fault.NO_PICTURE if Path(self._path).exists() else Fault.UNPLUGGED)
        return Shot(raw.reshape(-1) if raw.ndim < 3 else raw)

    def _fourcc(self) -> str:
        code = int(self._capture.get(cv2.CAP_PROP_FOURCC))
        return code.to_bytes(4, "little", signed=False).decode("latin-1") if code >= 0 else ""


def _openable(path: str) -> None:
    """Raises LensLost with the reason the system gives."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))
    except OSError as error:
        gone = error.errno in (errno.ENOENT, errno.ENODEV, errno.ENXIO)
        busy = error.errno == errno.EBUSY
        raise LensLost(Fault.UNPLUGGED if gone else Fault.IN_USE if busy else Fault.NO_ANSWER) from error


class FolderLens:
    """Recorded pictures `folder/f%03d.jpg` from 0 (or 1) on, round and round, at the pace of a camera."""

    def __init__(self, pattern: str, fps: int) -> None:
        self._pattern = pattern
        self._paths = _round(lambda: [Path(pattern % at) for at in range(100_000)])
        self._pace = Pace(fps)

    def read(self) -> Shot:
        """The next picture of the folder."""
        self._pace.wait()
        for _ in range(2):
            try:
                return Shot(np.frombuffer(next(self._paths).read_bytes(), np.uint8))
            except (OSError, StopIteration):
                continue
        raise LensLost(Fault.UNPLUGGED)


def _round(paths: Callable[[], list[Path]]) -> Iterator[Path]:
    """Those that are there, again and again; ends when none is."""
    every = paths()
    first = next((at for at in range(2) if every[at].exists()), None)
    while first is not None and every[first].exists():
        for path in every[first:]:
            if not path.exists():
                break
            yield path


class SceneLens:
    """An invented scene, changed by hands in the kiosk's process (`scene_wire`) while it is looked at."""

    def __init__(self, fd: int, width: int, height: int, fps: int) -> None:
        self._fd, self._size = fd, (width, height)
        self._pace = Pace(fps)
        self._shown: dict[str, Any] = {}
        self._still: Picture | None = None
        self._shots: dict[int, Shot] = {}
        self._number = count()

    def read(self) -> Shot:
        """What is to be seen now."""
        self._pace.wait()
        state = self._state()
        if not state["plugged"]:
            raise LensLost(Fault.UNPLUGGED)
        if state["hangs"]:
            time.sleep(3600)
        if state["dies"]:
            os._exit(3)
        if state["looks"] != self._shown:
            self._shown, self._still = state["looks"], None
            self._shots.clear()
        number = 0 if state["frozen"] else next(self._number)
        return self._shot(number)

    def _state(self) -> dict[str, Any]:
        while True:
            try:
                state: dict[str, Any] = json.loads(os.pread(self._fd, 4096, 0).rstrip(b"\0"))
            except ValueError:  # it is being written at this moment
                continue
            return state

    def _shot(self, number: int) -> Shot:
        shakes = bool(self._shown.get("shakes"))
        if shakes:
            return self._photographed(number, shake=(number % 4) / 100)
        at = number % 3
        if at not in self._shots:
            self._shots[at] = self._photographed(at)
        return self._shots[at]

    def _photographed(self, number: int, shake: float = 0.0) -> Shot:
        looks = {name: value for name, value in self._shown.items() if name != "shakes"}
        seen = scene.Scene(*self._size, **looks)
        if shake:
            return Shot(scene.photograph(seen.moved(shake, shake / 2), number))
        if self._still is None:
            self._still = scene.still(seen)
        return Shot(np.frombuffer(scene.jpeg(scene.grained(self._still, seen, number)), np.uint8))


class Pace:
    """As many turns a second as a camera would give."""

    def __init__(self, fps: int) -> None:
        self._every = 1 / fps
        self._next = time.monotonic()

    def wait(self) -> None:
        """Until the next one is due; what was missed is not made up for."""
        time.sleep(max(0.0, self._next - time.monotonic()))
        self._next = max(self._next + self._every, time.monotonic())
