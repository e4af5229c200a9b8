"""What every document camera must do, whatever its model. What lies on the mat is laid there by hands."""

import logging
import time
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from PIL import Image

from devices import registry
from devices.hands import Handled
from kiosk.errors import DeviceUnavailable, Fault, ScanFailed
from kiosk.ports.device import Health
from kiosk.ports.page import Concern
from tests.benches import BENCHES, CameraBench, all_of

PATIENCE_S = 15.0
"""For a machine on which other things go on; what has to be quick is measured where it stands."""


@pytest.fixture(params=all_of("document_camera"), ids="-".join)
def bench(request, tmp_path) -> Iterator[CameraBench]:
    kind, model = request.param
    with BENCHES[kind][model](tmp_path) as made:
        made.camera.open()
        yield made
        made.camera.close()


def eventually(is_so: Callable[[], object]) -> bool:
    until = time.monotonic() + PATIENCE_S
    while not is_so() and time.monotonic() < until:
        time.sleep(0.02)
    return bool(is_so())


def concerns(bench: CameraBench) -> frozenset[Concern] | None:
    frame = bench.camera.latest()
    return frame.concerns if frame else None


def lay(bench: CameraBench, how: str) -> None:
    """Lay a page and wait until the camera sees it lying."""
    bench.lay(how)
    bench.camera.start()
    assert eventually(lambda: concerns(bench) == bench.expected(how))


def reopened(bench: CameraBench) -> bool:
    """Whether it opens again, as its worker tries now and then."""
    try:
        bench.camera.open()
    except DeviceUnavailable:
        return False
    return True


def test_is_ready_after_open_and_looks_at_nothing(bench):
    assert bench.camera.status().health is Health.READY
    assert bench.camera.latest() is None


def test_opening_and_closing_twice_is_harmless(bench):
    bench.camera.open()
    bench.camera.close()
    bench.camera.close()
    assert bench.camera.status().health is Health.ABSENT
    bench.camera.open()
    assert bench.camera.status().works


def test_a_closed_camera_is_absent_and_refuses_work(bench):
    bench.camera.close()
    with pytest.raises(DeviceUnavailable):
        bench.camera.start()
    with pytest.raises(DeviceUnavailable):
        bench.camera.take()
    bench.camera.stop()
    assert bench.camera.latest() is None


def test_a_camera_that_is_not_there_is_absent_within_a_second(bench):
    bench.camera.close()
    bench.unplug()
    begin = time.monotonic()
    with pytest.raises(DeviceUnavailable) as caught:
        bench.camera.open()
    assert caught.value.fault is Fault.UNPLUGGED
    assert bench.camera.status().health is Health.ABSENT
    assert time.monotonic() - begin < 1.0


def test_frames_come_with_growing_numbers_and_the_size_they_say(bench):
    bench.lay("good")
    bench.camera.start()
    seen = {}
    assert eventually(lambda: (f := bench.camera.latest()) and seen.setdefault(f.number, f) and len(seen) >= 3)
    assert list(seen) == sorted(seen)
    for frame in seen.values():
        assert len(frame.rgb) == frame.width * frame.height * 3
        assert max(frame.width, frame.height) <= 640


def test_asking_for_a_frame_does_not_wait(bench):
    lay(bench, "good")
    slowest = 0.0
    for _ in range(50):
        begin = time.monotonic()
        bench.camera.latest()
        slowest = max(slowest, time.monotonic() - begin)
    assert slowest < 0.1


def test_finds_the_page(bench):
    lay(bench, "good")
    outline = bench.camera.latest().outline
    assert outline is not None
    for (x, y), (right, below) in zip(outline, ((0, 0), (1, 0), (1, 1), (0, 1)), strict=True):
        assert 0 <= x <= 1
        assert 0 <= y <= 1
        assert (x > 0.5, y > 0.5) == (bool(right), bool(below))


@pytest.mark.parametrize("how", ["glare", "dark", "bright", "blurred", "curved", "outside", "white"])
def test_says_what_is_wrong_and_says_when_it_is_right_again(bench, how):
    lay(bench, how)
    lay(bench, "good")


