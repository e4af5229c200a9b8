"""The parts of characters, for finding rare ones: written once at set-up, searched in the engine's process (`lookup`).

The table has one line for each part: the part, a tab, all characters that have it on whatever level, simple and common
ones first. A part that is in some character twice has another line, 口口, and so on. A line "=口土" has the characters
that are made of just these parts, sorted by code point, in their usual shapes. Lines are sorted by their bytes. Standard
library only.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from math import log10
from pathlib import Path

FILE = "parts.tsv"
EXACTLY = "="
_SHAPES = {
    "亻氵氺忄㣺⺗扌龵艹艸⺾⺿⺮訁讠钅釒飠饣糹纟": "人水水心心心手手草草草草竹言言金金食食糸糸",
    "犭礻衤灬刂⺈肉⺼罒⺲牜爫辶⻌⻊𧾷⺩王户⺕⺌⺍": "犬示衣火刀刀月月网网牛爪走走足足玉玉戶彐小小",
    "车贝见马鸟鱼门页风龙韦长齿黾卤麦士曰阝⻖⻏攵": "車貝見馬鳥魚門頁風龍韋長齒黽鹵麥土日耳耳耳文",
}
SIDE_FORMS = {part: name for parts, names in _SHAPES.items() for part, name in zip(parts, names, strict=True)}
"""A part's shape within a character -> the character by which people name it: 耳东 is 陈, 草化 is 花, 土口 is 吉 or 𠮷."""

STROKES = frozenset(map(chr, range(0x31C0, 0x31F0)))
"""CJK Strokes: nobody names these as parts."""

_RAREST, _UNKNOWN = 6, 30


def usual(part: str) -> str:
    """The shape that stands for a part."""
    return SIDE_FORMS.get(part, part)


def write(source: Path, rime_data: Path, traditional: Callable[[str], str], target: Path) -> None:
    """Make the table from `source` (config/writing/parts.txt), ordered by what librime's data knows of the characters;
    it counts traditional ones, and a simplified one is as common as the `traditional` one it stands for."""
    direct = dict(_direct(source))
    counts = Counter({word: int(count) for word, count in _pairs(rime_data / "essay.txt") if len(word) == 1})
    counts.update({char: counts[other] for char in direct if (other := traditional(char)) != char})
    strokes = {char: len(code) for char, code in _pairs(rime_data / "stroke.dict.yaml") if len(char) == 1}

    def effort(char: str) -> tuple[float, str]:
        """Strokes, and as many more as the character is rare."""
        return strokes.get(char, _UNKNOWN) + max(0, _RAREST - log10(counts[char] + 1)), char

    lines = _lines(direct, sorted(direct, key=effort))
    target.write_bytes(b"".join(sorted(f"{key}\t{chars}\n".encode() for key, chars in lines.items())))


def _lines(direct: dict[str, str], chars: list[str]) -> dict[str, str]:
    lines: defaultdict[str, str] = defaultdict(str)
    for char in chars:
        lines[EXACTLY + "".join(sorted(map(usual, direct[char])))] += char
        for part, count in Counter(expanded(char, direct)).items():
            for times in range(1, count + 1):
                lines[part * times] += char
    return lines


def _direct(source: Path) -> Iterator[tuple[str, str]]:
    for line in source.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield from ((word[0], word[1:]) for word in line.split())


def expanded(char: str, direct: dict[str, str]) -> list[str]:
    """All parts of a character on every level in their usual shapes, but not the character itself."""

    @cache
    def inner(part: str) -> tuple[str, ...]:
        below = direct.get(part, "")
        return tuple(usual(each) for each in below) + tuple(each for part in below for each in inner(part))

    return [part for part in inner(char) if part not in STROKES]


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    if path.is_file():
        for line in path.read_text("utf-8").splitlines():
            word, _, value = line.partition("\t")
            if value:
                yield word, value.split("\t")[0]
