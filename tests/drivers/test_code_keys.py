"""Codes as a scanner types them: keys become characters, and nothing else does."""

import pytest

from devices.code_scanners.hid_keys import EV_SYN, EVENT, SYN_DROPPED, Keys
from devices.code_scanners.hid_scanner import EVIOCGRAB
from devices.code_scanners.sample_codes import CODES
from devices.code_scanners.texts import Inbox
from tests.benches.codes import ENTER, KEYS, Typist


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
