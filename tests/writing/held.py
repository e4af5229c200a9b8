"""The held list, and what typing it comes to."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.ports.writing import Composed, Method, Script, Writing

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "build" / "writing"
"""What `make install` builds; built here where that was not done."""

LEVELS = {"1": "province", "2": "prefecture", "3": "county", "4": "street", "s": "surname", "g": "given name"}


@dataclass(frozen=True)
class Held:
    """One line: what people write, and how it is read."""

    kind: str
    text: str
    syllables: tuple[str, ...]

    @property
    def is_place(self) -> bool:
        return self.kind.isdigit()

    @property
    def full(self) -> str:
        return "".join(self.syllables)

    @property
    def initials(self) -> str:
        return "".join(syllable[0] for syllable in self.syllables)


def held() -> list[Held]:
    lines = (Path(__file__).parent / "held.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [Held(kind, text, tuple(reading.split())) for kind, text, reading in rows]


def typed(writing: Writing, keys: str, script: Script = Script.SIMPLIFIED, method: Method = Method.PINYIN) -> Composed:
    """What stands there after these keys from a fresh start."""
    writing.begin(method, script)
    composed = Composed()
    for key in keys:
        composed = writing.press(key)
    return composed


@dataclass
class Shares:
    """How many were first, and on the first page, by kind."""

    all: Counter[str] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)
    page: Counter[str] = field(default_factory=Counter)

    def add(self, one: Held, composed: Composed) -> None:
        self.all[one.kind] += 1
        self.first[one.kind] += composed.candidates[:1] == (one.text,)
        self.page[one.kind] += one.text in composed.candidates

    def of(self, kinds: Iterable[str]) -> tuple[float, float]:
        """Shares of first and of first page."""
        count = sum(self.all[kind] for kind in kinds)
        return sum(self.first[kind] for kind in kinds) / count, sum(self.page[kind] for kind in kinds) / count

    def lines(self, name: str) -> Iterator[str]:
        groups = {**{label: (kind,) for kind, label in LEVELS.items()}, "all places": "1234", "all names": "sg"}
        for label, kinds in groups.items():
            if count := sum(self.all[kind] for kind in kinds):
                first, page = self.of(kinds)
                yield f"{name:9} {label:11} {count:4}  first {first:6.1%}  first page {page:6.1%}"
