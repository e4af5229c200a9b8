"""The scripted visits (tests/visits): by keypad and ears, a whole case by keypad, in the largest text low down, left-handed in English."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.visits.scripts import VISITS

LONGEST_S = 420.0


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple["subprocess.Popen[str]", Path]]]:
    """All of them at once, each on a screen and a terminal of its own."""
    visits = {}
    for name in VISITS:
        out = tmp_path_factory.mktemp(name)
        command = [sys.executable, "-m", "tests.visits", name, "--out", str(out)]
        visits[name] = subprocess.Popen(command, stderr=subprocess.STDOUT, stdout=subprocess.PIPE, text=True), out
    yield visits
    for process, _ in visits.values():
        process.kill()
        process.wait()


@pytest.mark.parametrize("name", VISITS)
def test_a_whole_visit(running: dict[str, tuple["subprocess.Popen[str]", Path]], name: str) -> None:
    process, out = running[name]
    said, _ = process.communicate(timeout=LONGEST_S)
    assert process.returncode == 0, said[-3000:]
    assert len(list((out / name).glob("*.png"))) >= 8
