"""Every bad file is refused for the right reason, in the child, which lives on; every good one is taken."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.approval.examine import helper
from kiosk.approval.examine.examiner import Examiner
from kiosk.approval.examine.verdict import HEIC, Bad, jpeg_of
from kiosk.contract.files import Fault, MediaType
from tests.approval import bad_files


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    examiner = Examiner(1)
    examiner.warm()
    yield examiner
    examiner.close()


@pytest.mark.parametrize("name", bad_files.BAD)
def test_a_bad_file_is_refused_for_its_reason(examiner: Examiner, tmp_path: Path, name: str) -> None:
    media_type, make, fault = bad_files.BAD[name]
    with pytest.raises(Bad) as bad:
        examiner.examine(bad_files.write(tmp_path, make()), {media_type})
    assert bad.value.fault is fault


@pytest.mark.parametrize("name", bad_files.GOOD)
def test_a_good_file_is_taken(examiner: Examiner, tmp_path: Path, name: str) -> None:
    media_type, make, pages = bad_files.GOOD[name]
    verdict = examiner.examine(bad_files.write(tmp_path, make()), {media_type})
    assert (verdict.media_type, verdict.pages) == (media_type, pages)


def test_a_photo_of_108_megapixels(examiner: Examiner, tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "photo"
    Image.new("L", (12_000, 9_000), 200).save(path, "JPEG")
    assert examiner.examine(path, {MediaType.JPEG}).pages == 1
    with Image.open(path) as opened:
        opened.save(tmp_path / "page", "PNG", compress_level=1)
    with pytest.raises(Bad) as bad:
        examiner.examine(tmp_path / "page", {MediaType.PNG})
    assert bad.value.fault is Fault.BOMB


def test_a_heic_photo_becomes_a_jpeg(examiner: Examiner, tmp_path: Path) -> None:
    import pillow_heif
    from PIL import Image

    path = tmp_path / "photo"
    pillow_heif.from_pillow(Image.new("RGB", (64, 48), (200, 30, 30))).save(path, quality=80)
    verdict = examiner.examine(path, {HEIC, MediaType.JPEG})
    assert verdict.converted
    with Image.open(jpeg_of(path)) as jpeg:
        assert (jpeg.format, jpeg.size) == ("JPEG", (64, 48))
    with pytest.raises(Bad):
        examiner.examine(path, {MediaType.JPEG})


def test_a_helper_that_died_is_started_again(examiner: Examiner, tmp_path: Path) -> None:
    path = bad_files.write(tmp_path, bad_files.pdf())
    process = examiner._all[0].start()
    os.kill(process.pid, signal.SIGKILL)
    process.wait(5)
    assert examiner.examine(path, {MediaType.PDF}).pages == 1


@pytest.mark.parametrize("costly", [lambda: bytearray(4 * 2**30), lambda: sum(iter(int, 1))])
def test_what_costs_too_much_is_a_bomb(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, costly: Callable[[], object]
) -> None:
    monkeypatch.setattr(helper, "CPU_S", 1)
    monkeypatch.setattr(helper, "examine", lambda *_: costly())
    assert helper._one(tmp_path, []) == {"fault": Fault.BOMB}


def test_what_sleeps_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(helper, "WALL_S", 0.1)
    monkeypatch.setattr(helper, "examine", lambda *_: signal.pause())
    assert helper._one(tmp_path, []) == {"fault": Fault.BOMB}
