"""Inputs of the printers' targets that are made to be slow or large."""

import time

import pytest

from devices.printers import ipp
from tests.fuzz.printers import fuzz_escpos_answers, fuzz_escpos_parse, fuzz_escpos_wire, fuzz_ipp


@pytest.mark.parametrize(
    ("target", "data"),
    [
        (fuzz_ipp, b"\x01\x01\0\0\0\0\0\x01\x04\x44\0\x01a\0\0" + b"\x44\0\0\0\0" * 190_000),
        (fuzz_ipp, b"\x01\x01\0\0\0\0\0\x01" + b"\x04" * 900_000),
        (fuzz_ipp, b"\x01\x01\0\0\0\0\0\x01\x04\x44\xff\xff"),
        (fuzz_escpos_answers, bytes(range(256)) * 4000),
        (fuzz_escpos_answers, b"\x37" + b"\xff" * 500_000),
        (fuzz_escpos_parse, b"\x1dv0\x00\xff\xff\xff\xff" + b"\x00" * 20_000),
        (fuzz_escpos_wire, b"\x1bd\xff" * 5000),
        (fuzz_escpos_parse, b"a" * 200_000),
        (fuzz_escpos_wire, b"a" * 200_000),
        (fuzz_escpos_wire, b"\x1d(k\xff\xff1P0" + b"x" * 65_530 + b"\x1d(k\x03\x001Q0"),
    ],
)
def test_inputs_made_to_be_slow_or_large(target, data):
    begin = time.monotonic()
    target(data)
    assert time.monotonic() - begin < 10


def test_an_attribute_before_any_group_is_no_answer():
    with pytest.raises(ValueError, match="before the first group"):
        ipp.decode(b"\x01\x01\0\0\0\0\0\x01\x44\0\x01a\0\x01x\x03")
