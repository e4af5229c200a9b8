"""Finds items and packages by what people type: hanzi, pinyin, initials, everyday words, English, or a mix of them.

One index, one table; how a text was typed is only part of the rank. Nothing that was typed is kept or logged.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate, islice, product
from typing import Literal

from kiosk.catalogue.model import Catalogue, Package, ServiceItem
from kiosk.catalogue.prefix_table import DOCUMENT_BITS, DOCUMENT_MASK, END, Phrase, PrefixTable
from kiosk.catalogue.readings import flattened, initials, is_hanzi, learn, readings, tokens, words
from kiosk.texts import LocalText

_LONGEST_QUERY = 80
_TIER_BITS = 14 + DOCUMENT_BITS
# Said in many sentences, and about no service in particular.
_FILLERS = frozenset(
    {
        "我要",
        "我想",
        "怎么",
        "什么",
        "怎样",
        "一个",
        "需要",
        "可以",
        "如何",
        "办理",
        "想要",
        "for",
        "how",
        "the",
        "want",
        "and",
        "need",
    }
)


class Tier(IntEnum):
    """How well something fits, best first."""

    EXACT = 0
    RELATED = 1
    """An item of a package that fits exactly."""
    BEGINNING = 2
    WORD_INSIDE = 3
    INITIALS = 4
    INITIALS_INSIDE = 5
    SOUNDS_ALIKE = 6
    PARTLY = 7


@dataclass(frozen=True)
class Hit:
    """Something found; `score` from 0 to 1, higher fits better."""

    kind: Literal["item", "package"]
    id: str
    score: float


@dataclass(frozen=True)
class _Document:
    kind: Literal["item", "package"]
    id: str
    spoken: str
    """Everything it is called, in normal form and in pinyin."""


class SearchIndex:
    """Built once per catalogue, then only read: safe to share between threads."""

    def __init__(
        self,
        table: PrefixTable,
        documents: Sequence[_Document],
        related: Mapping[int, Sequence[int]],
        syllables: Mapping[str, Sequence[str]],
        suggestions: tuple[LocalText, ...],
    ) -> None:
        self._table, self._documents, self._related, self._syllables = table, documents, related, syllables
        self._suggestions = suggestions

    @classmethod
    def build(cls, catalogue: Catalogue) -> "SearchIndex":
        """The index of a catalogue."""
        builder = _Builder()
        table = PrefixTable(builder.phrases(catalogue))
        titles = tuple(package.title for package in catalogue.packages)
        related = _related(builder.documents, catalogue.packages)
        return cls(table, builder.documents, related, builder.syllables, titles)

    def suggestions(self) -> tuple[LocalText, ...]:
        """Things one could look for, where nothing was found: each of them finds something."""
        return self._suggestions

    def search(self, query: str, limit: int = 20) -> tuple[Hit, ...]:
        """What fits best first; nothing for a query without a letter or digit. `limit` up to 60 is honoured."""
        # Cut twice: a single character may stand for eighteen.
        typed = words(unicodedata.normalize("NFKC", query[:_LONGEST_QUERY])[:_LONGEST_QUERY])
        joined = "".join(typed)
        if not joined:
            return ()
        ranks = self._whole(joined) or self._partly(typed)
        return tuple(self._hit(rank) for rank in sorted(ranks.values())[:limit])

    def _whole(self, query: str) -> dict[int, int]:
        """Documents with their best rank, for the query as one piece."""
        found: dict[int, int] = {}
        _keep_best(found, self._look_up(query))
        if is_hanzi(query) and not all(map(is_hanzi, query)):
            _keep_best(found, self._mixed(query))
        _keep_best(found, self._related_to(found))
        flat = flattened(query)
        if flat != query:
            _keep_best(found, (_at_least(Tier.SOUNDS_ALIKE, rank) for rank in self._look_up(flat)))
        return found

    def _look_up(self, query: str) -> Iterator[int]:
        for rank in self._table.best(query + END):
            yield self._exact(rank) if _tier(rank) is Tier.BEGINNING else rank
        yield from self._table.best(query)

    def _exact(self, rank: int) -> int:
        """A package that is called exactly so comes before all items."""
        document = rank & DOCUMENT_MASK
        is_package = self._documents[document].kind == "package"
        return _rank(Tier.EXACT, 0, 0, document) if is_package else _in_tier(Tier.EXACT, rank)

    def _mixed(self, query: str) -> Iterator[int]:
        """`kai饭店`: looked up by sound, kept where the characters are there too."""
        runs = [run for run in _runs(query) if is_hanzi(run)]
        for sound in self._sounds(query):
            for rank in self._look_up(sound):
                spoken = self._documents[rank & DOCUMENT_MASK].spoken
                if all(run in spoken for run in runs):
                    yield rank

    def _sounds(self, query: str) -> Iterator[str]:
        """The query in pinyin, then with initials for its characters."""
        heard = [self._syllables.get(letter, ("",)) if is_hanzi(letter) else (letter,) for letter in query]
        yield from ("".join(syllables) for syllables in islice(product(*heard), 4))
        yield "".join(sound[0][:1] for sound in heard)

    def _related_to(self, found: Mapping[int, int]) -> Iterator[int]:
        for document, rank in found.items():
            if _tier(rank) is Tier.EXACT:
                for place, item in enumerate(self._related.get(document, ())):
                    yield _rank(Tier.RELATED, place, 0, item)

    def _partly(self, typed: Sequence[str]) -> dict[int, int]:
        """For sentences: documents that have some of the words in it, those with most of them first."""
        pieces = {piece for word in typed for piece in self._pieces(word)} - _FILLERS
        candidates = {rank & DOCUMENT_MASK: rank for piece in pieces for rank in self._table.best(piece)}
        shared = {document: self._shared(pieces, document) for document in candidates}
        enough = 2 / 3 * max(shared.values(), default=0)
        return {
            document: _rank(Tier.PARTLY, 127 - shared[document], _tier(rank), document)
            for document, rank in candidates.items()
            if shared[document] >= enough
        }

    def _shared(self, pieces: Iterable[str], document: int) -> int:
        """How many letters of the pieces stand in what the document is called."""
        spoken = self._documents[document].spoken
        return sum(len(piece) for piece in pieces if piece in spoken)

    def _pieces(self, word: str) -> Iterator[str]:
        """The longest parts of a word that stand in the table, from left to right."""
        place = 0
        while place < len(word):
            piece = self._longest(word, place)
            if len(piece) >= (2 if is_hanzi(piece) else 4):
                yield piece
                place += len(piece)
            else:
                place += 1

    def _longest(self, word: str, place: int) -> str:
        """The longest whole name that begins at `place`, else the longest beginning of one.

        `饭店不知道` gives 饭店, which is a name, and not 饭店不, which only begins 饭店不开了.
        """
        begun = whole = place
        while begun < len(word) and self._stands(word[place : begun + 1]):
            begun += 1
            if self._stands(word[place:begun] + END):
                whole = begun
        return word[place : whole if whole > place + 1 else begun]

    def _stands(self, text: str) -> bool:
        low, high = self._table.range(text)
        return low < high

    def _hit(self, rank: int) -> Hit:
        document = self._documents[rank & DOCUMENT_MASK]
        return Hit(document.kind, document.id, round(1 - (rank >> DOCUMENT_BITS) / (8 << 14), 4))


def _titles(thing: ServiceItem | Package) -> set[tuple[str, ...]]:
    return {tuple(tokens(title)) for title in thing.title.root.values()}


def _names(thing: ServiceItem | Package) -> list[tuple[str, ...]]:
    """What a thing is called, titles first, each once."""
    aliases = (tuple(tokens(alias)) for alias in thing.aliases)
    return [name for name in dict.fromkeys([*sorted(_titles(thing)), *aliases]) if name]


class _Builder:
    """Makes the phrases of a catalogue, and on the way the documents they belong to."""

    def __init__(self) -> None:
        self.documents: list[_Document] = []
        self.syllables: dict[str, list[str]] = {}

    def phrases(self, catalogue: Catalogue) -> Iterator[Phrase]:
        things: list[ServiceItem | Package] = [*catalogue.packages, *catalogue.items]
        learn(name for thing in things for name in _names(thing))
        for package in catalogue.packages:
            yield from self._document("package", package)
        for item in catalogue.items:
            yield from self._document("item", item)

    def _document(self, kind: Literal["item", "package"], thing: ServiceItem | Package) -> list[Phrase]:
        titles = _titles(thing)
        phrases: list[Phrase] = []
        for name in _names(thing):
            phrases += self._forms(name, _rank(Tier.EXACT, len(name), name not in titles, len(self.documents)))
        self.documents.append(_Document(kind, thing.id, END.join(text for text, _ in phrases)))
        return phrases

    def _forms(self, name: Sequence[str], rank: int) -> Iterator[Phrase]:
        """A name in every form in which it may be typed."""
        yield _phrase(name, rank, Tier.BEGINNING, Tier.WORD_INSIDE)
        if any(map(is_hanzi, name)):
            for reading in readings(name):
                self._learn(name, reading)
                yield _phrase(reading, rank, Tier.BEGINNING, Tier.WORD_INSIDE)
                yield _phrase(initials(reading, name), rank, Tier.INITIALS, Tier.INITIALS_INSIDE)
                flat = flattened("".join(reading))
                if flat != "".join(reading):
                    yield _phrase([flat], rank, Tier.SOUNDS_ALIKE, Tier.SOUNDS_ALIKE)

    def _learn(self, name: Sequence[str], reading: Sequence[str]) -> None:
        for part, syllable in zip(name, reading, strict=True):
            known = self.syllables.setdefault(part, [])
            if syllable not in known:
                known.append(syllable)


def _phrase(parts: Sequence[str], rank: int, beginning: Tier, inside: Tier) -> Phrase:
    first, later = _in_tier(beginning, rank), _in_tier(inside, rank)
    offsets = [0, *accumulate(len(part) for part in parts[:-1])]
    return "".join(parts), [(offset, later if offset else first) for offset in offsets]


def _related(documents: Sequence[_Document], packages: Iterable[Package]) -> dict[int, Sequence[int]]:
    """For each package's number the numbers of its items."""
    numbers = {(document.kind, document.id): number for number, document in enumerate(documents)}
    return {
        numbers["package", package.id]: [numbers["item", part.item] for part in package.items] for package in packages
    }


def _keep_best(found: dict[int, int], ranks: Iterable[int]) -> None:
    for rank in list(ranks):
        document = rank & DOCUMENT_MASK
        if rank < found.get(document, rank + 1):
            found[document] = rank


def _rank(tier: Tier, length: int, place: int, document: int) -> int:
    """Tier, then the shorter name, then titles before aliases, then the order of the catalogue."""
    return ((tier << 14 | min(length, 127) << 7 | min(place, 127)) << DOCUMENT_BITS) | document


def _tier(rank: int) -> Tier:
    return Tier(rank >> _TIER_BITS)


def _in_tier(tier: Tier, rank: int) -> int:
    return tier << _TIER_BITS | rank & ((1 << _TIER_BITS) - 1)


def _at_least(tier: Tier, rank: int) -> int:
    return rank if _tier(rank) >= tier else _in_tier(tier, rank)


def _runs(query: str) -> list[str]:
    """Runs of Chinese characters and of others."""
    marked = "".join(letter if is_hanzi(letter) else " " for letter in query)
    return marked.split()
