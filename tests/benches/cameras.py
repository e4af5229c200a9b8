"""Document cameras."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from devices import registry
from devices.cameras.scene_wire import SceneWire
from devices.cameras.simulated import CONCERNS
from devices.transports import sim
from kiosk.ports.page import Concern


@dataclass
class CameraBench:
    """A document camera with hands. `lay`: a page in one of the ways of `scene_wire.LOOKS`; `expected`: what is then to
    be said of it; `freeze` and `hang` last until `plug`."""

    camera: Any
    lay: Callable[[str], None]
    freeze: Callable[[], None]
    hang: Callable[[], None]
    unplug: Callable[[], None]
    plug: Callable[[], None]

    @staticmethod
    def expected(how: str) -> frozenset[Concern]:
        """What every camera says of a page that lies so."""
        return CONCERNS.get(how, frozenset())


@contextmanager
def simulated_camera(_folder: Path) -> Iterator[CameraBench]:
    camera = registry.build("document_camera", "simulated", {})
    yield CameraBench(camera, camera.lay, camera.freeze, camera.hang, camera.unplug, camera.plug)


@contextmanager
def v4l2(_folder: Path) -> Iterator[CameraBench]:
    """Its whole process; only its lens looks at an invented scene."""
    mat = SceneWire()
    url = sim.add(f"camera-{uuid4()}", mat)
    camera = registry.build("document_camera", "v4l2", {"url": url, "width": 1280, "height": 960})
    yield CameraBench(camera, mat.lay, mat.freeze, mat.hang, mat.unplug, mat.plug)
    mat.close()
