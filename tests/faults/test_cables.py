"""Serial devices that are pulled out, put back elsewhere, make noise, take nothing, or are something else."""

import logging
import os
import socket
import threading
import time
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices import registry
from devices.transports.line import open_line
from devices.worker import Worker
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.device import Health, Status
from tests.faults.cables import LISTENS_ONLY, Desk, cycles, desk, far_end, serial_models

SERIAL = serial_models()
NOTICED_S = 2.0
NOISE = os.urandom(65536)
NOISE_BYTES = 10_000_000


@pytest.fixture(params=SERIAL, ids="-".join)
def model(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.param


@pytest.fixture
def here(model: tuple[str, str], tmp_path: Path) -> Iterator[Desk]:
    """A serial device at the worker's own pace."""
    with desk(*model, tmp_path) as made:
        yield made


def test_every_serial_model_has_a_far_end(model: tuple[str, str]) -> None:
    assert far_end(*model).plugged


def test_a_pulled_cable_is_noticed_within_two_seconds_and_comes_back_by_itself(
    here: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "devices.worker"):
        here.cable.pull()
        assert here.await_(works=False) <= NOTICED_S
        assert here.worker.status.faults == {Fault.UNPLUGGED}
        here.cable.push()
        assert here.await_(works=True) <= NOTICED_S
    said = [record.getMessage().rpartition(" is ")[2] for record in caplog.records]
    assert said == ["absent (unplugged)", "ready (no faults)"]


def test_a_device_that_answers_slowly_is_missed_within_two_seconds(tmp_path: Path) -> None:
    """A look that takes nearly a second, and the cable is pulled just after the device was seen."""

    class Slow:
        def __init__(self) -> None:
            self.gone = False

        def open(self) -> None:
            if self.gone:
                raise DeviceUnavailable("it has gone", Fault.UNPLUGGED)

        def close(self) -> None:
            """Nothing to close."""

        def status(self) -> Status:
            seen = self.gone
            looked.set()
            time.sleep(0.19)
            pause.wait(0.71)
            return Status(Health.ABSENT if seen else Health.READY)

    looked, pause, gone = threading.Event(), threading.Event(), threading.Event()
    device = Slow()
    worker = Worker("slow", device, lambda _name, status: None if status.works else gone.set())
    looked.wait(5)
    device.gone = True
    began = time.monotonic()
    assert gone.wait(5)
    assert time.monotonic() - began <= NOTICED_S
    pause.set()
    worker.close()


def test_pulled_out_and_put_back_many_times_nothing_leaks(model: tuple[str, str]) -> None:
    assert cycles(*model, 25) == ""


@pytest.fixture
def wild(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A terminal whose other end is this test: its descriptor, and the path for a driver."""
    master, slave = os.openpty()
    tty.setraw(slave)
    path = tmp_path / "port"
    path.symlink_to(os.ttyname(slave))
    yield master, path
    os.close(slave)
    os.close(master)


def pour(master: int, over: threading.Event, size: int) -> int:
    """Noise into the terminal as fast as it is taken; how much was."""
    os.set_blocking(master, False)
    sent = 0
    while not over.is_set() and sent < size:
        try:
            sent += os.write(master, NOISE[: size - sent])
        except BlockingIOError:
            time.sleep(0.001)
    return sent


def test_ten_megabytes_of_noise_are_no_device_and_not_a_broken_worker(
    model: tuple[str, str], wild: tuple[int, Path], caplog: pytest.LogCaptureFixture
) -> None:
    master, path = wild
    over, first = threading.Event(), threading.Event()
    noise = threading.Thread(target=pour, args=(master, over, NOISE_BYTES))
    noise.start()
    device = registry.build(*model, {"url": str(path)})
    with caplog.at_level(logging.INFO, "devices.worker"):
        worker = Worker(model[0], device, lambda _name, _status: first.set())
        assert first.wait(15)
        assert worker.alive
        assert worker.status.works is (model in LISTENS_ONLY)
        assert worker.status.faults <= {Fault.WRONG_DEVICE, Fault.NO_ANSWER, Fault.HARDWARE}
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    over.set()
    noise.join()
    worker.close()
    assert not worker.alive


@pytest.mark.parametrize("other", SERIAL, ids="-".join)
def test_what_answers_for_another_model_is_not_taken_for_this_one(
    model: tuple[str, str], other: tuple[str, str], tmp_path: Path
) -> None:
    """The cables of two devices were exchanged."""
    if other == model:
        with desk(*model, tmp_path) as itself:
            assert itself.worker.status.works
        return
    with desk(*other, tmp_path) as far:
        far.worker.close()
        stranger = registry.build(*model, {"url": str(tmp_path / "-".join(other))})
        first = threading.Event()
        worker = Worker(model[0], stranger, lambda _name, _status: first.set())
        assert first.wait(15)
        assert worker.status.works is (model in LISTENS_ONLY)
        worker.close()


def test_a_port_that_takes_no_data_is_given_up_in_time(wild: tuple[int, Path]) -> None:
    """Nobody reads the other end: the kernel's buffer fills, and the write ends by its time limit."""
    _master, path = wild
    line = open_line(str(path))
    began = time.monotonic()
    with pytest.raises(DeviceUnavailable) as caught:
        line.write(bytes(1_000_000), 0.3)
    assert time.monotonic() - began < 1.0
    assert caught.value.fault is Fault.NO_ANSWER
    line.close()


def test_a_network_device_that_makes_noise_for_ever_is_drained_in_time() -> None:
    """`drain` forgets what has arrived; what keeps arriving must not keep it."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = open_line(f"socket://127.0.0.1:{server.getsockname()[1]}")
        client, _ = server.accept()

        def noise() -> None:
            client.settimeout(0.05)
            while not over.is_set():
                try:
                    client.sendall(NOISE)
                except (TimeoutError, OSError):
                    continue

        pouring = threading.Thread(target=noise)
        pouring.start()
        began = time.monotonic()
        line.drain()
        assert time.monotonic() - began < 1.0
        over.set()
        pouring.join()
        line.close()
        client.close()
