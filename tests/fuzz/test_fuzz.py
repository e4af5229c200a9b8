"""A short run of every target, and the proof that the runner sees what it is there for."""

import mmap
import time
from pathlib import Path

import pytest

from kiosk.errors import KioskError, SetupError
from tests.fuzz import transports
from tests.fuzz.mutator import BIG, Mutator
from tests.fuzz.runs import FRAME_S, MAPPED_MORE, TRACED, run
from tests.fuzz.targets import Target, targets, targets_of

SHORT = 3_000
KNOWN = targets()


@pytest.mark.parametrize("name", KNOWN)
def test_nothing_raises_hangs_or_grows(name: str) -> None:
    report = run(KNOWN[name], SHORT, seed=4)
    assert report.wrong == "", (report.wrong, report.frame)
    assert report.frames == SHORT


def target(feed) -> Target:
    return Target("made", __name__, feed, (b"\x00\x04abcd", b"zz"), (KioskError,), None)


def test_an_exception_is_seen_with_the_input_that_raised_it() -> None:
    def breaks(data: bytes) -> None:
        if len(data) > 6:
            raise IndexError("too long")

    report = run(target(breaks), SHORT, seed=1)
    assert report.wrong == "raised IndexError: too long"
    assert report.frame is not None
    assert len(report.frame) > 6


def test_an_expected_exception_is_an_answer() -> None:
    def refuses(_data: bytes) -> None:
        raise SetupError("no")

    assert run(target(refuses), 300, seed=1).wrong == ""


def test_a_hang_is_seen() -> None:
    def hangs(data: bytes) -> None:
        end = time.monotonic() + 5
        while data[:1] == b"z" and time.monotonic() < end:
            pass

    assert run(target(hangs), SHORT, seed=1).wrong == f"took longer than {FRAME_S} s"


def test_growth_is_seen() -> None:
    kept: list[bytes] = []
    assert "bytes more are held" in run(target(lambda data: kept.append(data * 20)), SHORT, seed=1).wrong


def test_files_that_stay_mapped_are_seen(tmp_path: Path) -> None:
    kept: list[mmap.mmap] = []
    (tmp_path / "face").write_bytes(bytes(mmap.PAGESIZE))
    with (tmp_path / "face").open("rb") as face:
        report = run(
            target(lambda _: kept.append(mmap.mmap(face.fileno(), 0, prot=mmap.PROT_READ))),
            TRACED * 3 + MAPPED_MORE * 2,
            1,
        )
    assert "more parts of files are mapped" in report.wrong


def test_the_same_seed_makes_the_same_inputs_and_another_others() -> None:
    def some(seed: int) -> list[bytes]:
        mutator = Mutator((b"abcdefgh" * 4, b"\x00\x01\x02"), seed)
        return [mutator.next() for _ in range(500)]

    assert some(7) == some(7)
    assert some(7) != some(8)
    assert len(set(some(7))) > 400


def test_now_and_then_an_input_is_larger_than_any_frame() -> None:
    mutator = Mutator((b"abcdefgh",), 3)
    assert max(len(mutator.next()) for _ in range(8_000)) > BIG


def test_a_target_without_sound_inputs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(transports, "SEEDS_TCP")
    with pytest.raises(SetupError, match="SEEDS_TCP"):
        targets_of(transports)
