"""The parts of characters, for finding rare ones: written once at set-up, searched in the engine's process.

The table has one character a line, the most common and simplest first: the character, a tab, all of its parts on every
level in their usual shape, each as often as it occurs, sorted.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FILE = "parts.tsv"
SIDE_FORMS = dict(
    pair
    for pair in (
        "亻人 氵水 氺水 忄心 㣺心 ⺗心 扌手 龵手 艹艸 ⺾艸 ⺿艸 ⺮竹 訁言 讠言 钅金 釒金 飠食 饣食 糹糸 纟糸 犭犬 礻示 衤衣 灬火 刂刀 ⺈刀 ⺼肉 罒网 ⺲网 "
        "牜牛 爫爪 辶辵 ⻌辵 ⻊足 𧾷足 ⺩玉 王玉 户戶 ⺕彐 ⺌小 ⺍小 车車 贝貝 见見 马馬 鸟鳥 鱼魚 门門 页頁 风風 龙龍 韦韋 长長 齿齒 黾黽 卤鹵 麦麥"
    ).split()
)
"""A part's shape within a character -> the shape people write when they name it."""


def usual(part: str) -> str:
    """The shape that stands for a part."""
    return SIDE_FORMS.get(part, part)


def write(source: Path, rime_data: Path, target: Path) -> None:
    """Make the table from `source` (config/writing/parts.txt), ordered by what librime's data knows of the characters."""
    direct = dict(_direct(source))
    order = _ranks(rime_data)
    chars = sorted(direct, key=lambda char: (order.get(char, (0, 99)), char))
    lines = (f"{char}\t{''.join(sorted(expanded(char, direct)))}\n" for char in chars)
    target.write_text("".join(lines), "utf-8")


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


def _ranks(rime_data: Path) -> dict[str, tuple[int, int]]:
    """Character -> (minus how often it occurs, its strokes)."""
    counts = Counter({word: int(count) for word, count in _pairs(rime_data / "essay.txt") if len(word) == 1})
    strokes = {char: len(code) for char, code in _pairs(rime_data / "stroke.dict.yaml") if len(char) == 1}
    return {char: (-counts[char], strokes.get(char, 99)) for char in {*counts, *strokes}}


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    if path.is_file():
        for line in path.read_text("utf-8").splitlines():
            word, _, value = line.partition("\t")
            if value:
                yield word, value.split("\t")[0]
