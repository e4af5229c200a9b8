"""The virtual screen: starts, is served on loopback behind a password, and leaves nothing behind however it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from kiosk.errors import SetupError
from kiosk.virtual_display import VirtualDisplay, has_display, virtual_display_if_needed

ROOT = Path(__file__).resolve().parents[2]


def eventually(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


@pytest.mark.usefixtures("no_display")
def test_a_session_with_a_display_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    with virtual_display_if_needed(320, 240, serve=True) as display:
        assert display is None
        assert os.environ["DISPLAY"] == ":4711"


@pytest.mark.usefixtures("no_display")
def test_served_on_loopback_behind_a_password_and_gone_afterwards(capsys: pytest.CaptureFixture[str]) -> None:
    with virtual_display_if_needed(640, 480, serve=True) as display:
        assert display is not None
        assert has_display()
        page = urllib.request.urlopen(display.url, timeout=5).read()
        assert b"noVNC" in page
        said = capsys.readouterr().out
        assert said.count("\n") == 1
        assert display.url in said
        assert display.password in said
        assert display.password not in display.url
        secret = display.folder / "password"
        assert secret.stat().st_mode & 0o777 == 0o600
        assert secret.read_text().strip() == display.password
        assert listening_elsewhere(display) == []
        assert vnc_security(display) == [2], "VNC authentication, never none"
        processes = [psutil.Process(process.pid) for process in display.processes]
        assert len(processes) == 3
        assert all(display.password not in " ".join(process.cmdline()) for process in processes)
    assert not any(process.is_running() for process in processes)
    assert not display.folder.exists()
    assert not has_display()


def listening_elsewhere(display: VirtualDisplay) -> list[str]:
    """Addresses beyond loopback that the helpers listen on."""
    found = [
        c for p in display.processes for c in psutil.Process(p.pid).net_connections("inet") if c.status == "LISTEN"
    ]
    assert len(found) == 2
    return [connection.laddr.ip for connection in found if connection.laddr.ip not in ("127.0.0.1", "::1")]


def vnc_security(display: VirtualDisplay) -> list[int]:
    """The security types that the VNC server offers (RFC 6143, 7.1.2)."""
    connection = next(
        c for c in psutil.Process(display.processes[1].pid).net_connections("inet") if c.status == "LISTEN"
    )
    with socket.create_connection(("127.0.0.1", connection.laddr.port), timeout=5) as line:
        greeting = line.recv(12)
        line.sendall(greeting)
        answer = line.recv(16)
    return list(answer[1 : 1 + answer[0]])


@pytest.mark.usefixtures("no_display")
def test_other_users_cannot_open_the_screen() -> None:
    look = ["xdotool", "getdisplaygeometry"]
    with VirtualDisplay(640, 480):
        assert subprocess.run(look, capture_output=True, text=True, check=True).stdout == "640 480\n"
        stranger = os.environ | {"XAUTHORITY": "/dev/null"}
        assert subprocess.run(look, env=stranger, capture_output=True, check=False).returncode != 0


HOLDER = """
import sys
from kiosk.virtual_display import VirtualDisplay
with VirtualDisplay(320, 240, serve=True) as display:
    print(*(process.pid for process in display.processes), flush=True)
    sys.stdin.read()
"""


@pytest.mark.usefixtures("no_display")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_kiosk_leaves_no_process(number: signal.Signals, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(tmp_path)},  # a killed process leaves its folder
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        helpers = [psutil.Process(int(pid)) for pid in holder.stdout.readline().split()]
        assert len(helpers) == 3
        holder.send_signal(number)
        holder.wait(10)
    assert eventually(lambda: not any(alive(helper) for helper in helpers))


def alive(process: psutil.Process) -> bool:
    """Running; a dead child that init has not fetched yet is not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.usefixtures("no_display")
def test_a_missing_program_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetupError, match="Xvfb is not installed; run `make install`"), VirtualDisplay(320, 240):
        raise AssertionError("entered without Xvfb")


@pytest.mark.usefixtures("no_display")
def test_a_taken_display_number_is_said_and_leaves_nothing() -> None:
    with VirtualDisplay(320, 240) as first:
        second = VirtualDisplay(320, 240, number=first.number)
        with pytest.raises(SetupError, match=r"Xvfb did not start: .*"), second:
            raise AssertionError("entered on a taken number")
        assert second.processes == []
        assert os.environ["DISPLAY"] == first.name
