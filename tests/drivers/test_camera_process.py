"""The camera's process: what it opens, what it shares, how it is ended, started again and given up."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import numpy as np
import psutil
import pytest

from devices import registry
from devices.cameras import lenses, scene
from devices.cameras.scene import Scene
from devices.cameras.scene_wire import SceneWire
from devices.cameras.shelf import PREVIEW_PX, Shelf
from devices.transports import sim
from kiosk.errors import DeviceUnavailable, Fault, ScanFailed, SettingsError

PATIENCE_S = 15.0


def halves(seen: Scene, frames: int) -> list[np.ndarray]:
    """Pictures of one scene, each with noise of its own."""
    small = replace(seen, width=1296, height=972)
    still = scene.still(small)
    return [scene.grained(still, small, frame) for frame in range(frames)]


# --- lenses and shared memory ----------------------------------------------------------------------------------


def test_a_jpeg_in_half_its_size_is_half_as_large_and_turned():
    raw = np.frombuffer(scene.jpeg(halves(Scene(), 1)[0]), np.uint8)
    assert lenses.Shot(raw).picture().shape == (972, 1296, 3)
    assert lenses.Shot(raw).picture(halved=True).shape == (486, 648, 3)
    assert lenses.Shot(raw, 90).picture(halved=True).shape == (648, 486, 3)


def test_damaged_data_is_no_picture():
    chance = np.random.default_rng(3)
    assert lenses.Shot(chance.integers(0, 255, 5000, np.uint8)).picture() is None


def test_a_frame_that_was_overwritten_is_not_handed_out():
    shelf = Shelf.new()
    slot = shelf.put_frame(1, b"abc")
    assert shelf.frame(slot, 1, 3) == b"abc"
    shelf.put_frame(4, b"xyz")
    assert shelf.frame(slot, 1, 3) is None
    shelf.put_page(b"page")
    assert shelf.take_page(4) == b"page"
    assert shelf.take_page(4) == bytes(4)
    with pytest.raises(ValueError, match="does not fit"):
        shelf.put_frame(5, bytes(PREVIEW_PX * PREVIEW_PX * 3 + 1))
    shelf.close()


# --- the camera's process --------------------------------------------------------------------------------------


def camera(**options):
    return registry.build("document_camera", "v4l2", {"width": 1280, "height": 960, **options})


def eventually(is_so: Callable[[], object]) -> bool:
    until = time.monotonic() + PATIENCE_S
    while not is_so() and time.monotonic() < until:
        time.sleep(0.02)
    return bool(is_so())


@pytest.fixture
def mat():
    wire = SceneWire()
    yield wire, sim.add(f"mat-{uuid4()}", wire)
    wire.close()


@pytest.mark.parametrize(
    "options", [{}, {"url": "/dev/video0", "pictures": "f%d.jpg"}, {"url": "x", "width": 10}, {"url": "x", "fps": 0}]
)
def test_settings_that_make_no_sense_are_refused(options):
    with pytest.raises(SettingsError, match="document_camera"):
        registry.build("document_camera", "v4l2", options)


def test_a_device_that_is_not_there_is_absent_at_once_and_said_by_name():
    missing = camera(url="/dev/v4l/by-id/usb-none-video-index0")
    begin = time.monotonic()
    with pytest.raises(DeviceUnavailable, match="usb-none-video-index0") as caught:
        missing.open()
    assert caught.value.fault is Fault.UNPLUGGED
    assert time.monotonic() - begin < 1.0


def test_a_device_that_is_no_camera_is_refused_and_stays_refused_for_a_while(tmp_path):
    path = tmp_path / "video0"
    path.write_bytes(b"")
    wrong = camera(url=str(path))
    wrong.open()
    with pytest.raises(DeviceUnavailable) as caught:
        wrong.start()
    assert caught.value.fault is Fault.IN_USE
    wrong.close()
    with pytest.raises(DeviceUnavailable):
        wrong.open()
    assert wrong.pid is None


def test_recorded_pictures_in_place_of_a_camera(tmp_path):
    for at, picture in enumerate(halves(Scene(), 3)):
        (tmp_path / f"f{at:03d}.jpg").write_bytes(scene.jpeg(picture))
    recorded = camera(pictures=str(tmp_path / "f%03d.jpg"), rotate=90)
    recorded.open()
    recorded.start()
    assert eventually(lambda: (frame := recorded.latest()) and frame.outline)
    assert recorded.latest().height > recorded.latest().width
    page = recorded.take()
    assert page.width_px > page.height_px, "a page that lies on its side is left for the person to turn"
    recorded.close()


def test_a_damaged_recording_fails_the_scan_and_not_the_camera(tmp_path):
    chance = np.random.default_rng(5)
    for at in range(3):
        (tmp_path / f"f{at:03d}.jpg").write_bytes(chance.bytes(20_000))
    broken = camera(pictures=str(tmp_path / "f%03d.jpg"))
    broken.open()
    with pytest.raises((ScanFailed, DeviceUnavailable)):
        broken.take()
    broken.close()


def test_a_process_that_dies_is_started_again_by_itself(mat):
    wire, url = mat
    wire.lay()
    seen = camera(url=url)
    seen.open()
    seen.start()
    assert eventually(seen.latest)
    first = seen.pid
    psutil.Process(first).kill()
    assert eventually(lambda: seen.status().works and seen.latest() and seen.pid != first)
    assert seen.take().concerns == frozenset()
    seen.close()


def test_one_that_always_dies_is_given_up(mat):
    wire, url = mat
    seen = camera(url=url)
    seen.open()
    seen.start()
    assert eventually(seen.latest)
    wire.kill()
    assert eventually(lambda: seen.status().faults == {Fault.NO_ANSWER})
    seen.close()
    assert seen.pid is None


def test_stop_ends_the_process_and_frees_the_memory(mat):
    wire, url = mat
    wire.lay()
    seen = camera(url=url)
    seen.open()
    me = psutil.Process()
    before = me.num_fds(), len(me.children())
    for _ in range(3):
        seen.start()
        assert eventually(seen.latest)
        seen.stop()
    assert (me.num_fds(), len(me.children())) == before
    seen.close()


def test_nothing_of_a_picture_reaches_a_file(mat, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    wire, url = mat
    wire.lay()
    seen = camera(url=url)
    seen.open()
    seen.take()
    opened = [file.path for file in psutil.Process(seen.pid).open_files() if "memfd" not in file.path]
    assert [path for path in opened if not path.endswith((".py", ".so", ".otf", ".pyc"))] == []
    seen.close()
    assert list(tmp_path.iterdir()) == []


def test_the_preview_keeps_its_pace(mat):
    wire, url = mat
    wire.lay()
    seen = camera(url=url)
    seen.open()
    seen.start()
    assert eventually(seen.latest)
    first, begin = seen.latest().number, time.monotonic()
    assert eventually(lambda: seen.latest().number >= first + 12)
    assert 12 / (time.monotonic() - begin) >= 5, (
        "8 a second on a machine of its own; half of this one is somebody else's"
    )
    seen.close()


def test_the_kiosks_own_process_has_no_opencv():
    program = """
import sys, time
from devices import registry
from devices.transports import sim
camera = registry.build("document_camera", "v4l2", {"url": "sim://document-camera", "width": 640, "height": 480})
sim.wire("sim://document-camera").lay()
camera.open(); camera.start()
while camera.latest() is None: time.sleep(0.01)
page = camera.take()
camera.close()
print(page.width_px > 100, sorted({"cv2", "numpy", "PIL"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split(maxsplit=1) == ["True", "[]\n"]
    assert done.stderr == ""


def test_without_opencv_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("devices.cameras.v4l2.find_spec", lambda _name: None)
    with pytest.raises(SettingsError, match="make install"):
        camera(url="/dev/video0")
