"""A short run of the printers' targets: seeds, their mutations, and inputs made to be slow or large."""

import random
import time

import pytest

from devices.printers import ipp
from tests.fuzz.printers import TARGETS, fuzz_escpos_answers, fuzz_escpos_parse, fuzz_escpos_wire, fuzz_ipp

ROUNDS = 1500


def mutated(chance: random.Random, seeds: tuple[bytes, ...]) -> bytes:
    """One or two seeds with bytes changed, cut out, doubled or put in."""
    data = bytearray(b"".join(chance.choices(seeds, k=chance.randint(1, 2))))
    for _ in range(chance.randint(0, 6)):
        at = chance.randrange(len(data) + 1)
        how = chance.randrange(4)
        if how == 0 and at < len(data):
            data[at] = chance.randrange(256)
        elif how == 1:
            del data[at : at + chance.randint(1, 8)]
        elif how == 2:
            data[at:at] = data[at : at + 16]
        else:
            data[at:at] = chance.randbytes(chance.randint(1, 8))
    return bytes(data)


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_and_their_mutations(name):
    target, seeds = TARGETS[name]
    chance = random.Random(name)
    for seed in seeds:
        target(seed)
    for _ in range(ROUNDS):
        target(mutated(chance, tuple(seeds)))


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
