"""The SDT driver over a real pseudo-terminal: bytes at the pace of the line, and everything that lines do."""

import contextlib
import errno
import os
import queue
import resource
import threading
import time
import tty
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.card_readers.sdt import SdtReader
from devices.card_readers.sdt_frame import PREAMBLE, reply
from devices.card_readers.sdt_wire import INSTANT, USUAL, Timing, Wire
from devices.transports import sim
from devices.transports.pty_link import PtyLink
from devices.worker import Worker
from kiosk.errors import CardUnreadable, DeviceUnavailable, Fault
from kiosk.ports.device import Health

PATIENCE_S = 5.0


class FarEnd:
    """A simulated reader on a pseudo-terminal, turned by a thread."""

    def __init__(self, path: Path, baud: int, timing: Timing) -> None:
        self.wire = Wire(baud, timing=timing)
        self.link = PtyLink(path, self.wire)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._turn)
        self._thread.start()

    def _turn(self) -> None:
        while not self._over.is_set():
            self.link.turn(-1, 0.02)

    def end(self) -> None:
        self._over.set()
        self._thread.join()
        self.link.unplug()


@pytest.fixture
def far_end(tmp_path) -> Iterator[Callable[..., FarEnd]]:
    made: list[FarEnd] = []

    def make(baud: int = 115200, timing: Timing = INSTANT, name: str = "reader") -> FarEnd:
        made.append(FarEnd(tmp_path / name, baud, timing))
        return made[-1]

    yield make
    for end in made:
        end.end()


def reader_at(path: Path, baud: int = 115200) -> SdtReader:
    return SdtReader(SdtReader.Options(str(path), baud, poll_s=0.02))


@pytest.mark.parametrize(
    ("baud", "timing", "wire_s"), [(115200, USUAL, 0.112), (115200, INSTANT, 0.112), (9600, INSTANT, 1.349)]
)
def test_a_read_takes_what_the_line_takes(far_end, baud, timing, wire_s):
    far = far_end(baud, timing)
    far.wire.place("moved")
    reader = reader_at(far.link.path, baud)
    reader.open()
    assert reader.await_card(1)
    begin = time.monotonic()
    card = reader.read()
    took = time.monotonic() - begin
    thinks = timing.select_s + timing.read_s + timing.address_s
    assert card.name == "周示例"
    assert wire_s + thinks < took < (wire_s + thinks) * 1.2 + 0.3
    assert reader.await_removal(0.05) is False
    far.wire.remove()
    assert reader.await_removal(2) is True
    reader.close()


OUTCOMES = {
    "noise": None,
    "split": None,
    "duplicate": None,
    "checksum": Fault.HARDWARE,
    "truncated": Fault.HARDWARE,
    "length": Fault.HARDWARE,
    "silent": Fault.NO_ANSWER,
    "unplug-read": Fault.UNPLUGGED,
}


def read_at(reader: SdtReader) -> object:
    try:
        return None if reader.await_card(0.3) and reader.read().name == "李示范" else "not found"
    except DeviceUnavailable as error:
        return error.fault
    except CardUnreadable as error:
        return type(error)


@pytest.mark.parametrize("fault", OUTCOMES)
def test_what_lines_do_to_answers(far_end, fault):
    far = far_end()
    reader = reader_at(far.link.path)
    reader.open()
    far.wire.place("li")
    far.wire.break_with(fault)
    assert read_at(reader) == OUTCOMES[fault]
    far.wire.break_with("none")
    far.wire.plug()
    far.wire.place("li")
    open_again(reader)
    assert read_at(reader) is None
    reader.close()


def open_again(reader: SdtReader) -> None:
    """As the worker does: until it is there."""
    end = time.monotonic() + PATIENCE_S
    while True:
        try:
            return reader.open()
        except DeviceUnavailable:
            assert time.monotonic() < end
            time.sleep(0.02)


