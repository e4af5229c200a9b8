"""A short run of the fuzz targets over mutated good input; `tests/fuzz/codes.py` has the targets."""

import random
import time

import pytest

from tests.fuzz.codes import SEEDS, TARGETS

ROUNDS = 4000
SECONDS = 6.0


def mutated(seed: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, doubled, cut out or put in."""
    data = bytearray(seed)
    for _ in range(chance.randint(0, 6)):
        at = chance.randrange(len(data) + 1)
        kind = chance.randrange(4)
        if kind == 0:
            data[at : at + 1] = chance.randbytes(1)
        elif kind == 1:
            data[at:at] = data[at : at + chance.randint(1, 40)]
        elif kind == 2:
            del data[at : at + chance.randint(1, 24)]
        else:
            data[at:at] = chance.randbytes(chance.randint(1, 30))
    return bytes(data)


@pytest.mark.parametrize("name", TARGETS)
def test_mutated_input_is_survived(name: str) -> None:
    chance, seeds = random.Random(name), SEEDS[name]
    end = time.monotonic() + SECONDS
    for at in range(ROUNDS):
        TARGETS[name](mutated(seeds[at % len(seeds)], chance))
        if time.monotonic() > end:
            assert at > ROUNDS / 10, "too slow to be of use"
            return


@pytest.mark.parametrize("name", TARGETS)
def test_noise_and_nothing_are_survived(name: str) -> None:
    chance = random.Random(name)
    for size in (0, 1, 23, 24, 25, 4096, 100_000):
        TARGETS[name](chance.randbytes(size))
