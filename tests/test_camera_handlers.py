"""Looking and photographing through a real worker: what is asked for comes, in any order, and nothing looks on unasked."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from queue import Queue

import pytest

from devices import registry
from devices.worker import Worker
from kiosk import words
from kiosk.context import Context
from kiosk.effects.camera import TakePicture, WatchCamera
from kiosk.errors import Fault
from kiosk.events.camera import CameraLost, PictureTaken
from kiosk.events.model import Event
from kiosk.handlers.camera import CameraHandlers
from kiosk.ports.page import Concern
from tests.worlds import world

PATIENCE_S = 5.0


@dataclass
class Desk:
    """A simulated camera, its worker, the handlers, and the events that come."""

    camera: object
    worker: Worker
    handlers: CameraHandlers
    told: Queue = field(default_factory=Queue)

    def ask(self, effect, visit: int = 1):
        context = Context(visit, world(), words.load("en"), self.told.put)
        return self.handlers.table()[type(effect)](effect, context)

    def event(self) -> Event:
        return self.told.get(timeout=PATIENCE_S)


@pytest.fixture
def desk() -> Iterator[Desk]:
    camera = registry.build("document_camera", "simulated", {})
    worker = Worker("document_camera", camera, lambda name, status: None, watch_s=0.1)
    yield Desk(camera, worker, CameraHandlers({"document_camera": worker}))
    worker.close()


def eventually(is_so: Callable[[], object]) -> bool:
    until = time.monotonic() + PATIENCE_S
    while not is_so() and time.monotonic() < until:
        time.sleep(0.01)
    return bool(is_so())


def test_looks_until_the_step_is_left(desk):
    watch = desk.ask(WatchCamera())
    assert eventually(lambda: desk.camera.latest() is not None)
    watch.cancel()
    assert eventually(lambda: desk.camera.latest() is None)
    assert desk.told.empty()


def test_a_photograph_comes_while_it_looks(desk):
    desk.camera.lay("good")
    watch = desk.ask(WatchCamera())
    desk.ask(TakePicture())
    taken = desk.event()
    assert isinstance(taken, PictureTaken)
    assert taken.page.jpeg.startswith(b"\xff\xd8")
    assert taken.page.concerns == frozenset()
    assert "jpeg" not in repr(taken)
    assert eventually(lambda: desk.camera.latest() is not None), "it looks on"
    watch.cancel()


def test_a_photograph_along_set_corners(desk):
    desk.camera.lay("white")
    desk.ask(TakePicture(((0.3, 0.1), (0.7, 0.1), (0.7, 0.9), (0.3, 0.9))))
    assert Concern.NO_PAGE not in desk.event().page.concerns


def test_a_photograph_that_was_cancelled_is_not_told(desk):
    watch = desk.ask(WatchCamera())
    request = desk.ask(TakePicture())
    request.cancel()
    watch.cancel()
    assert eventually(lambda: desk.camera.latest() is None)
    desk.ask(TakePicture(), visit=2)
    assert isinstance(desk.event(), PictureTaken)
    assert desk.told.empty()


@pytest.mark.parametrize(
    ("hand", "fault"), [("unplug", Fault.UNPLUGGED), ("freeze", Fault.NO_PICTURE), ("hang", Fault.NO_ANSWER)]
)
def test_a_camera_that_goes_is_told_once_and_can_be_used_again(desk, hand, fault):
    watch = desk.ask(WatchCamera())
    assert eventually(lambda: desk.camera.latest() is not None)
    begin = time.monotonic()
    getattr(desk.camera, hand)()
    assert desk.event() == CameraLost(fault)
    assert time.monotonic() - begin < 2.0
    watch.cancel()
    desk.camera.plug()
    assert eventually(lambda: desk.worker.status.works)
    desk.ask(WatchCamera())
    assert eventually(lambda: desk.camera.latest() is not None)
    assert desk.told.empty()


def test_without_a_camera_it_is_lost_at_once():
    told: Queue = Queue()
    handlers = CameraHandlers({})
    for effect in (WatchCamera(), TakePicture()):
        context = Context(1, world(), words.load("en"), told.put)
        handlers.table()[type(effect)](effect, context).cancel()
        assert told.get_nowait() == CameraLost(Fault.UNPLUGGED)


def test_the_next_step_looks_on_without_a_gap(desk):
    first = desk.ask(WatchCamera())
    assert eventually(lambda: desk.camera.latest() is not None)
    second = desk.ask(WatchCamera())
    first.cancel()
    until = time.monotonic() + 0.6
    while time.monotonic() < until:
        assert desk.camera.latest() is not None
        time.sleep(0.02)
    second.cancel()
    assert eventually(lambda: desk.camera.latest() is None)
