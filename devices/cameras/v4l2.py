"""A document camera over V4L2 (UVC cameras), seen by a process of its own (`devices.cameras.eye`).

The process lives from `start` to `stop`: a kiosk in which nobody photographs has none. Pictures come in memory that only
both processes have; when it is closed nothing of them is left. A process that hangs or dies is started again.
"""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, cast

from devices.cameras.scene_wire import SceneWire
from devices.cameras.shelf import Shelf
from devices.health import status_of
from devices.transports import sim
from devices.voices.child import Child
from kiosk.errors import DeviceUnavailable, Fault, ScanFailed, SettingsError
from kiosk.ports.camera import Frame, Outline
from kiosk.ports.device import ABSENT, READY, Status
from kiosk.ports.page import Concern, Page

START_S = 8.0
"""For Python, OpenCV and a camera that wakes up."""
SILENCE_S = 2.0
"""Without a frame for so long, the process is taken for hung."""
TAKE_S = 4.0
POLL_S = 0.005
RETRY_S = 3.0
"""A camera that could not be started is not said to be well sooner, without a new try."""
TRIES = 1
"""So often a process that hangs or has died is started again by itself, without a frame in between."""
WORDS = {
    Fault.UNPLUGGED: "The camera {0} is not there; plug it in or compare `url` with `ls /dev/v4l/by-id`.",
    Fault.IN_USE: "The camera {0} is used by another program or is no camera that gives pictures.",
    Fault.NO_PICTURE: "The camera {0} gives no picture; check its cable and cover.",
    Fault.NO_ANSWER: "The camera {0} does not answer; plug it in anew, and see that the user is in the group `video`.",
}


