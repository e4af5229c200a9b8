"""Code scanners at their edges: where a code ends, noise without end, what no key has, people who type."""

import os
import select
import threading
import time
import tracemalloc
from pathlib import Path

import pytest

from devices.code_scanners import framing, hid_scanner
from devices.code_scanners.framing import Framer
from devices.code_scanners.hid_keys import EV_SYN, EVENT, SYN_DROPPED, Keys
from devices.code_scanners.hid_scanner import EVIOCGRAB, HidCodeScanner
from devices.code_scanners.sample_codes import CHINESE, CODES
from devices.code_scanners.serial_scanner import SerialCodeScanner
from devices.code_scanners.serial_wire import Wire
from devices.code_scanners.texts import LONGEST, Inbox, Marks, NoCode, code_of
from devices.transports import sim
from devices.transports.pty_link import PtyLink
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.device import Health
from tests.benches.codes import ENTER, KEYS, Typist

NO_MARKS = Marks()


class Desk:
    """A framer and a clock."""

    def __init__(self, suffix: framing.Suffix = "auto", marks: Marks = NO_MARKS) -> None:
        self.inbox = Inbox("test", marks)
        self.framer = Framer(self.inbox, suffix)
        self.at = 100.0

    def feed(self, data: bytes, after_s: float = 0.005) -> None:
        self.at += after_s
        self.framer.feed(data, self.at)

    def wait(self, seconds: float) -> list[str]:
        """Let time pass; the codes there are then."""
        self.at += seconds
        self.framer.settle(self.at)
        codes = []
        while (code := self.inbox.take()) is not None:
            codes.append(code.text)
        return codes


# --- what is a code ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "text"),
    [
        (b"9787300000008", "9787300000008"),
        (CHINESE.encode(), CHINESE),
        (CHINESE.encode("gb18030"), CHINESE),
        ("㐀𠮷样本".encode("gb18030"), "㐀𠮷样本"),
        (b"0101234567890128\x1d21ABC", "0101234567890128\x1d21ABC"),
        (b"X" * LONGEST, "X" * LONGEST),
    ],
)
def test_codes(frame: bytes, text: str) -> None:
    assert code_of(frame).text == text


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        (b"X" * (LONGEST + 1), "longer"),
        (b"ab", "shorter"),
        (b"", "shorter"),
        (b"abc\x07", "control"),
        (b"abc\x00\x00", "control"),
        ("abc\ue000".encode(), "control"),
        (b"\xff\xff\xff\xff", "encoding"),
        (b"abcdef\x81", "encoding"),
    ],
)
def test_what_is_no_code(frame: bytes, why: str) -> None:
    with pytest.raises(NoCode, match=why):
        code_of(frame)


@pytest.mark.parametrize(
    ("marks", "frame", "text"),
    [
        (Marks(b"~S", aim=True), b"~S]Q1sample", "sample"),
        (Marks(b"~S"), b"~S]Q1sample", "]Q1sample"),
        (Marks(aim=True), b"]C0sample", "sample"),
        (Marks(b"~S"), b"sample", None),
        (Marks(aim=True), b"sample", None),
    ],
)
def test_marks_are_taken_off_and_a_code_without_has_lost_its_beginning(
    marks: Marks, frame: bytes, text: str | None
) -> None:
    inbox = Inbox("test", marks)
    assert inbox.put([frame]) is (text is not None)
    code = inbox.take()
    assert (code.text if code else None) == text


# --- where a code ends ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_a_line_end_ends_a_code_at_once(end: bytes) -> None:
    desk = Desk()
    desk.feed(b"first" + end)
    assert desk.wait(framing.AFTER_END_S) == ["first"]


def test_without_a_line_end_silence_ends_it() -> None:
    desk = Desk()
    desk.feed(b"fir")
    desk.feed(b"st")
    assert desk.wait(framing.SILENCE_S - 0.01) == []
    assert desk.wait(0.011) == ["first"]


def test_a_code_may_come_byte_by_byte() -> None:
    desk = Desk()
    for byte in CHINESE.encode("gb18030") + b"\r\n":
        desk.feed(bytes((byte,)))
    assert desk.wait(0.1) == [CHINESE]


def test_a_reader_that_comes_late_cuts_no_code() -> None:
    desk = Desk()
    desk.feed(b"first ha")
    desk.feed(b"lf", after_s=1.0)
    assert desk.wait(0.1) == ["first half"]


def test_once_a_line_end_was_seen_a_pause_does_not_cut_a_code() -> None:
    desk = Desk()
    desk.feed(b"first\r")
    assert desk.wait(0.1) == ["first"]
    desk.feed(b"sec")
    assert desk.wait(0.3) == []
    desk.feed(b"ond\r")
    assert desk.wait(0.1) == ["second"]


def test_half_a_code_is_refused_and_so_is_its_rest() -> None:
    desk = Desk("line")
    desk.feed(b"first ha")
    assert desk.wait(0.6) == []
    desk.feed(b"lf\r")
    assert desk.wait(0.2) == []
    desk.feed(b"second\r")
    assert desk.wait(0.2) == ["second"]


