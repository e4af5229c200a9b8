"""The embedded service: it starts, serves, and dies with whoever started it, however they die."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest

from kiosk.centre.client import HttpCentre, enrol
from kiosk.centre.embedded import EmbeddedCentre, EmbeddedOptions
from kiosk.errors import SetupError


@pytest.fixture
def options(tmp_path: Path) -> EmbeddedOptions:
    return EmbeddedOptions(database=f"sqlite:///{tmp_path / 'approval.db'}", log=tmp_path / "approval.log")


def gone(pid: int, within_s: float = 8) -> bool:
    """Whether a process ends in time (a zombie has ended)."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


def test_it_serves_and_closes(options: EmbeddedOptions) -> None:
    centre = EmbeddedCentre.start(options)
    enrolment = enrol(centre.url, centre.enrolment_code, "any-station")
    kiosk = HttpCentre(centre.url, enrolment.credential, version="1")
    assert len(kiosk.queues()) == 4
    assert centre.running
    kiosk.close()
    centre.close()
    centre.close()
    assert not centre.running
    assert gone(centre.pid)


def test_a_second_start_knows_the_first_ones_kiosks(options: EmbeddedOptions) -> None:
    first = EmbeddedCentre.start(options)
    credential = enrol(first.url, first.enrolment_code, "s").credential
    first.close()
    second = EmbeddedCentre.start(options)
    kiosk = HttpCentre(second.url, credential, version="1")
    assert kiosk.queues()
    kiosk.close()
    second.close()


def test_it_dies_with_a_parent_that_is_killed(options: EmbeddedOptions) -> None:
    parent_code = textwrap.dedent(f"""
        import time
        from kiosk.centre.embedded import EmbeddedCentre, EmbeddedOptions
        centre = EmbeddedCentre.start(EmbeddedOptions(database={options.database!r}))
        print(centre.pid, flush=True)
        time.sleep(60)
    """)
    parent = subprocess.Popen([sys.executable, "-c", parent_code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert parent.stdout
    child = int(parent.stdout.readline())
    assert not gone(child, within_s=0.1)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert gone(child)


@pytest.mark.parametrize("timeout_s", [20.0, 0.01])
def test_a_child_that_does_not_start_is_an_error_and_not_left_behind(
    options: EmbeddedOptions, timeout_s: float, tmp_path: Path
) -> None:
    spoilt = EmbeddedOptions(database="mysql://nowhere/none", log=options.log)
    with pytest.raises(SetupError, match=r"did not start; see .*approval\.log"):
        EmbeddedCentre.start(spoilt, timeout_s)
    if timeout_s > 1:
        assert "only sqlite and postgresql are supported" in (tmp_path / "approval.log").read_text(encoding="utf-8")
    children = psutil.Process().children()
    assert not [child for child in children if "approval" in " ".join(child.cmdline())]