class V4l2Camera:
    """A camera above a dark mat. `latest` may be called from any thread."""

    @dataclass(frozen=True)
    class Options:
        """`url`: the device by its lasting name (/dev/v4l/by-id/...-video-index0), or sim://document-camera. `pictures`
        instead of it: a folder of recorded ones, folder/f%03d.jpg. `rotate`: degrees clockwise that turn the picture
        upright. `view_width_mm`: how wide the part of the mat is that the camera sees, upright; 0 where nobody has
        measured it, then pages have no dpi."""

        url: str = ""
        pictures: str = ""
        width: int = 2592
        height: int = 1944
        fps: int = 10
        rotate: Literal[0, 90, 180, 270] = 0
        view_width_mm: float = 0.0

    def __init__(self, options: Options) -> None:
        """Raises SettingsError where it is not said, or said twice, where pictures come from, and where OpenCV is not
        installed; SetupError for a simulated camera that does not exist."""
        if find_spec("cv2") is None:
            raise SettingsError("The document_camera v4l2 needs OpenCV. Run 'make install', or install '.[camera]'.")
        if bool(options.url) == bool(options.pictures):
            raise SettingsError("The document_camera v4l2 needs either the option 'url' or the option 'pictures'.")
        if options.width < 320 or options.height < 240 or options.fps < 1 or options.view_width_mm < 0:
            raise SettingsError("document_camera v4l2: a picture has at least 320 x 240 pixels, once a second.")
        self.options = options
        is_scene = options.url.startswith(sim.SCHEME)
        self._scene = cast("SceneWire", sim.wire(options.url)) if is_scene else None
        self._lock = threading.Lock()
        self._is_open = False
        self._refused: tuple[Fault, float] | None = None
        self._number = 0
        self._forget()

    def _forget(self) -> None:
        """Nothing runs, nothing is known."""
        self._child: Child | None = None
        self._shelf: Shelf | None = None
        self._wanted = self._ready = self._frozen = False
        self._fault: Fault | None = None
        self._tries = 0
        self._heard = 0.0
        self._frame: Frame | None = None
        self._pending: dict[str, Any] | None = None
        self._asked = 0
        self._page: Page | Fault | None = None

    @property
    def pid(self) -> int | None:
        """The camera's process; None while nobody looks."""
        return self._child.pid if self._child else None

    # --- the port ------------------------------------------------------------------------------------------

    def open(self) -> None:
        """See that it is there; its process starts with `start`. Raises DeviceUnavailable."""
        if self._is_missing():
            raise self._unavailable(Fault.UNPLUGGED)
        if self._refused and time.monotonic() < self._refused[1]:
            raise self._unavailable(self._refused[0])
        self._is_open = True

    def close(self) -> None:
        """End the preview."""
        self._is_open = False
        self.stop()

    def status(self) -> Status:
        """ABSENT when it is closed or unplugged; what its process says while it looks. Starts a hung one again."""
        if not self._is_open or self._is_missing():
            return ABSENT
        ended: Child | None = None
        with self._lock:
            self._listen()
            if self._wanted and self._fault is None and self._is_stuck():
                ended = self._again()
            fault = self._fault or (Fault.NO_PICTURE if self._frozen else None)
        if ended:
            ended.end()
        return status_of((fault,)) if fault else READY

    def start(self) -> None:
        """Begin the preview; returns when the camera gives pictures. Raises DeviceUnavailable."""
        if not self._is_open:
            raise self._unavailable(Fault.UNPLUGGED)
        with self._lock:
            if not self._wanted:
                self._forget()
                self._wanted = True
                self._spawn()
        self._await(lambda: self._ready or self._fault is not None, START_S)
        if self._ready and not self._fault:
            self._refused = None
            return
        fault = self._fault or Fault.NO_ANSWER
        self.stop()
        self._refused = (fault, time.monotonic() + RETRY_S) if fault is not Fault.UNPLUGGED else None
        raise self._unavailable(fault)

    def stop(self) -> None:
        """End the process, forget its pictures."""
        with self._lock:
            child, shelf = self._child, self._shelf
            self._forget()
        if child:
            child.end()
        if shelf:
            shelf.close()

    def latest(self) -> Frame | None:
        """The newest frame; None while the camera is off, starting or lost."""
        with self._lock:
            self._listen()
            return self._frame

    def take(self, outline: Outline | None = None) -> Page:
        """A page in full resolution; starts the camera where it is off."""
        self.start()
        with self._lock:
            self._asked += 1
            self._page = None
            if self._child:
                self._child.tell(do="take", id=self._asked, outline=outline)
        self._await(lambda: self._page is not None or self._fault is not None, TAKE_S)
        with self._lock:
            page, self._page = self._page, None
        if isinstance(page, Page):
            return page
        if page is not None:
            raise ScanFailed("The camera's picture was damaged.", page)
        raise self._unavailable(self._fault or Fault.NO_ANSWER)

    # --- its process, under the lock -----------------------------------------------------------------------

    def _spawn(self) -> None:
        self._shelf = self._shelf or Shelf.new()
        options = self.options
        shares = [self._shelf.fd, *([self._scene.fd] if self._scene else [])]
        settings = {
            "url": options.url,
            "pictures": str(Path(options.pictures).absolute()) if options.pictures else "",
            "width": options.width,
            "height": options.height,
            "fps": options.fps,
            "rotate": options.rotate,
            "view_width_mm": options.view_width_mm,
            "shelf": self._shelf.fd,
            "scene": self._scene.fd if self._scene else None,
        }
        self._child = Child("devices.cameras.eye", [json.dumps(settings)], {}, shares)
        self._heard = time.monotonic()
        self._ready = False

    def _is_stuck(self) -> bool:
        silent_s = time.monotonic() - self._heard
        return self._child is None or not self._child.alive or silent_s > (SILENCE_S if self._ready else START_S)

    def _again(self) -> Child | None:
        """Another process in place of one that hangs or has died; the old one is still to be ended."""
        old, self._child, self._frame = self._child, None, None
        self._tries += 1
        if self._tries > TRIES:
            self._fault = Fault.NO_ANSWER
        else:
            self._spawn()
        return old

    def _listen(self) -> None:
        for event in self._child.events() if self._child else ():
            self._heard = time.monotonic()
            self._hear(event)
        self._fetch()

    def _hear(self, event: dict[str, Any]) -> None:
        kind = event["event"]
        if kind == "ready":
            self._ready = True
        elif kind == "frame":
            self._pending, self._tries = event, 0
        elif kind == "frozen":
            self._frozen = event["is"]
        elif kind == "lost":
            self._fault, self._frame, self._pending = Fault(event["fault"]), None, None
        elif kind == "page" and event["id"] == self._asked:
            self._page = self._page_of(event)

    def _fetch(self) -> None:
        """The newest frame that was spoken of, out of the shared memory."""
        event, self._pending = self._pending, None
        if event is None or self._shelf is None:
            return
        rgb = self._shelf.frame(event["slot"], event["number"], event["width"] * event["height"] * 3)
        if rgb is None:
            return
        corners = tuple((x, y) for x, y in event["outline"]) if event["outline"] else None
        concerns = frozenset(map(Concern, event["concerns"]))
        self._number += 1
        self._frame = Frame(
            self._number, event["width"], event["height"], rgb, cast("Outline | None", corners), concerns
        )

    def _page_of(self, event: dict[str, Any]) -> Page | Fault:
        if not event["bytes"] or self._shelf is None:
            return Fault.NO_PICTURE
        jpeg = self._shelf.take_page(event["bytes"])
        return Page(jpeg, event["width"], event["height"], event["dpi"], frozenset(map(Concern, event["concerns"])))

    # --- outside of it -------------------------------------------------------------------------------------

    def _await(self, done: Callable[[], bool], seconds: float) -> None:
        """Until it is done, the process has died, or the time is over."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with self._lock:
                alive = self._child is not None and self._child.alive
                self._listen()
                if done() or not alive:
                    return
            time.sleep(POLL_S)

    def _is_missing(self) -> bool:
        if self._scene:
            return not self._scene.plugged
        return not (Path(self.options.url) if self.options.url else Path(self.options.pictures).parent).exists()

    def _unavailable(self, fault: Fault) -> DeviceUnavailable:
        words = WORDS.get(fault, WORDS[Fault.NO_ANSWER])
        return DeviceUnavailable(words.format(self.options.url or self.options.pictures), fault)
