"""The power supply's language: words of its state, errors, other servers, a driver that ends."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from devices.health import status_of
from devices.power.nut import NutPower, faults_of
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.device import Health
from tests.benches.power import one_server


@pytest.mark.parametrize(
    ("said", "faults", "health"),
    [
        ("OL", set(), Health.READY),
        ("OL CHRG", set(), Health.READY),
        ("OL CHRG LB", set(), Health.READY),
        ("OL BOOST", set(), Health.READY),
        ("OB DISCHRG", {Fault.ON_BATTERY}, Health.LOW),
        ("OB LB DISCHRG", {Fault.ON_BATTERY, Fault.BATTERY_LOW}, Health.BLOCKED),
        ("FSD OB LB", {Fault.ON_BATTERY, Fault.BATTERY_LOW}, Health.BLOCKED),
        ("FSD OL", {Fault.ON_BATTERY, Fault.BATTERY_LOW}, Health.BLOCKED),
        ("OL RB", {Fault.BATTERY_OLD}, Health.LOW),
        ("ALARM OL RB", {Fault.BATTERY_OLD}, Health.LOW),
        ("ALARM OL", {Fault.HARDWARE}, Health.BROKEN),
        ("OL OVER", {Fault.HARDWARE}, Health.BROKEN),
        ("OL BYPASS", {Fault.HARDWARE}, Health.BROKEN),
        ("OB RB", {Fault.ON_BATTERY, Fault.BATTERY_OLD}, Health.LOW),
        ("WAIT", {Fault.NO_ANSWER}, Health.BROKEN),
        ("", {Fault.NO_ANSWER}, Health.BROKEN),
        ("OLD", {Fault.NO_ANSWER}, Health.BROKEN),
    ],
)
def test_what_the_words_mean(said: str, faults: set[Fault], health: Health) -> None:
    assert faults_of(said) == faults
    assert status_of(faults_of(said)).health is health


class Server:
    """Answers every line with the same bytes, or with nothing."""

    def __init__(self) -> None:
        self.answer = b""
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._door.accept()
            except OSError:
                return
            with connection, suppress(ConnectionError):
                while connection.recv(1024):
                    connection.sendall(self.answer)

    def close(self) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("answer", "fault", "says"),
    [
        (b"ERR UNKNOWN-UPS\n", Fault.WRONG_DEVICE, "knows no power supply 'kiosk'"),
        (b"ERR DATA-STALE\n", Fault.NO_ANSWER, "stopped answering"),
        (b"ERR DRIVER-NOT-CONNECTED\n", Fault.NO_ANSWER, "does not run"),
        (b"ERR ACCESS-DENIED\n", Fault.WRONG_DEVICE, "upsd.conf"),
        (b"ERR FEATURE-NOT-SUPPORTED extra words\n", Fault.NO_ANSWER, "FEATURE-NOT-SUPPORTED"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", Fault.WRONG_DEVICE, "not Network UPS Tools"),
        (b'VAR other ups.status "OL"\n', Fault.WRONG_DEVICE, "not Network UPS Tools"),
        (b"\xff\xfe\x00" * 2000, Fault.WRONG_DEVICE, "not Network UPS Tools"),
        (b"", Fault.NO_ANSWER, "Nothing answers"),
    ],
)
def test_what_is_wrong_is_named_in_time(server: Server, answer: bytes, fault: Fault, says: str) -> None:
    server.answer = answer
    power = NutPower(NutPower.Options("kiosk", port=server.port))
    begin = time.monotonic()
    with pytest.raises(DeviceUnavailable, match=says) as caught:
        power.open()
    assert caught.value.fault is fault
    assert time.monotonic() - begin < 2
    assert power.status().health is Health.ABSENT


def test_nobody_listens() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        power = NutPower(NutPower.Options("kiosk", port=probe.getsockname()[1]))
        with pytest.raises(DeviceUnavailable, match="Start nut-server") as caught:
            power.open()
    assert caught.value.fault is Fault.NO_ANSWER


def test_the_real_server_does_not_know_another_name() -> None:
    server = one_server()
    server.settle()
    with pytest.raises(DeviceUnavailable) as caught:
        NutPower(NutPower.Options("kiosque", port=server.port)).open()
    assert caught.value.fault is Fault.WRONG_DEVICE


def test_the_real_servers_driver_ends_and_the_state_is_stale() -> None:
    server = one_server()
    server.settle()
    power = NutPower(NutPower.Options("kiosk", port=server.port))
    power.open()
    assert power.status().works
    server.end_driver()
    deadline = time.monotonic() + 10
    while power.status().works:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    for _ in range(20):
        assert looked_at(power) == {Fault.NO_ANSWER}
        time.sleep(0.02)
    power.close()
    server.close()


def looked_at(power: NutPower) -> frozenset[Fault]:
    """The faults as a worker learns them: it opens what is closed, then asks."""
    try:
        power.open()
    except DeviceUnavailable as error:
        return frozenset({error.fault})
    return power.status().faults