class Flood:
    """A device that never stops talking: `piece` over and over, `total` bytes at most."""

    def __init__(self, piece: bytes, total: int) -> None:
        self.master, slave = os.openpty()
        tty.setraw(slave)
        self.path = Path(os.ttyname(slave))
        self._slave = slave
        os.set_blocking(self.master, False)
        self.sent = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._pour, args=(piece * (65536 // len(piece) + 1), total))
        self._thread.start()

    def _pour(self, piece: bytes, total: int) -> None:
        while self.sent < total and not self._over.is_set():
            try:
                self.sent += os.write(self.master, piece)
            except BlockingIOError:
                time.sleep(0.0005)

    def end(self) -> None:
        self._over.set()
        self._thread.join()
        os.close(self.master)
        os.close(self._slave)


NOISE = {
    "noise": bytes(range(1, 161)),
    "preambles": PREAMBLE,
    "frames that never fit": PREAMBLE + b"\x0f\xff" + bytes(50),
    "answers to nobody's question": reply(0x90, bytes(8)),
    "host's own frames": PREAMBLE + bytes.fromhex("000311ffed"),
}


@pytest.mark.parametrize("name", NOISE)
def test_ten_megabytes_of_noise_end_in_a_sentence_and_cost_no_memory(name):
    flood = Flood(NOISE[name], 10 << 20)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.monotonic()
    try:
        with pytest.raises(DeviceUnavailable) as caught:
            reader_at(flood.path).open()
    finally:
        flood.end()
    assert caught.value.fault in {Fault.WRONG_DEVICE, Fault.HARDWARE, Fault.NO_ANSWER}
    assert time.monotonic() - begin < 6
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 4096, "KiB"


class Noisy(Wire):
    """A reader that answers one question with ten megabytes of noise."""

    noisy = False

    def exchange(self, data, baud):
        if not self.noisy:
            return super().exchange(data, baud)
        self.noisy = False
        return [sim.Burst(NOISE["noise"] * 512)] * 128


def test_ten_megabytes_in_one_answer_are_got_over_unnoticed():
    wire = Noisy()
    reader = SdtReader(SdtReader.Options(sim.add("noisy", wire), poll_s=0.01))
    reader.open()
    wire.place("li")
    assert reader.await_card(1)
    wire.noisy = True
    assert reader.read().name == "李示范"
    reader.close()


def test_a_line_that_takes_nothing_is_left_after_a_second():
    master, slave = os.openpty()
    tty.setraw(slave)
    path = Path(os.ttyname(slave))
    os.set_blocking(slave, False)
    refused = 0
    while refused < 3:  # nobody reads: full, also after the kernel has moved what waited
        try:
            os.write(slave, bytes(4096))
            refused = 0
        except BlockingIOError:
            refused += 1
            time.sleep(0.05)
    begin = time.monotonic()
    with pytest.raises(DeviceUnavailable, match="stopped taking data") as caught:
        reader_at(path).open()
    assert caught.value.fault is Fault.NO_ANSWER
    assert time.monotonic() - begin < 3
    os.close(master)
    os.close(slave)


def test_a_reader_that_comes_back_as_another_device_is_found_by_its_stable_name(far_end, tmp_path):
    """/dev/serial/by-id/... points to ttyUSB0, after the replug to ttyUSB1; the worker notices within 2 s, tells once."""
    first = far_end(name="ttyUSB0")
    second = far_end(name="ttyUSB1")
    by_id = tmp_path / "usb-reader-if00"
    by_id.symlink_to(first.link.path)
    heard: queue.Queue = queue.Queue()
    worker = Worker("card_reader", reader_at(by_id), lambda _name, status: heard.put(status), watch_s=0.2)
    try:
        assert heard.get(timeout=PATIENCE_S).health is Health.READY
        by_id.unlink()
        first.wire.unplug()
        assert heard.get(timeout=2).health is Health.ABSENT
        by_id.symlink_to(second.link.path)
        assert heard.get(timeout=PATIENCE_S).health is Health.READY
        second.wire.place("chen")
        read: queue.Queue = queue.Queue()
        worker.ask(lambda reader, _cancelled: (reader.await_card(1), reader.read().name), read.put)
        assert read.get(timeout=PATIENCE_S) == (True, "陈样本")
        assert heard.empty()
    finally:
        worker.close()


def test_another_reader_on_the_same_name_is_no_hidden_change(far_end, tmp_path):
    """The name leads elsewhere while the old device still answers: the open line stays, a new opening follows the name."""
    first, second = far_end(name="ttyUSB0"), far_end(name="ttyUSB1")
    by_id = tmp_path / "usb-reader-if00"
    by_id.symlink_to(first.link.path)
    reader = reader_at(by_id)
    reader.open()
    by_id.unlink()
    by_id.symlink_to(second.link.path)
    assert reader.status().works
    second.wire.place("li")
    assert reader.await_card(0.05) is False
    reader.close()
    reader.open()
    assert reader.await_card(1) is True
    reader.close()


def test_plugging_out_and_in_leaks_nothing(far_end):
    far = far_end()
    reader = reader_at(far.link.path)
    open_again(reader)
    before = len(list(Path("/proc/self/fd").iterdir())), threading.active_count()
    for _ in range(30):
        far.wire.unplug()
        with contextlib.suppress(DeviceUnavailable):
            while True:
                reader.await_card(0)
        far.wire.plug()
        open_again(reader)
    assert (len(list(Path("/proc/self/fd").iterdir())), threading.active_count()) == before
    reader.close()


def test_a_reader_at_another_speed_is_told_from_one_that_is_silent(far_end):
    far = far_end(baud=9600)
    with pytest.raises(DeviceUnavailable, match="no card reader") as caught:
        reader_at(far.link.path, 115200).open()
    assert caught.value.fault is Fault.WRONG_DEVICE


def test_a_missing_node_is_said(tmp_path):
    with pytest.raises(DeviceUnavailable, match="There is no") as caught:
        reader_at(tmp_path / "gone").open()
    assert caught.value.fault is Fault.UNPLUGGED
    assert caught.value.__cause__.errno == errno.ENOENT
