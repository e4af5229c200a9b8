"""Changes sound inputs into nearly sound ones: flips, splices, cuts, lies about lengths, repeats, big blocks."""

import random
from collections.abc import Callable, Sequence

EDGES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFF)
BIG = 70_000
"""More than any frame's length field can name."""
ONE_BIG_IN = 2_000
LONGEST = 8_192


class Mutator:
    """Inputs without end, the same ones for the same seed."""

    def __init__(self, seeds: Sequence[bytes], seed: int, fix: Callable[[bytes], bytes] | None = None) -> None:
        self._seeds, self._rng, self._fix = [bytearray(one) for one in seeds], random.Random(seed), fix
        self._ways = (
            self._flip, self._set, self._cut, self._insert, self._repeat, self._splice, self._truncate, self._lie, self._swap
        )  # fmt: skip

    def next(self) -> bytes:
        """The next input: one seed, changed once to eight times."""
        rng = self._rng
        data = bytearray(rng.choice(self._seeds))
        for _ in range(1 << rng.randrange(4)):
            rng.choice(self._ways)(data)
        if not rng.randrange(ONE_BIG_IN):
            self._blow_up(data)
        else:
            del data[LONGEST:]
        made = bytes(data)
        return self._fix(made) if self._fix and rng.randrange(2) else made

    def _at(self, data: bytearray) -> int:
        return self._rng.randrange(len(data) + 1)

    def _span(self, data: bytearray) -> slice:
        start = self._at(data)
        return slice(start, start + self._rng.randrange(1, 17))

    def _flip(self, data: bytearray) -> None:
        if data:
            data[self._rng.randrange(len(data))] ^= 1 << self._rng.randrange(8)

    def _set(self, data: bytearray) -> None:
        if data:
            data[self._rng.randrange(len(data))] = self._rng.choice(EDGES) & 0xFF

    def _cut(self, data: bytearray) -> None:
        del data[self._span(data)]

    def _insert(self, data: bytearray) -> None:
        at = self._at(data)
        data[at:at] = self._rng.randbytes(self._rng.randrange(1, 17))

    def _repeat(self, data: bytearray) -> None:
        span = self._span(data)
        data[span.stop : span.stop] = data[span] * self._rng.randrange(1, 9)

    def _splice(self, data: bytearray) -> None:
        """The end of another sound input in place of this one's."""
        other = self._rng.choice(self._seeds)
        data[self._at(data) :] = other[self._at(other) :]

    def _truncate(self, data: bytearray) -> None:
        del data[self._at(data) :]

    def _lie(self, data: bytearray) -> None:
        """A number where a length may stand: an edge, or nearly the true length."""
        value = self._rng.choice((*EDGES, len(data), max(0, len(data) - 1), len(data) + 1))
        size = self._rng.choice((1, 2, 2, 4))
        order = "big" if self._rng.randrange(2) else "little"
        at = self._at(data)
        data[at : at + size] = (value & ((1 << 8 * size) - 1)).to_bytes(size, order)  # type: ignore[arg-type]

    def _swap(self, data: bytearray) -> None:
        first, second = self._span(data), self._at(data)
        piece = data[first]
        del data[first]
        data[second:second] = piece

    def _blow_up(self, data: bytearray) -> None:
        block = data[self._span(data)] or b"\0"
        at = self._at(data)
        data[at:at] = block * (BIG // len(block))
