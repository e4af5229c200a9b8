"""Code scanners on a cable and as an input device: noise without end, what a scanner may send, the grab."""

import os
import threading
import time
import tracemalloc
from pathlib import Path

import pytest

from devices.code_scanners import hid_scanner
from devices.code_scanners.hid_scanner import EVIOCGRAB, HidCodeScanner
from devices.code_scanners.sample_codes import CHINESE, CODES
from devices.code_scanners.serial_scanner import SerialCodeScanner
from devices.code_scanners.serial_wire import Wire
from devices.transports import sim
from devices.transports.pty_link import PtyLink
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.device import Health
from tests.benches.codes import Typist

# --- on a cable ----------------------------------------------------------------------------------------------


def test_ten_megabytes_of_noise_give_no_code_no_growth_and_one_line(caplog: pytest.LogCaptureFixture) -> None:
    wire = Wire()
    scanner = SerialCodeScanner(SerialCodeScanner.Options(sim.add("flood-test", wire)))
    scanner.open()
    wire.misbehave("flood")
    tracemalloc.start()
    codes = [scanner.await_code(0.05)]
    before, _ = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    deadline = time.monotonic() + 20
    while scanner._way._port._coming and time.monotonic() < deadline:
        codes.append(scanner.await_code(0.1))
        assert scanner.status().works
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak - before < 1_000_000
    assert set(codes) == {None}
    assert len(caplog.records) == 1
    wire.say(*[sim.Burst(b"\r", 0.1)])
    scanner.await_code(0.3)
    wire.show("book")
    assert scanner.await_code(1).text == CODES["book"].text
    scanner.close()


@pytest.mark.parametrize(
    ("mood", "codes"),
    [
        ("noise", []),
        ("oversize", []),
        ("half", []),
        ("halves", [CODES["receipt"].text]),
        ("twice", [CODES["book"].text, CODES["receipt"].text]),
    ],
)
def test_what_a_scanner_may_send(mood: str, codes: list[str]) -> None:
    wire = Wire(paced=True)
    scanner = SerialCodeScanner(SerialCodeScanner.Options(sim.add(f"mood-{mood}", wire), baud=115200, suffix="line"))
    scanner.open()
    wire.misbehave(mood)
    found = [code.text for _ in range(5) if (code := scanner.await_code(0.2))]
    assert found == codes
    scanner.close()


def test_over_a_pseudo_terminal_at_9600_baud(tmp_path: Path) -> None:
    wire, stop = Wire(paced=True), threading.Event()
    link = PtyLink(tmp_path / "scanner", wire)
    ear, mouth = os.pipe()

    def play() -> None:
        while not stop.is_set():
            link.turn(ear, 0.05)

    far_end = threading.Thread(target=play)
    far_end.start()
    scanner = SerialCodeScanner(SerialCodeScanner.Options(str(link.path)))
    try:
        scanner.open()
        begin = time.monotonic()
        wire.show("largest")
        assert scanner.await_code(5).text == CODES["largest"].text
        assert 3.0 < time.monotonic() - begin < 4.0
        wire.show("chinese-gb")
        assert scanner.await_code(1).text == CHINESE
        wire.unplug()
        with pytest.raises(DeviceUnavailable, match="unplugged"):
            scanner.await_code(2)
        assert scanner.status().health is Health.ABSENT
    finally:
        stop.set()
        far_end.join()
        link.unplug()
        os.close(ear)
        os.close(mouth)


# --- the input device ----------------------------------------------------------------------------------------


def test_a_terminal_is_no_input_device() -> None:
    far_end, near_end = os.openpty()
    with pytest.raises(DeviceUnavailable, match="not an input device") as caught:
        HidCodeScanner(HidCodeScanner.Options(os.ttyname(near_end))).open()
    assert caught.value.fault is Fault.WRONG_DEVICE
    os.close(near_end)
    os.close(far_end)


def test_an_input_device_is_grabbed_and_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no input device to try it on, so the kernel's side of the call is written down instead."""
    calls: list[tuple[int, object]] = []
    monkeypatch.setattr(hid_scanner.fcntl, "ioctl", lambda _fd, request, arg: calls.append((request, arg)))
    path = tmp_path / "event-kbd"
    path.touch()
    scanner = HidCodeScanner(HidCodeScanner.Options(str(path)))
    scanner.open()
    scanner.close()
    assert calls[0] == (EVIOCGRAB, 1)
    assert calls[-1] == (EVIOCGRAB, 0)


def test_one_that_another_program_grabbed_is_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(16, "Device or resource busy")

    monkeypatch.setattr(hid_scanner.fcntl, "ioctl", refuse)
    path = tmp_path / "event-kbd"
    path.touch()
    with pytest.raises(DeviceUnavailable, match="used by another program") as caught:
        HidCodeScanner(HidCodeScanner.Options(str(path))).open()
    assert caught.value.fault is Fault.IN_USE


def test_the_largest_code_through_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "event-kbd"
    os.mkfifo(path)
    far_end = os.open(path, os.O_RDWR)
    scanner = HidCodeScanner(HidCodeScanner.Options(str(path)))
    scanner.open()
    events = Typist().code(CODES["largest"].data)
    writer = threading.Thread(
        target=lambda: [os.write(far_end, events[at : at + 4096]) for at in range(0, len(events), 4096)]
    )
    writer.start()
    assert scanner.await_code(5).text == CODES["largest"].text
    writer.join()
    assert not scanner._way.has_events(0)
    scanner.close()
    os.close(far_end)
