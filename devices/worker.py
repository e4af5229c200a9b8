"""One thread per device: runs requests one after the other, watches the status between them, reopens what went away.

Generic: knows no events. Results and changes of status are told to functions, from the worker's thread.
"""

import logging
import queue
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from devices.health import status_of
from kiosk.errors import DeviceUnavailable, Fault, KioskError
from kiosk.journal import Shown
from kiosk.ports.device import ABSENT, Device, Health, Interruptible, Status

log = logging.getLogger(__name__)

Work: TypeAlias = Callable[[Device, threading.Event], object]
"""Gets the device and an event that is set when the request is cancelled; looks at it every 0.25 s or sooner."""
Done: TypeAlias = Callable[[object], None]
"""Gets what the work returned, or the exception it raised."""

WATCH_S = 1.0
"""From one look at a device to the next: with a look of up to a second, a pulled cable is known within 2 s."""
REST_S = 0.1
"""At least, between the looks at a device that takes long to answer."""
SLOWEST_REOPEN_S = 1.5
FIRST_REOPEN_S = 0.1
CLOSE_S = 2.0


class Cancelled(threading.Event):
    """Looking at it is a sign of life of the thread that does the work."""

    def __init__(self, beat: Callable[[], None]) -> None:
        super().__init__()
        self._beat = beat

    def is_set(self) -> bool:
        """Whether the work is to end soon."""
        self._beat()
        return super().is_set()


class Request:
    """A piece of work that was asked for."""

    def __init__(self, work: Work, done: Done, beat: Callable[[], None] = lambda: None) -> None:
        self._work = work
        self._done = done
        self.cancelled = Cancelled(beat)

    def cancel(self) -> None:
        """Ask the work to end soon; its result is still told."""
        self.cancelled.set()

    def run(self, device: Device) -> Exception | None:
        """Do the work and tell its result; the exception it ended with, if any."""
        try:
            result: object = self._work(device, self.cancelled)
        except Exception as error:  # noqa: BLE001  whatever work does, the worker lives on and the asker is told
            self.tell(error)
            return error
        self.tell(result)
        return None

    def tell(self, result: object) -> None:
        """Tell the asker; an asker that breaks does not break the worker."""
        try:
            self._done(result)
        except Exception as error:  # noqa: BLE001
            log.error("a result could not be told: %s", Shown(_where(error)))