def test_says_when_the_page_moves(bench):
    bench.lay("shaking")
    bench.camera.start()
    assert eventually(lambda: Concern.MOVING in (concerns(bench) or ()))
    lay(bench, "good")


def test_takes_a_page_upright_in_the_proportions_of_a4(bench):
    lay(bench, "good")
    page = bench.camera.take()
    picture = Image.open(BytesIO(page.jpeg))
    assert picture.size == (page.width_px, page.height_px)
    assert page.height_px / page.width_px == pytest.approx(297 / 210, rel=0.01)
    assert page.concerns == frozenset()
    assert picture.convert("L").resize((1, 1)).getpixel((0, 0)) > 120, "all paper, no mat"


def test_takes_along_the_corners_that_a_person_set(bench):
    lay(bench, "white")
    page = bench.camera.take(((0.4, 0.3), (0.6, 0.3), (0.6, 0.7), (0.4, 0.7)))
    whole = bench.camera.take()
    assert page.width_px * page.height_px < whole.width_px * whole.height_px / 4
    assert Concern.NO_PAGE not in page.concerns


def test_without_a_page_the_whole_picture_is_taken_and_it_is_said(bench):
    lay(bench, "outside")
    page = bench.camera.take()
    assert Concern.NO_PAGE in page.concerns
    assert page.width_px > page.height_px
    Image.open(BytesIO(page.jpeg)).verify()


def test_stop_forgets_and_start_begins_anew(bench):
    lay(bench, "good")
    before = bench.camera.latest().number
    bench.camera.stop()
    assert bench.camera.latest() is None
    bench.camera.stop()
    bench.camera.start()
    assert eventually(lambda: bench.camera.latest() is not None)
    assert bench.camera.latest().number > before


def test_unplugged_while_one_looks(bench):
    lay(bench, "good")
    begin = time.monotonic()
    bench.unplug()
    assert eventually(lambda: bench.camera.status().health is Health.ABSENT)
    assert eventually(lambda: bench.camera.latest() is None)
    assert time.monotonic() - begin < 2.0
    with pytest.raises(DeviceUnavailable):
        bench.camera.take()
    bench.camera.close()
    bench.plug()
    bench.camera.open()
    lay(bench, "good")


def test_frozen_pictures_are_no_picture_until_they_move_again(bench):
    lay(bench, "good")
    bench.freeze()
    assert eventually(lambda: bench.camera.status().faults == {Fault.NO_PICTURE})
    assert bench.camera.status().health is Health.BLOCKED
    bench.plug()
    assert eventually(lambda: bench.camera.status().health is Health.READY)


def test_a_camera_that_hangs_is_given_up_and_comes_back(bench):
    lay(bench, "good")
    bench.hang()
    assert eventually(lambda: bench.camera.status().faults == {Fault.NO_ANSWER})
    assert bench.camera.status().health is Health.BROKEN
    with pytest.raises((DeviceUnavailable, ScanFailed)):
        bench.camera.take()
    bench.camera.close()
    bench.plug()
    assert eventually(lambda: reopened(bench))
    lay(bench, "good")


def test_nothing_of_a_picture_is_shown_or_logged(bench, caplog):
    caplog.set_level(logging.DEBUG)
    lay(bench, "good")
    frame, page = bench.camera.latest(), bench.camera.take()
    for shown in (repr(frame), repr(page), str(frame), str(page), repr(bench.camera)):
        assert len(shown) < 100
        assert "\\x" not in shown
    bench.unplug()
    bench.camera.status()
    assert not [record for record in caplog.records if "\\x" in record.getMessage()]


def test_simulators_have_hands_that_the_dock_can_use(bench):
    handled = registry.handled(bench.camera)
    assert isinstance(handled, Handled)
    hands = {hand.key: hand for hand in registry.hands_for(bench.camera)}
    assert {"lay", "clear", "cover", "freeze", "hang", "unplug", "plug"} == set(hands)
    for choice, label in hands["lay"].choices:
        hands["lay"].act(choice)
        assert handled.sight().what == label
    for key in ("clear", "cover", "freeze", "hang", "unplug", "plug"):
        hands[key].act("")
    assert bench.camera.status().works or bench.camera.status().health is Health.ABSENT
