"""How a text may be typed: normal form, pinyin, initials.

Normal form: NFKC (full-width letters become plain), lower case, traditional characters become simplified, only letters
and digits stay. How words are read is learnt for a whole catalogue at once (`learn`), from `kiosk.catalogue.pinyin`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from kiosk.catalogue.pinyin import syllables

TRADITIONAL = Path(__file__).resolve().parents[2] / "config" / "catalogue" / "traditional.txt"

# What people type for these besides the reading of the word they stand in; the rest of pypinyin's list is too rare.
OTHER_READINGS: Mapping[str, Sequence[str]] = {
    "重": ("chong", "zhong"),
    "行": ("xing", "hang"),
    "长": ("chang", "zhang"),
    "会": ("hui", "kuai"),
    "调": ("diao", "tiao"),
    "乐": ("le", "yue"),
    "卡": ("ka", "qia"),
    "厦": ("xia", "sha"),
    "宿": ("su", "xiu"),
    "便": ("bian", "pian"),
    "都": ("du", "dou"),
    "藏": ("cang", "zang"),
    "传": ("chuan", "zhuan"),
    "车": ("che", "ju"),
    "参": ("can", "shen"),
    "给": ("gei", "ji"),
    "种": ("zhong", "chong"),
    "朝": ("chao", "zhao"),
    "校": ("xiao", "jiao"),
    "咖": ("ka", "ga"),
    "薄": ("bao", "bo"),
    "血": ("xue", "xie"),
    "角": ("jiao", "jue"),
    "番": ("fan", "pan"),
    "落": ("luo", "la"),
    "系": ("xi", "ji"),
    "铺": ("pu",),
    "还": ("huan", "hai"),
}
_TOKEN = re.compile(r"[㐀-鿿]|[^㐀-鿿]+")
_WORD = re.compile(r"\w+")
_HANZI = re.compile(r"[㐀-鿿]")
# A final ng; in fangan the g belongs to the next syllable.
_NASAL = re.compile(r"ng(?![aeiouv])")


def words(text: str) -> list[str]:
    """The normal form, in the words that spaces and punctuation make; join them for the form without spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("ü", "v").translate(_simplified())
    return _WORD.findall(plain.replace("_", " "))


def tokens(text: str) -> list[str]:
    """The normal form in its smallest parts: each Chinese character, and each other word."""
    return [token for word in words(text) for token in _TOKEN.findall(word)]


def is_hanzi(text: str) -> bool:
    """Whether there is a Chinese character in it."""
    return _HANZI.search(text) is not None


def flattened(pinyin: str) -> str:
    """Pinyin as a southern ear hears it: zh ch sh as z c s, final ng as n. Few people here tell them apart."""
    plain = pinyin.replace("zh", "z").replace("ch", "c").replace("sh", "s")
    return _NASAL.sub("n", plain) if "ng" in plain else plain


def learn(names: Iterable[Sequence[str]]) -> None:
    """Learn how the words in these names are read; `readings` of other names ask one by one, which is slow."""
    words = {word for parts in names for word in _spaced(parts).split() if is_hanzi(word)}
    wanted = sorted(words | {part for word in words for part in word})
    _LEARNT.clear()
    _LEARNT.update(syllables(wanted))


def readings(parts: Sequence[str]) -> Iterator[list[str]]:
    """The parts read aloud: first as the word is read, then with one heteronym read otherwise."""
    usual = _read(_spaced(parts), tuple(parts))
    yield list(usual)
    for place, part in enumerate(parts):
        for other in _others(part, usual[place]):
            yield [*usual[:place], other, *usual[place + 1 :]]


def initials(reading: Sequence[str], parts: Sequence[str]) -> list[str]:
    """The first letter of each syllable; words that are not Chinese stay whole."""
    return [said[:1] if is_hanzi(part) else said for said, part in zip(reading, parts, strict=True)]


def _others(part: str, usual: str) -> list[str]:
    others = [other for other in OTHER_READINGS.get(part, ()) if other != usual]
    return [*others, usual.replace("v", "u")] if "v" in usual and is_hanzi(part) else others


def _read(spaced: str, parts: tuple[str, ...]) -> list[str]:
    """One reading per part. Runs of characters are read as words: 银行 yin hang, not yin xing."""
    said: list[str] = []
    for word in spaced.split():
        said.extend(_pinyin(word) if is_hanzi(word) else [word])
    return said if len(said) == len(parts) else [_pinyin(p)[0] if is_hanzi(p) else p for p in parts]


def _spaced(parts: Sequence[str]) -> str:
    """Runs of Chinese characters as words, with spaces around what is not Chinese."""
    return "".join(part if is_hanzi(part) else f" {part} " for part in parts)


_LEARNT: dict[str, list[str]] = {}


def _pinyin(word: str) -> list[str]:
    if word not in _LEARNT:
        _LEARNT.update(syllables([word]))
    return _LEARNT[word]


@cache
def _simplified() -> Mapping[int, str]:
    pairs = " ".join(line for line in TRADITIONAL.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {ord(pair[0]): pair[1] for pair in pairs.split()}
