"""From words to what the engine takes: Chinese characters become pinyin or jyutping, Latin words stay.

espeak-ng 1.51 knows Mandarin characters but hardly any words (银行 comes out as yín xíng), so syllables are made here,
word by word, and given to its voice that reads pinyin; likewise jyutping. Latin words are read by the same speaker's
voice that takes letters for English.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

from devices.voices.reading_tables import LONGEST, Table, simplified, table
from kiosk.ports.voice import Tongue

SYLLABLES = {Tongue.MANDARIN: "cmn-latn-pinyin", Tongue.CANTONESE: "yue-latn-jyutping"}
LETTERS = {Tongue.MANDARIN: "cmn", Tongue.CANTONESE: "yue", Tongue.ENGLISH: "en"}
"""Voices of espeak-ng, by language."""
RARE = "生僻字"
"""Said for a character that has no reading: it is not passed over in silence."""
_HANZI = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
_PIECE = re.compile(rf"[{_HANZI}]+|[，。？！；、,.?!;]+|[^{_HANZI}，。？！；、,.?!;\s]+")
_PAUSES = str.maketrans("，。？！；、", ",.?!;,")
_DIGITS = "零一二三四五六七八九十百千万萬亿億幺第点點初"
_AFTER_ORDINAL = "月日号號楼樓层層级級等期年点點至"
LETTER_A = "eigh"
"""How the engine is told to say the letter A before other letters and digits: it takes it for the article."""
_LETTER_A = re.compile(r"\bA(?= [A-Z0-9](?![a-z]))")


@dataclass(frozen=True)
class Run:
    """A stretch of text for one voice of the engine."""

    voice: str
    text: str


def runs(words: str, tongue: Tongue) -> list[Run]:
    """What the engine is given for a text in spoken form, voice by voice."""
    made: list[Run] = []
    for piece in _PIECE.findall(words):
        voice, text = _said(piece, tongue, made[-1].voice if made else "")
        if made and made[-1].voice == voice:
            made[-1] = Run(voice, made[-1].text + text if text[0] in ",.?!;" else f"{made[-1].text} {text}")
        elif text:
            made.append(Run(voice, text))
    return [Run(run.voice, _LETTER_A.sub(LETTER_A, run.text)) if run.voice in LETTERS.values() else run for run in made]


def _said(piece: str, tongue: Tongue, before: str) -> tuple[str, str]:
    """A piece's voice, and its text for that voice; pauses belong to what stands before them."""
    if piece[0] in "，。？！；、,.?!;":
        return before, piece.translate(_PAUSES)[0] if before else ""
    if re.match(f"[{_HANZI}]", piece):
        reader = Tongue.MANDARIN if tongue is Tongue.ENGLISH else tongue
        return SYLLABLES[reader], " ".join(syllables(piece, reader))
    if tongue is Tongue.MANDARIN and re.fullmatch("[A-Z]", piece):
        return SYLLABLES[tongue], piece  # a letter as Mandarin calls it, without a change of voice
    return LETTERS[tongue], piece


def syllables(hanzi: str, tongue: Tongue) -> list[str]:
    """The syllables of a run of Chinese characters, as they are said in connected speech."""
    if tongue is Tongue.MANDARIN:
        hanzi = hanzi.translate(simplified())  # its dictionary has words in simplified characters only
    known = known_readings(tongue)
    said = [syllable for word in _words(hanzi, known) for syllable in _reading(word, known, tongue)]
    return _in_speech(hanzi, said) if tongue is Tongue.MANDARIN and len(said) == len(hanzi) else said


_LOADING = Lock()
_LOADED: dict[Tongue, Table] = {}


def known_readings(tongue: Tongue) -> Table:
    """The table, loaded once; who comes meanwhile waits for it."""
    with _LOADING:
        if tongue not in _LOADED:
            _LOADED[tongue] = table(tongue)
        return _LOADED[tongue]


def _words(text: str, known: Table) -> Iterator[str]:
    """The longest known word at each place, else one character."""
    at = 0
    while at < len(text):
        length = next(
            (n for n in range(min(LONGEST, len(text) - at), 1, -1) if known.reading(text[at : at + n]) is not None), 1
        )
        yield text[at : at + length]
        at += length


def _reading(word: str, known: Table, tongue: Tongue) -> list[str]:
    if reading := known.reading(word):
        return reading.split()
    if not known:
        return list(word)  # no dictionary here: as the engine reads it
    return [syllable for sign in word for syllable in _character(sign, known, tongue)]


def _character(sign: str, known: Table, tongue: Tongue) -> list[str]:
    reading = known.reading(sign)
    return [reading] if reading else syllables(RARE, tongue)


def _in_speech(hanzi: str, said: list[str]) -> list[str]:
    """Tones as they change in connected Mandarin: 一 and 不 before others, a third tone before a third."""
    said = [_changed(hanzi, at, said) for at in range(len(said))]
    for at in range(len(said) - 2, -1, -1):
        if said[at].endswith("3") and said[at + 1].endswith("3"):
            said[at] = f"{said[at][:-1]}2"
    return said


def _changed(hanzi: str, at: int, said: list[str]) -> str:
    after = said[at + 1] if at + 1 < len(said) else ""
    if said[at] == "bu4" and after.endswith("4"):
        return "bu2"
    if hanzi[at] == "一":
        return _one(hanzi, at, after)
    return said[at]


def _one(hanzi: str, at: int, after: str) -> str:
    if not after or not _is_amount(hanzi, at):
        return "yi1"
    return "yi2" if after[-1] in "45" else "yi4"


def _is_amount(hanzi: str, at: int) -> bool:
    """Whether 一 is "a", as in 一张, and not a digit or an ordinal, as in 十一, 第一, 一月, 一至五."""
    before, after = hanzi[at - 1] if at else "", hanzi[at + 1]
    return before not in tuple(_DIGITS) and after not in _DIGITS + _AFTER_ORDINAL
