"""The camera's process: OpenCV, apart from the screen, which must not halt for it, grow with it nor die of it.

As a program: its settings as one JSON argument, commands as JSON lines on standard input, events as JSON lines on standard
output; pictures lie in shared memory (`shelf.py`). It ends when its standard input does, and writes no picture anywhere.

    {"do": "take", "id": 3, "outline": [[0.1, 0.1], ...] or null}

    {"event": "ready"}   {"event": "lost", "fault": "unplugged"}   {"event": "frozen", "is": true}
    {"event": "frame", "number": 7, "slot": 1, "width": 640, "height": 480, "outline": [...], "concerns": ["blurred"]}
    {"event": "page", "id": 3, "bytes": 81234, "width": 1240, "height": 1754, "dpi": 150, "concerns": []}
"""

import json
import os
import sys
import time
from typing import Any

import cv2
import numpy as np

from devices.cameras.edges import Points
from devices.cameras.lenses import FolderLens, Lens, LensLost, SceneLens, Shot, V4l2Lens
from devices.cameras.looking import Looker, Seen
from devices.cameras.shelf import PREVIEW_PX, Shelf
from devices.cameras.straighten import Picture

MOST_FPS = 12
"""Pictures that come faster are passed over: nobody sees more, and each costs 30 ms."""
FROZEN_S = 1.0
"""The very same picture for so long: the camera hangs."""
JPEG_QUALITY = 88
INPUT = 0


class Eye:
    """One lens, looked through until the kiosk goes away."""

    def __init__(self, settings: dict[str, Any]) -> None:
        """Raises LensLost."""
        cv2.setNumThreads(1)  # the other core is the screen's
        self._shelf = Shelf(settings["shelf"])
        self._rotate = settings["rotate"]
        self._view_width_mm = settings["view_width_mm"]
        self._lens = lens(settings)
        self._looker = Looker()
        self._number = 0
        self._before: Shot | None = None
        self._changed = time.monotonic()
        self._frozen = False
        self._rest = b""

    def run(self) -> None:
        """Until standard input ends. Raises LensLost."""
        tell(event="ready")
        next_look = 0.0
        while (commands := self._commands()) is not None:
            shot = self._shot()
            if not commands and time.monotonic() < next_look:
                continue
            next_look = time.monotonic() + 1 / (MOST_FPS + 1)
            picture = shot.picture(halved=True)
            if picture is not None:
                seen = self._show(picture)
                for command in commands:
                    self._take(command, shot, seen)

    def _shot(self) -> Shot:
        raw = self._lens.read()
        shot = Shot(raw.raw, self._rotate)
        if not shot.same_as(self._before):
            self._changed = time.monotonic()
        self._before = shot
        if (time.monotonic() - self._changed > FROZEN_S) != self._frozen:
            self._frozen = not self._frozen
            tell(event="frozen", **{"is": self._frozen})
        return shot

    def _commands(self) -> list[dict[str, Any]] | None:
        """What was asked meanwhile; None when nobody will ask any more."""
        try:
            piece = os.read(INPUT, 65_536)
        except BlockingIOError:
            return []
        if not piece:
            return None
        *lines, self._rest = (self._rest + piece).split(b"\n")
        return [json.loads(line) for line in lines]

    def _show(self, picture: Picture) -> Seen:
        seen = self._looker.look(picture)
        high, wide = picture.shape[:2]
        share = PREVIEW_PX / max(wide, high)
        small = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        self._number += 1
        rgb = cv2.cvtColor(small, cv2.COLOR_BGR2RGB)
        slot = self._shelf.put_frame(self._number, rgb.tobytes())
        size = {"width": rgb.shape[1], "height": rgb.shape[0]}
        outline = shares(seen.found.corners, wide, high) if seen.found else None
        tell(event="frame", number=self._number, slot=slot, outline=outline, concerns=sorted(seen.concerns), **size)
        return seen

    def _take(self, command: dict[str, Any], shot: Shot, seen: Seen) -> None:
        picture = shot.picture()
        if picture is None:
            tell(event="page", id=command["id"], bytes=0)
            return
        high, wide = picture.shape[:2]
        outline = pixels(command["outline"], wide, high) if command["outline"] else None
        scale = wide / self._view_width_mm if self._view_width_mm else 0.0
        taken = self._looker.take(picture, seen, outline, scale)
        jpeg = bytes(cv2.imencode(".jpg", taken.picture, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1])
        self._shelf.put_page(jpeg)
        size = {"width": taken.picture.shape[1], "height": taken.picture.shape[0], "bytes": len(jpeg)}
        tell(event="page", id=command["id"], dpi=taken.dpi, concerns=sorted(taken.concerns), **size)


def lens(settings: dict[str, Any]) -> Lens:
    """What the settings speak of. Raises LensLost."""
    width, height, fps = settings["width"], settings["height"], settings["fps"]
    if settings["scene"] is not None:
        return SceneLens(settings["scene"], width, height, fps)
    if settings["pictures"]:
        return FolderLens(settings["pictures"], fps)
    return V4l2Lens(settings["url"], width, height, fps)


def shares(corners: Points, wide: int, high: int) -> list[list[float]]:
    """Pixels as shares of the picture; what is a little outside of it is at its edge."""
    inside = np.clip((corners + 0.5) / (wide, high), 0, 1)
    return [[round(float(x), 5), round(float(y), 5)] for x, y in inside]


def pixels(outline: list[list[float]], wide: int, high: int) -> Points:
    """Shares of the picture as pixels."""
    return np.array(outline, np.float64) * (wide, high) - 0.5


def tell(**event: object) -> None:
    """One event to the kiosk."""
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Serve until standard input ends; 1 after the event "lost"."""
    os.set_blocking(INPUT, False)
    try:
        Eye(json.loads(sys.argv[1])).run()
    except LensLost as lost:
        tell(event="lost", fault=lost.fault.value)
        return 1
    os._exit(0)  # a driver that hangs in its own clean-up keeps nobody waiting


if __name__ == "__main__":
    sys.exit(main())
