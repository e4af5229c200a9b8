"""The watchdog over a real socket and real threads: it is fed while all get on, and falls silent when one does not."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from typing import Any
from uuid import uuid4

import psutil
import pytest

from devices import registry
from devices.worker import Worker
from kiosk import watchdog
from kiosk.bootstrap.terminal import summary
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.device import READY
from kiosk.virtual_display import VirtualDisplay
from kiosk.watchdog import LONG_CALL_S, Notifier, Watchdog, notifier
from tests.test_start import environ
from tests.worlds import OUT_OF_PAPER, world

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 5.0


class Systemd:
    """The other end."""

    def __init__(self, address: str) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind("\0" + address[1:] if address.startswith("@") else address)
        self.socket.settimeout(PATIENCE_S)
        self.address = address

    def heard(self) -> list[str]:
        """What has come since the last time."""
        self.socket.settimeout(0)
        lines = []
        try:
            while True:
                lines += self.socket.recv(4096).decode().split("\n")
        except BlockingIOError:
            return lines

    def environ(self, watchdog_s: float | None = 2.0) -> dict[str, str]:
        """What it tells a service."""
        period = {"WATCHDOG_USEC": str(int(watchdog_s * 1e6)), "WATCHDOG_PID": str(os.getpid())} if watchdog_s else {}
        return {"NOTIFY_SOCKET": self.address, **period}


@pytest.fixture(params=["path", "abstract"])
def systemd(request) -> Iterator[Systemd]:
    """At a path of its own (these hold 108 bytes, too few for the tests' folders), or without one."""
    with tempfile.TemporaryDirectory(prefix="notify-") as folder:
        made = Systemd(f"{folder}/n" if request.param == "path" else f"@{folder}")
        yield made
        made.socket.close()


class Faulty:
    """A card reader whose calls hang, or end its thread, when it is told to."""

    def __init__(self) -> None:
        self.device = registry.build("card_reader", "simulated", {})
        self.hang = threading.Event()
        self.go_on = threading.Event()
        self.deadly = False

    def open(self) -> None:
        self.device.open()

    def close(self) -> None:
        if self.deadly:
            raise SystemExit  # an adapter that ends its thread: nothing else in a worker lets one through
        self.device.close()

    def status(self) -> Any:
        if self.hang.is_set():
            self.go_on.wait(PATIENCE_S)
        if self.deadly:
            raise DeviceUnavailable("lost", Fault.HARDWARE)
        return READY


class Post:
    """A worker, the watchdog over it, and systemd; time is turned by hand."""

    def __init__(self, systemd: Systemd) -> None:
        self.systemd = systemd
        self.faulty = Faulty()
        self.now = 0.0
        self.worker = Worker("card_reader", self.faulty, lambda _name, _status: None, watch_s=0.02)
        self.dog = Watchdog(notifier(systemd.environ()), {"card_reader": self.worker}, lambda: "fine", lambda: self.now)
        self.until(lambda: self.worker.status.works)

    def until(self, there: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not there():
            assert time.monotonic() < deadline
            time.sleep(0.005)

    def fed(self) -> bool:
        """Whether the next look feeds systemd."""
        self.systemd.heard()
        self.now += 1.0
        self.dog.look()
        return "WATCHDOG=1" in self.systemd.heard()

    def close(self) -> None:
        self.faulty.deadly = False
        self.faulty.go_on.set()
        self.worker.close()
        self.dog.stopping()


@pytest.fixture
def post(systemd: Systemd, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    monkeypatch.setattr(watchdog, "CALL_S", 0.1)
    made = Post(systemd)
    yield made
    made.close()


def test_ready_fed_and_stopping(post: Post) -> None:
    post.dog.ready()
    assert post.systemd.heard() == ["READY=1"]
    post.dog.look()
    assert post.systemd.heard() == ["WATCHDOG=1", "STATUS=fine"]
    post.now += 0.5
    post.dog.look()
    assert post.systemd.heard() == [], "not more often than a third of what it waits"
    post.now += 0.2
    post.dog.look()
    assert post.systemd.heard() == ["WATCHDOG=1"]
    post.dog.stopping()
    assert post.systemd.heard() == ["STOPPING=1"]
    assert not post.fed()


def test_a_thread_that_hangs_stops_it_and_getting_on_starts_it_again(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    assert post.fed()
    post.faulty.hang.set()
    post.until(lambda: post.worker.stalled_s > 0.1)
    assert [post.fed() for _ in range(5)] == [False] * 5
    assert [record.message for record in caplog.records] == ["the thread of the device card_reader does not get on"]
    post.faulty.hang.clear()
    post.faulty.go_on.set()
    post.until(lambda: post.worker.stalled_s < 0.1)
    assert post.fed()


def test_work_that_looks_whether_it_was_cancelled_is_alive_however_long_it_takes(post: Post) -> None:
    ends, results = threading.Event(), Queue[object]()

    def long(device: Any, cancelled: threading.Event) -> str:
        while not (cancelled.is_set() or ends.is_set()):
            device.device.await_card(0.02)
        return "done"

    post.worker.ask(long, results.put)
    until = time.monotonic() + 0.5
    while time.monotonic() < until:
        assert post.fed()
        time.sleep(0.05)
    ends.set()
    assert results.get(timeout=PATIENCE_S) == "done"


def test_work_that_never_looks_is_stuck(post: Post) -> None:
    results = Queue[object]()
    post.worker.ask(lambda _device, _cancelled: post.faulty.go_on.wait(PATIENCE_S), results.put)
    post.until(lambda: post.worker.stalled_s > 0.1)
    assert not post.fed()


def test_a_print_may_take_minutes() -> None:
    class Printing:
        alive, stalled_s = True, 300.0

        def restart(self) -> None:
            raise AssertionError

    for name, fine in (("ticket_printer", True), ("document_scanner", True), ("card_reader", False)):
        dog = Watchdog(None, {name: Printing()}, str, lambda: 0.0)
        dog.look()
        assert (not dog._stuck) is fine
    assert all(seconds < 1000 for seconds in LONG_CALL_S.values())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_ends_is_started_again_once(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    told = Queue[object]()
    post.faulty.deadly = True
    post.worker.ask(lambda _device, _cancelled: None, lambda _result: None)
    post.until(lambda: not post.worker.alive)
    post.faulty.deadly = False
    assert post.fed()
    assert "it is started again" in caplog.text
    post.worker.ask(lambda _device, _cancelled: "alive", told.put)
    assert told.get(timeout=PATIENCE_S) == "alive"
    post.faulty.deadly = True
    post.until(lambda: not post.worker.alive)
    assert [post.fed() for _ in range(5)] == [False] * 5
    assert not post.worker.alive


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_whoever_waited_for_a_thread_that_ended_is_told(post: Post) -> None:
    told = Queue[object]()

    def die(_device: object, _cancelled: threading.Event) -> None:
        raise SystemExit

    post.worker.ask(die, told.put)
    post.until(lambda: not post.worker.alive)
    assert told.empty()
    assert post.fed()
    assert isinstance(told.get(timeout=PATIENCE_S), DeviceUnavailable)


def test_a_worker_that_runs_or_is_closed_is_not_started_again(post: Post) -> None:
    thread = post.worker._thread
    post.worker.restart()
    assert post.worker._thread is thread
    post.worker.close()
    post.worker.restart()
    assert not post.worker.alive


# --- systemd's variables -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variables", "period"),
    [
        ({"WATCHDOG_USEC": "30000000"}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": str(os.getpid())}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({}, None),
    ],
)
def test_what_systemd_says(variables: dict[str, str], period: float | None) -> None:
    env = {"NOTIFY_SOCKET": "/nowhere", "HOME": "/", **variables}
    made = notifier(env)
    assert made is not None
    assert made.watchdog_s == period
    assert env == {"HOME": "/"}, "children do not inherit it"
    made.close()


@pytest.mark.parametrize("env", [{}, {"NOTIFY_SOCKET": ""}, {"NOTIFY_SOCKET": "vsock:2:1234"}])
def test_without_systemd_nothing_is_sent_and_threads_are_looked_after(env: dict[str, str]) -> None:
    assert notifier(env) is None
    dog = Watchdog(None, {}, lambda: "fine", lambda: 0.0)
    dog.ready()
    dog.look()
    dog.stopping()


def test_a_systemd_that_does_not_listen_is_logged_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    to = Notifier(str(tmp_path / "nobody"), 2.0)
    for _ in range(3):
        to.send("WATCHDOG=1")
    to.close()
    assert [record.message for record in caplog.records] == ["systemd cannot be told: errno 2"]


def test_a_systemd_that_is_slow_does_not_halt_the_screen(systemd: Systemd) -> None:
    to = notifier(systemd.environ())
    assert to is not None
    begin = time.monotonic()
    for _ in range(2000):
        to.send("STATUS=" + "x" * 200)
    assert time.monotonic() - begin < 1
    to.close()


def test_the_summary_is_one_line_about_the_terminal() -> None:
    said = summary(world(devices={"ticket_printer": OUT_OF_PAPER, "card_reader": READY}))
    assert said == "the centre answers; not working: ticket_printer blocked"
    assert summary(world(centre_reachable=False)) == "no connection to the centre; all devices work"


# --- the program ---------------------------------------------------------------------------------------------


def wait_for(systemd: Systemd, process: subprocess.Popen[bytes], there: Callable[[list[str]], bool]) -> list[str]:
    """Hear until it is there."""
    heard: list[str] = []
    deadline = time.monotonic() + 60
    while not there(heard):
        assert time.monotonic() < deadline, heard
        assert process.poll() is None
        heard += systemd.heard()
        time.sleep(0.05)
    return heard


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[Systemd, subprocess.Popen[bytes]]]:
    """The program as systemd starts it."""
    systemd = Systemd(f"@notify-{uuid4()}")
    command = [sys.executable, "-m", "kiosk", "run", "--station", "demo", "--simulate"]
    variables = {"NOTIFY_SOCKET": systemd.address, "WATCHDOG_USEC": "2000000"}
    with VirtualDisplay(1200, 1000):
        process = subprocess.Popen(command, cwd=ROOT, env=environ(tmp_path, **variables))
        yield systemd, process
        process.kill()
        process.wait()
    systemd.socket.close()


def test_the_terminal_under_systemd(service: tuple[Systemd, subprocess.Popen[bytes]]) -> None:
    systemd, process = service
    heard = wait_for(systemd, process, lambda said: any(line.startswith("STATUS=the centre answers") for line in said))
    assert heard[0] == "READY=1"
    wait_for(systemd, process, lambda said: said.count("WATCHDOG=1") >= 3)
    children = psutil.Process(process.pid).children(recursive=True)
    assert children
    assert not [child for child in children if "NOTIFY_SOCKET" in child.environ()]
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 128 + signal.SIGTERM
    assert systemd.heard()[-1] == "STOPPING=1"


def test_a_terminal_that_stands_still_says_nothing(service: tuple[Systemd, subprocess.Popen[bytes]]) -> None:
    systemd, process = service
    wait_for(systemd, process, lambda said: said.count("WATCHDOG=1") >= 2)
    process.send_signal(signal.SIGSTOP)
    time.sleep(0.1)
    systemd.heard()
    silence = time.monotonic() + 2.5
    while time.monotonic() < silence:
        assert systemd.heard() == []
        time.sleep(0.1)
