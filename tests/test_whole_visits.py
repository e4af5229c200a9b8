"""Of the scripted visits (tests/visits) a whole case by keypad and ears; `make visits` plays all."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

PLAYED = ("apply",)
LONGEST_S = 420.0
Played = tuple["subprocess.CompletedProcess[str]", Path]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, "Future[Played]"]]:
    """Each on a screen and a terminal of its own."""
    with ThreadPoolExecutor() as pool:
        yield {name: pool.submit(_play, name, tmp_path_factory.mktemp(name)) for name in PLAYED}
        pool.shutdown(cancel_futures=True)


def _play(name: str, out: Path) -> Played:
    command = [sys.executable, "-m", "tests.visits", name, "--out", str(out)]
    played = subprocess.run(
        command, stderr=subprocess.STDOUT, stdout=subprocess.PIPE, text=True, timeout=LONGEST_S, check=False
    )
    return played, out / name


@pytest.mark.parametrize("name", PLAYED)
def test_a_whole_visit(running: Mapping[str, "Future[Played]"], name: str) -> None:
    played, out = running[name].result()
    assert played.returncode == 0, played.stdout[-3000:]
    assert len(list(out.glob("*.png"))) >= 8