class Worker:
    """A device and its thread. `on_status` hears every change of the device's status, the first one included."""

    def __init__(
        self, name: str, device: Device, on_status: Callable[[str, Status], None], watch_s: float = WATCH_S
    ) -> None:
        self.name = name
        self.status = ABSENT
        self._device = device
        self._on_status = on_status
        self._watch_s = watch_s
        self._slowest_s = min(SLOWEST_REOPEN_S, watch_s)
        self._requests: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._running: Request | None = None
        self._told: Status | None = None
        self._is_open = False
        self._pause_s = FIRST_REOPEN_S
        self._look_at = 0.0
        self._closing = threading.Event()
        self._beat_at: float | None = None
        self._thread = self._started()

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    @property
    def stalled_s(self) -> float:
        """Seconds since the thread's last sign of life: it began a call, or looked whether its work was cancelled. 0 while
        it waits for work."""
        began = self._beat_at
        return 0.0 if began is None else time.monotonic() - began

    def restart(self) -> None:
        """Start a thread in the place of one that has ended; harmless while it runs, or after `close`."""
        if self.alive or self._closing.is_set():
            return
        if lost := self._running:
            self._running = None
            lost.tell(DeviceUnavailable(f"The thread of the device {self.name} has ended.", Fault.HARDWARE))
        self._is_open, self._look_at, self._beat_at = False, 0.0, None
        self._thread = self._started()

    def _started(self) -> threading.Thread:
        thread = threading.Thread(target=self._run, name=f"device {self.name}", daemon=True)
        thread.start()
        return thread

    def ask(self, work: Work, done: Done) -> Request:
        """Queue a piece of work; `done` is called once, from the worker's thread. After `close` it is told at once."""
        request = Request(work, done, self._beat)
        if self._closing.is_set():
            request.tell(DeviceUnavailable(f"The device {self.name} is being closed.", Fault.OFFLINE))
        else:
            self._requests.put(request)
        return request

    def close(self) -> None:
        """Cancel what runs, close the device, end the thread; returns within 2 s."""
        self._closing.set()
        if running := self._running:
            running.cancel()
            if isinstance(self._device, Interruptible):
                self._device.cancel()
        self._requests.put(None)
        self._thread.join(CLOSE_S)
        if not self.alive:
            self._refuse_rest()

    # --- the worker's thread -------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._closing.is_set():
            self._beat()
            self._look()
            self._beat_at = None
            try:
                request = self._requests.get(timeout=max(0.0, self._look_at - time.monotonic()))
            except queue.Empty:
                continue
            if request:
                self._beat()
                self._serve(request)
        self._refuse_rest()
        self._device.close()

    def _beat(self) -> None:
        self._beat_at = time.monotonic()

    def _look(self) -> None:
        """Open the device or ask how it is, when it is time to."""
        if (began := time.monotonic()) < self._look_at:
            return
        self._note(self._state())
        if self._is_open:
            self._pause_s = FIRST_REOPEN_S
            self._look_at = max(began + self._watch_s, time.monotonic() + min(REST_S, self._watch_s))
        else:
            self._look_at = time.monotonic() + self._pause_s
            self._pause_s = min(self._pause_s * 2, self._slowest_s)

    def _state(self) -> Status:
        """The device's status; opens it first where it is closed. Adapters never raise here; a faulty one is BROKEN."""
        try:
            if not self._is_open:
                self._device.open()
                self._is_open = True
            status = self._device.status()
        except DeviceUnavailable as error:
            self._lose()
            return status_of((error.fault,))
        except Exception as error:  # noqa: BLE001  an adapter's mistake must not end the watch over its device
            log.error("the device %s failed in an unforeseen way: %s", Shown(self.name), Shown(_where(error)))
            self._lose()
            return Status(Health.BROKEN, frozenset({Fault.HARDWARE}))
        if status.health in (Health.ABSENT, Health.BROKEN):
            self._lose()
        return status

    def _serve(self, request: Request) -> None:
        """Run a request on an open device; after DeviceUnavailable the device is opened anew."""
        if not self._is_open:
            self._look_at = 0.0
            self._look()
        self._running = request
        if self._closing.is_set():
            request.cancel()
        error = request.run(self._device)
        self._running = None
        if isinstance(error, DeviceUnavailable):
            self._lose()
            self._note(status_of((error.fault,)))
        elif error is not None and not isinstance(error, KioskError):
            log.error("work on %s ended with %s", Shown(self.name), Shown(_where(error)))
        self._look_at = 0.0

    def _lose(self) -> None:
        self._device.close()
        self._is_open = False

    def _note(self, status: Status) -> None:
        """Say a change once, to the log and to who listens; the log has it before anybody can see it."""
        new, self._told = status != self._told, status
        if new:
            faults = ", ".join(sorted(status.faults)) or "no faults"
            level = logging.INFO if status.works or not status.faults else logging.WARNING
            log.log(level, "device %s is %s (%s)", Shown(self.name), status.health, Shown(faults))
        self.status = status
        if new:
            self._tell(status)

    def _tell(self, status: Status) -> None:
        try:
            self._on_status(self.name, status)
        except Exception as error:  # noqa: BLE001
            log.error("a status could not be told: %s", Shown(_where(error)))

    def _refuse_rest(self) -> None:
        while not self._requests.empty():
            if request := self._requests.get():
                request.tell(DeviceUnavailable(f"The device {self.name} is being closed.", Fault.OFFLINE))


def _where(error: Exception) -> str:
    """The kind and place of an error. Its text is left out: it may quote what a card says."""
    frames = traceback.extract_tb(error.__traceback__)
    return (
        f"{type(error).__name__} at {Path(frames[-1].filename).name}:{frames[-1].lineno}"
        if frames
        else type(error).__name__
    )
