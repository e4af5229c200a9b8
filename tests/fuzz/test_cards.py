"""A short run of the card targets: seeds as they are, and some thousand mutations of them. The long run is for machines
with an hour."""

import random
import tracemalloc
from collections.abc import Callable

import pytest

from tests.fuzz.cards import SEEDS_SDT, SEEDS_SOCIAL, fuzz_sdt, fuzz_social_card

TARGETS = {"sdt": (fuzz_sdt, SEEDS_SDT, 1500), "social": (fuzz_social_card, SEEDS_SOCIAL, 6000)}


def mutated(chance: random.Random, seed: bytes) -> bytes:
    """A few bytes changed, dropped, doubled or put in; now and then cut off or joined with itself."""
    data = bytearray(seed)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0:
                data[at : at + 1] = bytes((chance.randrange(256),))
            case 1:
                del data[at : at + chance.randint(1, 40)]
            case 2:
                data[at:at] = data[at : at + chance.randint(1, 40)]
            case 3:
                data[at:at] = chance.randbytes(chance.randint(1, 12))
            case _:
                data = data[:at] + data[: chance.randint(0, 60)]
    return bytes(data)


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_hold(name: str) -> None:
    target, seeds, _ = TARGETS[name]
    for seed in (*seeds, b""):
        target(seed)


@pytest.mark.parametrize("name", TARGETS)
def test_mutations_hold_and_nothing_grows(name: str) -> None:
    target, seeds, rounds = TARGETS[name]
    chance = random.Random(4)
    run(target, seeds, chance, 50)
    tracemalloc.start()
    try:
        run(target, seeds, chance, rounds)
        kept, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 200_000


def run(target: Callable[[bytes], None], seeds: tuple[bytes, ...], chance: random.Random, rounds: int) -> None:
    for _ in range(rounds):
        target(mutated(chance, chance.choice(seeds)))
