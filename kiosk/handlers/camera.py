"""Lets the document camera look while a step lasts, and photographs pages."""

import logging
import threading
from collections.abc import Mapping

from kiosk.context import Context, Handler
from kiosk.effects.camera import TakePicture, WatchCamera
from kiosk.effects.model import Effect
from kiosk.errors import DeviceUnavailable, Fault, ScanFailed
from kiosk.events.camera import CameraLost, PictureTaken
from kiosk.events.model import Event
from kiosk.handlers.results import SLICE_S, NoRequest, post
from kiosk.ports.camera import DocumentCamera
from kiosk.ports.worker import DeviceWorker, Request

log = logging.getLogger(__name__)

CAMERA = "document_camera"


class CameraHandlers:
    """Over the worker of the document camera."""

    def __init__(self, workers: Mapping[str, DeviceWorker]) -> None:
        self._workers = workers
        self._watch: _Watch | None = None

    def table(self) -> Mapping[type[Effect], Handler]:
        """Effect -> handler."""
        return {WatchCamera: self._look, TakePicture: self._take}

    def _look(self, _effect: WatchCamera, ctx: Context) -> Request:
        worker = self._worker(ctx)
        if worker is None:
            return NoRequest()
        if self._watch:
            self._watch.give_way()
        self._watch = _Watch(worker, ctx)
        self._watch.go_on()
        return self._watch

    def _take(self, effect: TakePicture, ctx: Context) -> Request:
        worker = self._worker(ctx)
        if worker is None:
            return NoRequest()

        def work(camera: DocumentCamera, cancelled: threading.Event) -> Event | None:
            return None if cancelled.is_set() else PictureTaken(camera.take(effect.outline))

        return worker.ask(work, lambda result: post(ctx, result, camera_trouble))

    def _worker(self, ctx: Context) -> DeviceWorker | None:
        worker = self._workers.get(CAMERA)
        if worker is None:
            ctx.post(CameraLost(Fault.UNPLUGGED))
        return worker


class _Watch:
    """Asks the worker for one slice of looking after the other, so that photographs come in between."""

    def __init__(self, worker: DeviceWorker, ctx: Context) -> None:
        self._worker = worker
        self._ctx = ctx
        self._over = threading.Event()
        self._taken_over = False

    def cancel(self) -> None:
        """Stop looking, soon."""
        self._over.set()

    def give_way(self) -> None:
        """Another watch goes on with the same camera: end without stopping it."""
        self._taken_over = True
        self._over.set()

    def go_on(self) -> None:
        """The next slice."""
        self._worker.ask(self._slice, self._after)

    def _slice(self, camera: DocumentCamera, _cancelled: threading.Event) -> bool:
        """Look for a moment; returns whether to go on. Raises DeviceUnavailable."""
        if not self._over.is_set():
            camera.start()
            self._over.wait(SLICE_S)
        if self._over.is_set():
            if not self._taken_over:
                camera.stop()
            return False
        status = camera.status()
        if status.works:
            return True
        raise DeviceUnavailable("the document camera is lost", min(status.faults, default=Fault.NO_ANSWER))

    def _after(self, result: object) -> None:
        if result is True:
            self.go_on()
        elif isinstance(result, Exception) and not self._over.is_set():
            log.warning("looking through the camera ended: %s", result)
            self._ctx.post(camera_trouble(result))


def camera_trouble(error: Exception) -> Event:
    """A camera's exception as an event."""
    if isinstance(error, DeviceUnavailable | ScanFailed):
        return CameraLost(error.fault)
    return CameraLost(Fault.HARDWARE)
