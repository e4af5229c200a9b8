"""The best of all phrases that go on with what was typed, in bounded time however many there are.

A suffix array over all phrases, cut at the places where a word may begin: sorted offsets into one joined text, each
with a rank. What begins with a prefix is then one range. Ranges that are too long to look through while somebody
types have their best ranks worked out beforehand, from the leaves up, so that each phrase is looked at once.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

END = "\0"
"""Ends every phrase: a query with it at its end asks for exactly this, not for what goes on."""
DOCUMENT_BITS = 24
DOCUMENT_MASK = (1 << DOCUMENT_BITS) - 1
_DEPTH = 32
_LONG = 1500
_KEPT = 64

Phrase: TypeAlias = tuple[str, Sequence[tuple[int, int]]]
"""A text, and for each place where one may begin to type it, the offset and the rank."""


class PrefixTable:
    """Frozen once built. A rank is an int, lower is better; its low 24 bits say which document it belongs to."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._text, places = _joined(phrases)
        self._offsets, self._ranks = array("I"), array("Q")
        self._best: dict[tuple[int, int], tuple[int, ...]] = {}
        for first in sorted(places):
            offsets, ranks = places.pop(first).ordered(self._text)
            self._offsets.extend(offsets)
            self._ranks.extend(ranks)
        self._prepare(0, len(self._offsets), 0)

    def __len__(self) -> int:
        return len(self._offsets)

    def best(self, prefix: str) -> Sequence[int]:
        """The best ranks of what begins with `prefix`, best first, each document once; at most 64 where many do."""
        low, high = self.range(prefix)
        if len(prefix) <= _DEPTH:
            return self._best_of(low, high)
        found = (n for n in range(low, min(high, low + _LONG)) if self._text.startswith(prefix, self._offsets[n]))
        return _each_once(sorted(self._ranks[n] for n in found))

    def range(self, prefix: str) -> tuple[int, int]:
        """Where in the table the first 32 characters of `prefix` stand: from, to."""
        text, length = self._text, min(len(prefix), _DEPTH)
        prefix = prefix[:length]
        low = bisect_left(self._offsets, prefix, key=lambda offset: text[offset : offset + length])
        high = bisect_right(self._offsets, prefix, lo=low, key=lambda offset: text[offset : offset + length])
        return low, high

    def _best_of(self, low: int, high: int) -> Sequence[int]:
        known = self._best.get((low, high))
        return known if known is not None else _each_once(sorted(self._ranks[low:high]))

    def _prepare(self, low: int, high: int, depth: int) -> Sequence[int]:
        """The best of a range; those of long ranges are kept."""
        if high - low <= _LONG:
            return self._best_of(low, high)
        parts = self._branches(low, high, depth) if depth < _DEPTH else []
        if parts:
            candidates = [rank for start, stop in parts for rank in self._prepare(start, stop, depth + 1)]
        else:
            candidates = list(self._ranks[low:high])
        best = tuple(_each_once(sorted(candidates)))
        self._best[low, high] = best
        return best

    def _branches(self, low: int, high: int, depth: int) -> list[tuple[int, int]]:
        """The range split by the character at `depth`; nothing where all phrases end here."""
        text, offsets = self._text, self._offsets
        branches: list[tuple[int, int]] = []
        while low < high:
            letter = text[offsets[low] + depth]
            stop = bisect_right(offsets, letter, lo=low, hi=high, key=lambda offset: text[offset + depth])
            branches.append((low, stop))
            low = stop
        ended = len(branches) == 1 and text[offsets[branches[0][0]] + depth] == END
        return [] if ended else branches


class _Places:
    """Offsets into the joined text with their ranks. Arrays: tuples would cost a gigabyte at 100,000 items."""

    def __init__(self) -> None:
        self._offsets, self._ranks = array("I"), array("Q")

    def add(self, offset: int, rank: int) -> None:
        self._offsets.append(offset)
        self._ranks.append(rank)

    def ordered(self, text: str) -> "tuple[array[int], array[int]]":
        """Both arrays in the order of what stands in `text` from each offset on."""
        offsets = self._offsets
        order = sorted(range(len(offsets)), key=lambda n: text[offsets[n] : offsets[n] + _DEPTH])
        return array("I", [offsets[n] for n in order]), array("Q", [self._ranks[n] for n in order])


def _joined(phrases: Iterable[Phrase]) -> tuple[str, dict[str, _Places]]:
    """One text of all phrases, and the places to begin at, by first character (sorting them apart saves memory)."""
    texts: list[str] = []
    places: dict[str, _Places] = defaultdict(_Places)
    length = 0
    for text, starts in phrases:
        for offset, rank in starts:
            places[text[offset]].add(length + offset, rank)
        texts.append(text)
        length += len(text) + 1
    # Padded, so that looking `_DEPTH` characters on never leaves the text.
    return END.join(texts) + END * (_DEPTH + 1), places


def _each_once(ranks: Sequence[int]) -> list[int]:
    """The first rank of each document, at most 64."""
    best: dict[int, int] = {}
    for rank in ranks:
        best.setdefault(rank & DOCUMENT_MASK, rank)
        if len(best) == _KEPT:
            break
    return list(best.values())
