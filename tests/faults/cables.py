"""Serial devices on a pseudo-terminal, with the real driver and the real worker: pulled out and put back, over and over."""

import dataclasses
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import psutil

from devices import registry
from devices.transports import sim
from devices.transports.pty_link import PtyLink
from devices.transports.sim import Wire
from devices.worker import WATCH_S, Worker
from kiosk.ports.device import Status
from tests.hall import FITTED

WARM = 5
QUICK_S = 0.02
PATIENCE_S = 10.0
OTHER_FAR_ENDS: Mapping[tuple[str, str], str] = {("code_scanner", "serial"): "devices.code_scanners.serial_wire:Wire"}
"""(kind, model) -> the wire of a serial model that is not the one in `tests.hall.FITTED`."""

NO_SERIAL_LINE: Mapping[tuple[str, str], str] = {("document_camera", "v4l2"): "its address is a video device's"}
"""Models with an address that no pseudo-terminal can stand for, and why."""

LISTENS_ONLY: Mapping[tuple[str, str], str] = {
    ("code_scanner", "serial"): "it says nothing until a code is held before it"
}
"""Models that cannot be asked who they are: noise and strangers are no codes, and more cannot be known."""


def serial_models() -> list[tuple[str, str]]:
    """(kind, model) of all models on a serial line."""
    return [
        (kind, model)
        for kind, models in registry.MODELS.items()
        for model in models
        if (kind, model) not in NO_SERIAL_LINE
        and "url" in {field.name for field in dataclasses.fields(registry.device_class(kind, model).Options)}
    ]


def far_end(kind: str, model: str) -> Wire:
    """A fresh far end of this model's cable. Raises KeyError where it is not said which."""
    fitted, options = FITTED.get(kind, ("", {}))
    url = str(options["url"]) if fitted == model else OTHER_FAR_ENDS[kind, model]
    path = url.removeprefix(sim.SCHEME).partition("#")[0].partition("?")[0]
    module, _, name = path.partition(":")
    made: Wire = getattr(__import__(module, fromlist=[name]), name)()
    return made


class Cable:
    """A wire at a path, turned by a thread, with a hand that pulls it out."""

    def __init__(self, path: Path, wire: Wire) -> None:
        self._link, self._over = PtyLink(path, wire), threading.Event()
        self._lock = threading.Lock()
        self._wire = wire
        self._thread = threading.Thread(target=self._turn, daemon=True)
        self._thread.start()

    def _turn(self) -> None:
        while not self._over.is_set():
            with self._lock:
                self._link.turn(-1, 0.002)
            time.sleep(0.0005)

    def pull(self) -> None:
        """Pull the plug: what was on its way is lost."""
        with self._lock:
            self._wire.plugged = False
            self._link.unplug()

    def push(self) -> None:
        """Put it back, at another terminal under the same path."""
        with self._lock:
            self._wire.plugged = True
            self._link.plug()

    def close(self) -> None:
        """End the thread and the terminal."""
        self._over.set()
        self._thread.join()
        self._link.unplug()


@dataclass
class Desk:
    """A cable, the worker of the device on it, and what the worker said."""

    cable: Cable
    worker: Worker
    said: list[Status]

    def await_(self, works: bool, patience_s: float = PATIENCE_S) -> float:
        """Wait until the worker knows; the seconds it took. Raises AssertionError."""
        began = time.monotonic()
        while self.worker.status.works is not works:
            assert time.monotonic() - began < patience_s, f"{self.worker.status} after {patience_s} s"
            time.sleep(0.001)
        return time.monotonic() - began

    def cycle(self) -> None:
        """Out, and in again."""
        self.cable.pull()
        self.await_(works=False)
        self.cable.push()
        self.await_(works=True)


@contextmanager
def desk(kind: str, model: str, folder: Path, watch_s: float = WATCH_S) -> Iterator[Desk]:
    """A serial model at a desk of its own, working."""
    cable = Cable(folder / f"{kind}-{model}", far_end(kind, model))
    said: list[Status] = []
    device = registry.build(kind, model, {"url": str(folder / f"{kind}-{model}")})
    worker = Worker(kind, device, lambda _name, status: said.append(status), watch_s)
    try:
        here = Desk(cable, worker, said)
        here.await_(works=True)
        yield here
    finally:
        worker.close()
        cable.close()


def cycles(kind: str, model: str, count: int) -> str:
    """Pull and push; what is wrong afterwards, "" for nothing."""
    with tempfile.TemporaryDirectory(prefix="cables-") as folder, desk(kind, model, Path(folder), QUICK_S) as here:
        _repeat(here.cycle, WARM)
        before = footprint()
        _repeat(here.cycle, count)
        after = footprint()
        changes = len([works for works, _same in groupby(status.works for status in here.said)]) - 1
    if after != before:
        return f"descriptors and threads were {before} and are {after}"
    expected = 2 * (WARM + count)
    return "" if changes == expected else f"{changes} changes were told of {expected}"


def footprint() -> tuple[int, int]:
    """Open descriptors and threads of this process."""
    process = psutil.Process()
    return process.num_fds(), process.num_threads()


def _repeat(act: Callable[[], None], count: int) -> None:
    for _ in range(count):
        act()
