"""How fast a page is found, straightened and judged, against decoding the same photograph; and what the preview costs.

`python -m tests.bench.bench_camera` prints the rows and exits with 1 when a limit is not kept. CPU time is measured where
the machine's other work would count otherwise; the camera's process uses one core, as here.
"""

import sys
import time
from collections.abc import Callable
from statistics import median

import cv2
import numpy as np
import psutil

from devices import registry
from devices.cameras import judge, scene
from devices.cameras.page_finder import find
from devices.cameras.scene import Scene
from devices.cameras.straighten import flatten, sheet_of
from devices.transports import sim
from tests.bench.rows import Row, above, below, table, told

ROUNDS = 9
PAGE_LIMIT_MS = 150.0
LEAST_FPS = 8.0
WATCHED_S = 5.0
SCENES = {"flat": Scene(), "oblique": Scene(tilt=25, turn=-12, share=0.7), "thumb on it": Scene(hand="corner")}


def cpu_ms(work: Callable[[], object]) -> float:
    """The median CPU time of one round."""
    work()
    spent = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        work()
        spent.append((time.process_time() - begin) * 1000)
    return median(spent)


def page_of(picture: np.ndarray) -> frozenset[object]:
    """All that happens to a decoded photograph until the page is there, before it is packed as a JPEG again."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    found = find(grey)
    assert found is not None
    page = flatten(picture, found.corners, sheet_of(found.corners, (picture.shape[1], picture.shape[0])))
    return judge.concerns(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), found)


def page_rows() -> list[Row]:
    """Each of the photographs."""
    rows = []
    for name, seen in SCENES.items():
        packed = np.frombuffer(scene.jpeg(scene.photograph(seen)), np.uint8)
        picture = cv2.imdecode(packed, cv2.IMREAD_COLOR)
        decoding = cpu_ms(lambda packed=packed: cv2.imdecode(packed, cv2.IMREAD_COLOR))
        spent = cpu_ms(lambda picture=picture: page_of(picture))
        rows.append(below(f"camera: page of 5 MP, {name}", spent, "ms", PAGE_LIMIT_MS, decoding))
    return rows


def preview_rows() -> list[Row]:
    """The whole device over a simulated lens of 5 MP."""
    me = psutil.Process()
    held = me.memory_info().rss
    camera = registry.build("document_camera", "v4l2", {"url": "sim://document-camera"})
    sim.wire("sim://document-camera").lay()
    camera.open()
    begin = time.monotonic()
    camera.start()
    while camera.latest() is None:
        time.sleep(0.005)
    started = time.monotonic() - begin
    child = psutil.Process(camera.pid)
    first, begin, busy = camera.latest().number, time.monotonic(), sum(child.cpu_times()[:2])
    while time.monotonic() < begin + WATCHED_S:
        camera.latest()
        time.sleep(1 / 60)
    passed = time.monotonic() - begin
    fps = (camera.latest().number - first) / passed
    load = (sum(child.cpu_times()[:2]) - busy) / passed
    begin = time.monotonic()
    camera.take()
    taken = time.monotonic() - begin
    mb = child.memory_info().rss / 2**20
    grown = (me.memory_info().rss - held) / 2**20
    camera.close()
    return [
        above("camera: preview of 5 MP", fps, "frames/s", LEAST_FPS),
        below("camera: CPU for a frame of the preview", 1000 * load / fps, "ms", 1000 / LEAST_FPS),
        told("camera: its process while one looks", mb, "MB"),
        below("camera: the kiosk grows by", grown, "MB", 12),
        told("camera: from start to the first frame", 1000 * started, "ms"),
        told("camera: from take to the page", 1000 * taken, "ms"),
    ]


def main() -> list[Row]:
    """All rows."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        return [*page_rows(), *preview_rows()]
    finally:
        cv2.setNumThreads(threads)


if __name__ == "__main__":
    rows = main()
    print(table(rows))
    sys.exit(not all(row.passed for row in rows))
