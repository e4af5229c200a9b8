"""SDT frames as bytes, and the decoder against noise."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.card_readers.sdt_frame import PREAMBLE, Body, Damage, Decoder, Reply, reply, request

P = "AAAAAA9669"
REQUESTS = [
    ((0x10, 0xFF), "000310FFEC"),
    ((0x11, 0xFF), "000311FFED"),
    ((0x12, 0xFF), "000312FFEE"),
    ((0x20, 0x01), "0003200122"),
    ((0x20, 0x02), "0003200221"),
    ((0x30, 0x01), "0003300132"),
    ((0x30, 0x03), "0003300330"),
    ((0x30, 0x10), "0003301023"),
    ((0x60, 0x00), "0003600063"),
    ((0x60, 0x04), "0003600467"),
]
REPLIES = [
    ((0x90, b""), "000400009094"),
    ((0x9F, bytes(4)), "000800009F0000000097"),
    ((0x90, bytes(8)), "000C00009000000000000000009C"),
    ((0x80, b""), "000400008084"),
    ((0x81, b""), "000400008185"),
    ((0x41, b""), "000400004145"),
]


@pytest.mark.parametrize(("command", "published"), REQUESTS)
def test_requests_are_the_published_bytes(command, published):
    assert request(*command) == bytes.fromhex(P + published)


@pytest.mark.parametrize(("values", "published"), REPLIES)
def test_replies_are_the_published_bytes_and_decode_again(values, published):
    raw = bytes.fromhex(P + published)
    assert reply(*values) == raw
    decoder = Decoder()
    decoder.feed(raw)
    assert Reply.of(decoder.take().data) == Reply(*values)


def drained(decoder: Decoder) -> list:
    found = []
    while (item := decoder.take()) is not None:
        found.append(item)
    return found


def bodies(decoder: Decoder) -> list[bytes]:
    return [item.data for item in drained(decoder) if isinstance(item, Body)]


@pytest.mark.parametrize(
    "noise",
    [b"\x00", b"\xaa", b"\xaa" * 9, b"\xaa\xaa\xaa\x96", b"\xff" * 300, PREAMBLE[:4] + b"\x00", PREAMBLE + b"\xff\xff"],
    ids=lambda noise: noise[:8].hex(),
)
def test_finds_a_frame_after_noise(noise):
    decoder = Decoder()
    decoder.feed(noise + reply(0x90))
    assert bodies(decoder) == [b"\0\0\x90"]


def test_a_wrong_checksum_is_damage_and_the_next_frame_is_found():
    broken = reply(0x90)[:-1] + b"\x00"
    decoder = Decoder()
    decoder.feed(broken + reply(0x80))
    first, second = drained(decoder)
    assert isinstance(first, Damage)
    assert second.data == b"\0\0\x80"


def test_a_frame_inside_a_broken_frame_is_found():
    broken = PREAMBLE + b"\x00\x14" + b"\x00" * 3 + reply(0x41) + b"\x00" * 10
    decoder = Decoder()
    decoder.feed(broken)
    assert bodies(decoder) == [b"\0\0\x41"]


def test_says_how_many_bytes_may_be_waited_for():
    decoder = Decoder()
    assert decoder.missing == 7
    decoder.feed(reply(0x9F, bytes(4))[:7])
    assert decoder.missing == 8
    decoder.feed(b"\x00\x00")
    assert decoder.missing == 6


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.binary(max_size=40), st.binary(max_size=30).map(lambda data: reply(0x90, data))), max_size=8)
)
def test_never_breaks_and_asks_for_little(pieces):
    decoder = Decoder()
    for piece in pieces:
        decoder.feed(piece)
        assert 1 <= decoder.missing <= 7 + 4096
    drained(decoder)
    decoder.feed(b"\x00" * 5000 + reply(0x90, b"end"))
    assert bodies(decoder)[-1:] == [b"\0\0\x90end"]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60), st.integers(1, 7))
def test_the_way_bytes_are_cut_makes_no_difference(data, size):
    whole, pieces = Decoder(), Decoder()
    stream = data + reply(0x90, data) + data
    whole.feed(stream)
    for at in range(0, len(stream), size):
        pieces.feed(stream[at : at + size])
    assert bodies(whole) == bodies(pieces)
