"""What bytes are a code, and where one ends."""

import pytest

from devices.code_scanners import framing
from devices.code_scanners.framing import Framer
from devices.code_scanners.sample_codes import CHINESE
from devices.code_scanners.texts import LONGEST, Inbox, Marks, NoCode, code_of

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
