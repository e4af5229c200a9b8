"""How words are read in pinyin, for the dictionaries: pypinyin's opinion, corrected for place names by a table of ours.

Imported by the building command alone: pypinyin takes 60 MB.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path

from pypinyin import lazy_pinyin

TABLE = Path(__file__).resolve().parents[2] / "config" / "writing" / "place-readings.txt"
MOST = 6
"""So many readings of one word are taken at most; the first is the right one."""

Syllables = tuple[str, ...]


@dataclass(frozen=True)
class _Rule:
    word: str
    syllables: tuple[Syllables, ...]
    region: str


class PlaceReadings:
    """The table of readings in place names."""

    def __init__(self, table: Path = TABLE) -> None:
        """Raises ValueError for a line whose readings do not fit its word, naming it."""
        self._rules: defaultdict[str, list[_Rule]] = defaultdict(list)
        for line in table.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                rule = _rule(line)
                self._rules[rule.word[0]].append(rule)
        for rules in self._rules.values():  # the longest word first, and the one of a region before the general one
            rules.sort(key=lambda rule: (-len(rule.word), -len(rule.region)))

    def of(self, name: str, code: str) -> list[str]:
        """The readings of a place's name, such as "pan yu qu", the right one first, at most MOST. `code`: the place's."""
        choices: list[Syllables] = [(syllable,) for syllable in read(name)]
        at = 0
        while at < len(name):
            rule = self._fitting(name, at, code)
            if rule:
                choices[at : at + len(rule.word)] = rule.syllables
            at += len(rule.word) if rule else 1
        return [" ".join(chosen) for chosen in islice(_likeliest(choices), MOST)]

    def _fitting(self, name: str, at: int, code: str) -> _Rule | None:
        rules = self._rules.get(name[at], ())
        return next((rule for rule in rules if name.startswith(rule.word, at) and code.startswith(rule.region)), None)


def read(word: str) -> list[str]:
    """The syllables of a word without tones, one for each of its characters; v for ü."""
    syllables = lazy_pinyin(word)
    return [_plain(syllable) for syllable in (syllables if len(syllables) == len(word) else map(_alone, word))]


def _alone(char: str) -> str:
    return str(lazy_pinyin(char)[0])


def _plain(syllable: str) -> str:
    return {"n": "en", "ng": "en", "m": "mu"}.get(syllable, syllable.replace("ü", "v").replace("ê", "e"))


def _likeliest(choices: Sequence[Syllables]) -> Iterator[Syllables]:
    """Combinations with few second choices before those with many."""
    spread = [list(enumerate(choice)) for choice in choices]
    combined = islice(product(*spread), 512)
    ranked = sorted(combined, key=lambda chosen: sum(rank for rank, _ in chosen))
    return (tuple(syllable for _, syllable in chosen) for chosen in ranked)


def _rule(line: str) -> _Rule:
    body, _, region = line.partition("@")
    word, *readings = body.split()
    if len(word) != len(readings):
        raise ValueError(f"{TABLE.name}: {line!r} has not one reading for each character")
    return _Rule(word, tuple(tuple(reading.split("/")) for reading in readings), region.strip())
