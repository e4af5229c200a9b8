"""The words of ours in the input method's dictionary: place names, the catalogue's words, surnames and given names.

Weights are counts on the scale of librime's own vocabulary (essay.txt), where 番禺 has 1,263, 和平 4,125, 的 4,822,928.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kiosk.cases.places import Place
from kiosk.catalogue.model import Catalogue

CHINESE = re.compile(r"[\u3400-\u9fff〇]+")
LONGEST = 16
LEVELS = {2: 60_000, 4: 40_000, 6: 20_000, 9: 600}
"""Weight of a place by the length of its code."""
SECOND_READING = 0.4
CATALOGUE, SURNAME, GIVEN, PAIR = 6_000, 90_000, 3_000, 16_000
RAREST_PAIR = 320
"""Pairs of characters whose ranks together are beyond this are no names that people have."""

PEOPLE = (
    "(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|"
    "布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各)族"
)
"""A people of China in a place's official name, which is left out when people talk: 恩施土家族苗族自治州 is 恩施州."""
_AUTONOMOUS = re.compile(
    rf"(?P<name>.{{2,}}?)(?:{PEOPLE}|蒙古|维吾尔)*(?:自治区|自治(?P<kind>州|县|旗)|(?<=族)(?P<rural>区|乡|镇))"
)
_PLAIN = re.compile(r"(?P<name>.{2,}?)(?:特别行政区|地区|街道|[省市县区旗盟镇乡])")


class Entry(NamedTuple):
    """One word with one reading ("pan yu qu") and its weight."""

    text: str
    reading: str
    weight: int


def of_places(places: Iterable[Place], readings: Callable[[str, str], list[str]]) -> Iterator[Entry]:
    """Every place by its full name and by the shorter ones that people use."""
    known = list(places)
    common = Counter(place.name for place in known)
    for place in known:
        weight = LEVELS[len(place.code)] * min(common[place.name], 4) ** 0.5
        for form, share in forms(place.name):
            for rank, reading in enumerate(readings(form, place.code)):
                second = SECOND_READING if rank else 1
                yield Entry(form, reading, max(1, round(weight * share * second)))


def forms(name: str) -> Iterator[tuple[str, float]]:
    """The name and its shorter forms, each with its share of the weight: 小谷围街道, 小谷围街, 小谷围. A form of two
    characters competes with ordinary words and weighs little."""
    if not CHINESE.fullmatch(name) or len(name) > LONGEST:
        return
    yield name, _share(name, 1)
    if name.endswith("街道"):
        yield name[:-1], 0.8
    if found := _AUTONOMOUS.fullmatch(name):
        short = found["name"] + (found["kind"] or found["rural"] or "")
        yield short, _share(short, 0.7)
    found = found or _PLAIN.fullmatch(name)
    if found:
        yield found["name"], _share(found["name"], 0.4)


def _share(form: str, share: float) -> float:
    return share * (0.08 if len(form) == 2 else 1)


def of_catalogue(catalogue: Catalogue, read: Callable[[str], list[str]]) -> Iterator[Entry]:
    """Titles, everyday words, materials and packages of the catalogue, as far as they are Chinese."""
    for word in sorted(_words(catalogue)):
        if 2 <= len(word) <= LONGEST:
            yield Entry(word, " ".join(read(word)), CATALOGUE // (8 if len(word) == 2 else 1))


def _words(catalogue: Catalogue) -> set[str]:
    texts: list[str] = []
    for item in catalogue.items:
        texts += [
            item.title.root["zh_CN"],
            *item.aliases,
            *(material.name.root["zh_CN"] for material in item.materials),
        ]
    for package in catalogue.packages:
        texts += [package.title.root["zh_CN"], *package.aliases]
    return {word for text in texts for word in CHINESE.findall(text)}


def of_names(table: str, read: Callable[[str], list[str]]) -> Iterator[Entry]:
    """Surnames and given names from `config/writing/names.txt`; a name that stands earlier weighs more."""
    words = {kind: text.split() for kind, _, text in (part.partition("]") for part in table.split("[")[1:])}
    yield from _ranked(words["surnames"], read, SURNAME, 20)
    yield from _ranked(words["given"], read, GIVEN, 400)
    first, second = ([(char, read(char)[0]) for char in words[kind]] for kind in ("first", "second"))
    for rank, (char, reading) in enumerate(first):
        for other_rank, (other, sound) in enumerate(second[: RAREST_PAIR - rank]):
            yield Entry(char + other, f"{reading} {sound}", PAIR // (20 + rank + other_rank))


def _ranked(words: list[str], read: Callable[[str], list[str]], top: int, half: int) -> Iterator[Entry]:
    """The first word weighs `top`, the one at `half` only half of it."""
    for rank, word in enumerate(words):
        text, _, said = word.partition("/")
        yield Entry(text, said.replace("_", " ") or " ".join(read(text)), top * half // (half + rank))