def test_a_code_of_several_lines_where_only_silence_ends_it() -> None:
    desk = Desk("none")
    desk.feed(b"BEGIN:VCARD\r\nFN:Sample\r\n")
    assert desk.wait(0.1) == ["BEGIN:VCARD\r\nFN:Sample"]


def test_two_codes_without_a_pause() -> None:
    desk = Desk()
    desk.feed(b"first\r\nsecond\r\n")
    assert desk.wait(0.1) == ["first", "second"]


def test_good_looking_pieces_of_noise_are_noise() -> None:
    desk = Desk()
    desk.feed(b"abcd\r\xfe\xff\x00\refgh\r")
    assert desk.wait(0.1) == []
    desk.feed(b"first\r")
    assert desk.wait(0.1) == ["first"]


def test_noise_does_not_teach_where_codes_end() -> None:
    desk = Desk()
    desk.feed(b"\xfe\xff\r")
    assert desk.wait(0.1) == []
    desk.feed(b"first")
    assert desk.wait(0.1) == ["first"]


def test_the_rest_of_a_code_that_was_under_way_is_forgotten_too() -> None:
    desk = Desk()
    desk.feed(b"an earlier per")
    desk.framer.deafen(desk.at)
    desk.feed(b"son's code\r")
    assert desk.wait(0.1) == []
    desk.feed(b"first\r")
    assert desk.wait(0.1) == ["first"]


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


# --- keys ----------------------------------------------------------------------------------------------------


def typed(events: bytes, alt: str = "gbk", inbox: Inbox | None = None) -> list[str]:
    """The codes in events."""
    inbox = inbox or Inbox("test")
    Keys(inbox, alt=alt).feed(events)
    codes = []
    while (code := inbox.take()) is not None:
        codes.append(code.text)
    return codes


def test_the_number_of_the_grab_is_the_kernels() -> None:
    assert EVIOCGRAB == 0x40044590


def test_every_character_that_has_a_key() -> None:
    text = "".join(char for char in KEYS if char.isprintable())
    assert len(text) == 95
    assert typed(Typist().code(text.encode())) == [text]


def test_the_largest_code_by_keys() -> None:
    assert typed(Typist().code(CODES["largest"].data)) == [CODES["largest"].text]
    assert typed(Typist().code(CODES["largest"].data + b"X")) == []


@pytest.mark.parametrize(
    ("alt", "numbers"),
    [
        ("gbk", [int.from_bytes(char.encode("gb18030"), "big") for char in "样本㐀"]),
        ("unicode", [ord(char) for char in "样本㐀"]),
        ("gbk", list("样本㐀".encode())),
        ("unicode", list("样本㐀".encode("gb18030"))),
    ],
)  # fmt: skip
def test_characters_without_a_key(alt: str, numbers: list[int]) -> None:
    typist = Typist()
    for number in numbers:
        typist.number(number)
    typist.key(ENTER)
    assert typed(typist.taken(), alt) == ["样本㐀"]


@pytest.mark.parametrize("number", [0, 99999, 1114112, 9999999999, 55296])
def test_numbers_that_are_no_character(number: int) -> None:
    typist = Typist()
    typist.number(number)
    for byte in b"abc":
        typist.char(byte)
    typist.key(ENTER)
    assert typed(typist.taken(), "unicode") in ([], ["\U0001869fabc"])


def test_people_who_type_are_no_scanner(caplog: pytest.LogCaptureFixture) -> None:
    typist = Typist()
    for byte in b"440113":
        typist.char(byte, after_s=0.09)
    typist.key(ENTER, after_s=0.09)
    typist.at += 0.2
    assert typed(typist.taken() + typist.code(b"first")) == ["first"]
    assert "slowly" in caplog.text
    assert "440113" not in caplog.text


def test_a_code_that_halts_in_the_middle_is_refused_whole() -> None:
    typist = Typist()
    for byte in b"first ha":
        typist.char(byte)
    typist.at += 0.2
    assert typed(typist.code(b"lf")) == []


def test_lost_events_spoil_the_code_they_were_lost_from() -> None:
    typist = Typist()
    typist.char(ord("a"))
    typist.events.append(EVENT.pack(int(typist.at), 0, EV_SYN, SYN_DROPPED, 0))
    assert typed(typist.code(b"bcdef")) == []
    assert typed(typist.code(b"bcdef")) == ["bcdef"]


def test_events_may_be_cut_anywhere() -> None:
    events, inbox = Typist().code(b"sample-01"), Inbox("test")
    keys = Keys(inbox)
    for at in range(0, len(events), 7):
        keys.feed(events[at : at + 7])
    code = inbox.take()
    assert code is not None
    assert code.text == "sample-01"


def test_a_key_that_is_held_repeats_nothing() -> None:
    typist = Typist()
    typist.char(ord("a"))
    typist.events.append(EVENT.pack(int(typist.at), 0, 1, KEYS["a"][0], 2))
    assert typed(typist.code(b"bcd")) == ["abcd"]


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
