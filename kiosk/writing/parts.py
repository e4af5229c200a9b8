"""The parts of characters, for finding rare ones: written once at set-up, searched in the engine's process (`lookup`).

The table has one character a line, the most common first: the character, its number of strokes (99: not known), the parts it
is made of, and all of its parts on every level, in their usual shape, each as often as it occurs, sorted. Standard library
only.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

FILE = "parts.tsv"
_SHAPES = {
    "亻氵氺忄㣺⺗扌龵艹艸⺾⺿⺮訁讠钅釒飠饣糹纟犭礻衤灬刂⺈肉⺼罒⺲牜爫": "人水水心心心手手草草草草竹言言金金食食糸糸犬示衣火刀刀月月网网牛爪",
    "辶⻌⻊𧾷⺩王户⺕⺌⺍车贝见马鸟鱼门页风龙韦长齿黾卤麦士曰阝⻖⻏攵": "走走足足玉玉戶彐小小車貝見馬鳥魚門頁風龍韋長齒黽鹵麥土日耳耳耳文",
}
SIDE_FORMS = {part: name for parts, names in _SHAPES.items() for part, name in zip(parts, names, strict=True)}
"""A part's shape within a character -> the character by which people name it: 耳东 is 陈, 草化 is 花, 土口 is 吉 or 𠮷."""

STROKES = frozenset(map(chr, range(0x31C0, 0x31F0)))
"""CJK Strokes: nobody names these as parts."""


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
    chars = sorted(direct, key=lambda char: (-counts[char], strokes.get(char, 99), char))
    lines = ("\t".join((char, str(strokes.get(char, 99)), *_columns(char, direct))) for char in chars)
    target.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _columns(char: str, direct: dict[str, str]) -> tuple[str, str]:
    named = (part for part in expanded(char, direct) if part not in STROKES)
    return "".join(sorted(map(usual, direct[char]))), "".join(sorted(named))


def _direct(source: Path) -> Iterator[tuple[str, str]]:
    for line in source.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield from ((word[0], word[1:]) for word in line.split())


def expanded(char: str, direct: dict[str, str]) -> list[str]:
    """All parts of a character on every level, but not the character itself."""

    @cache
    def inner(part: str) -> tuple[str, ...]:
        below = [*direct.get(part, "")]
        return tuple(usual(each) for each in below) + tuple(each for part in below for each in inner(part))

    return list(inner(char))


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    if path.is_file():
        for line in path.read_text("utf-8").splitlines():
            word, _, value = line.partition("\t")
            if value:
                yield word, value.split("\t")[0]
