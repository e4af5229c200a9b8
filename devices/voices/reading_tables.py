"""Tables of how Chinese is read aloud, made once from the dictionaries that the machine has and kept between starts.

Mandarin from pypinyin's (55 MB when loaded, so it is asked in a process of its own), Cantonese from rime's jyut6ping3
(Debian: rime-data-jyut6ping3, CC BY 4.0). A table has every character with its usual reading, and of the words only
those that are read otherwise than their characters, or that keep such a word from being found in their middle.
As a program: the tongue as argument, the table on standard output.
"""

import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from kiosk import cache
from kiosk.ports.voice import Tongue

ROOT = Path(__file__).resolve().parents[2]
CORRECTIONS = ROOT / "config" / "voice"
TRADITIONAL = ROOT / "config" / "catalogue" / "traditional.txt"
JYUTPING = Path("/usr/share/rime-data")
PATIENCE_S = 120.0
LONGEST = 4
"""Longer words are read as their parts are."""


class Table:
    """Word or character -> its syllables with spaces between. One sorted text, searched by halves: a dict of it would
    take ten times the memory."""

    def __init__(self, lines: str) -> None:
        """`lines`: word, tab, reading, sorted as `sorted_lines` does."""
        self._lines = lines.encode()

    def __bool__(self) -> bool:
        return bool(self._lines)

    def reading(self, word: str) -> str | None:
        """The syllables; "" for a word that is read as its characters are; None for what is not known."""
        wanted = word.encode() + b"\t"
        low, high = 0, len(self._lines)
        while low < high:
            middle = self._lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = self._lines.find(b"\n", middle)
            if self._lines.startswith(wanted, middle):
                return self._lines[middle + len(wanted) : end].decode()
            if self._lines[middle:end] < wanted:
                low = end + 1
            else:
                high = middle
        return None


def sorted_lines(readings: Mapping[str, str]) -> str:
    """The text of a table."""
    lines = sorted(f"{word}\t{reading}\n".encode() for word, reading in readings.items())
    return b"".join(lines).decode()


def table(tongue: Tongue) -> Table:
    """The table of a tongue. Without its dictionaries on this machine it is empty, and the engine reads as it can."""
    stamp = cache.stamp([CORRECTIONS / f"{tongue}.tsv", TRADITIONAL], *_sources(tongue))
    return Table(cache.kept(f"voice-{tongue}", stamp, lambda: _made_apart(tongue)))


def _sources(tongue: Tongue) -> tuple[str, ...]:
    if tongue is Tongue.MANDARIN:
        return "2", version("pypinyin")
    return "2", *(f"{path.name} {path.stat().st_size}" for path in sorted(JYUTPING.glob("jyut6ping3.*.dict.yaml")))


def _made_apart(tongue: Tongue) -> str:
    command = [sys.executable, "-m", "devices.voices.reading_tables", tongue]
    done = subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE_S, cwd=ROOT)
    return done.stdout.decode()


def made(tongue: Tongue) -> str:
    """A table's text, made from the dictionaries; corrections of config/voice come before them. "" without any."""
    characters, words = _mandarin() if tongue is Tongue.MANDARIN else _cantonese()
    if not characters:
        return ""
    for word, reading in corrections(tongue):
        (characters if len(word) == 1 else words)[word] = reading
    return sorted_lines(characters | _needed(characters, words))


def corrections(tongue: Tongue) -> Iterator[tuple[str, str]]:
    """Word and reading of our own list."""
    for line in (CORRECTIONS / f"{tongue}.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, _, reading = line.partition("\t")
            yield word, reading


def _needed(characters: Mapping[str, str], words: Mapping[str, str]) -> dict[str, str]:
    plain = {word for word, reading in words.items() if reading == " ".join(characters.get(sign, "") for sign in word)}
    special = words.keys() - plain
    beginnings = {word[:length] for word in special for length in range(1, len(word) + 1)}
    in_the_way = {
        word for word in plain if any(_may_hide(word[start:], special, beginnings) for start in range(1, len(word)))
    }
    return {word: "" if word in plain else words[word] for word in special | in_the_way}


def _may_hide(rest: str, special: "set[str]", beginnings: "set[str]") -> bool:
    """Whether a special word begins with this rest of a plain word, or stands at its start."""
    return rest in beginnings or any(rest[:length] in special for length in range(2, len(rest)))


def _mandarin() -> tuple[dict[str, str], dict[str, str]]:
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT  # noqa: PLC0415  55 MB, in this process alone
    from pypinyin.contrib.tone_convert import to_tone3  # noqa: PLC0415

    @lru_cache(None)
    def syllable(marked: str) -> str:
        return str(to_tone3(marked, neutral_tone_with_five=True))

    characters = {chr(code): syllable(readings.partition(",")[0]) for code, readings in PINYIN_DICT.items()}
    words = {
        word: " ".join(syllable(said[0]) for said in reading)
        for word, reading in PHRASES_DICT.items()
        if len(word) <= LONGEST
    }
    return characters, words


def _cantonese() -> tuple[dict[str, str], dict[str, str]]:
    words: dict[str, str] = {}
    use: Counter[tuple[str, str]] = Counter()
    for name in ("words", "phrase"):
        for word, reading in _best(name).items():
            syllables = reading.split()
            if len(syllables) == len(word) <= LONGEST:
                words.setdefault(word, reading)
                use.update(zip(word, syllables, strict=True))
    characters = _best("chars", use)
    return _with_simplified(characters), _with_simplified(words)


def _best(name: str, use: "Counter[tuple[str, str]] | None" = None) -> dict[str, str]:
    """Word -> its weightiest reading in a file; among equals the one that `use` counts most often, else the first."""
    readings: defaultdict[str, list[tuple[float, int, int, str]]] = defaultdict(list)
    for row, (word, reading, weight) in enumerate(_rows(name)):
        readings[word].append((weight, use[word, reading] if use else 0, -row, reading))
    return {word: max(found)[3] for word, found in readings.items()}


def _rows(name: str) -> Iterator[tuple[str, str, float]]:
    """Word, reading, weight in percent; a rime dictionary's rows follow a line of three dots."""
    path = JYUTPING / f"jyut6ping3.{name}.dict.yaml"
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").partition("\n...\n")[2].splitlines():
        word, _, rest = line.partition("\t")
        reading, _, weight = rest.partition("\t")
        if reading and not word.startswith("#"):
            yield word, reading, float(weight.rstrip("%")) if weight.endswith("%") else 100.0


def _with_simplified(readings: dict[str, str]) -> dict[str, str]:
    """Simplified forms read as the traditional ones, where they are not words of their own."""
    more = {word.translate(simplified()): reading for word, reading in reversed(readings.items())}
    return more | readings


@lru_cache(1)
def simplified() -> Mapping[int, str]:
    """For `str.translate`: traditional characters to simplified ones, one for one."""
    lines = TRADITIONAL.read_text(encoding="utf-8").splitlines()
    pairs = (pair for line in lines if not line.startswith("#") for pair in line.split())
    return {ord(pair[0]): pair[1] for pair in pairs}


if __name__ == "__main__":
    os.nice(19)  # beside a first picture that is being drawn
    sys.stdout.buffer.write(made(Tongue(sys.argv[1])).encode())
