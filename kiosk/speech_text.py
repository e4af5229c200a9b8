"""What stands on the screen, put into words that can be said: numbers, dates, codes, hidden names, signs.

Numbers that are read as amounts become words; what people compare letter by letter (ID numbers, telephones, ticket
numbers) is read one by one; signs become pauses or words. What is left has only letters, Chinese characters and pauses,
and in English digits. Pure text: knows no engine.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

from kiosk.ports.voice import Tongue

Rule = tuple[str, Callable[[str], str]]
"""A pattern without capturing groups, and what is said for a match."""


class Rules:
    """Rules tried at each place in order, in one pass: what a rule has said, no other rule sees again."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._say = {name: say for name, (_, say) in rules.items()}
        self._pattern = re.compile("|".join(f"(?P<{name}>{pattern})" for name, (pattern, _) in rules.items()))

    def apply(self, text: str) -> str:
        """The text with every match said."""
        return self._pattern.sub(self._said, text)

    def _said(self, match: "re.Match[str]") -> str:
        assert match.lastgroup  # noqa: S101 (one of the named groups matched)
        return self._say[match.lastgroup](match.group())


def spoken_form(text: str, tongue: Tongue) -> str:
    """The text as it is said in `tongue`; "" when there is nothing to say. Never raises for any text."""
    if tongue is Tongue.ENGLISH:
        from kiosk.speech_english import in_words  # noqa: PLC0415  one kiosk process needs one of them at most
    else:
        from kiosk.speech_chinese import in_words  # noqa: PLC0415
    return in_words(_plain(text), tongue)


def one_by_one(code: str) -> str:
    """Letters and digits of a code, each on its own."""
    return " ".join(re.findall(r"[A-Za-z0-9]", code)).upper()


def is_spelt(word: str) -> bool:
    """Whether a Latin word is said letter by letter: ID, QR, EMS; not Panyu, not restaurant."""
    return word.isupper() and len(word) <= _LONGEST_SPELT


def _plain(text: str) -> str:
    """Full-width letters and digits as plain ones; icons, marks and other signs without a sound left out."""
    heard = "".join(sign for sign in text.translate(_NARROW) if not _SILENT.match(sign))
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in heard).strip()


_LONGEST_SPELT = 5
_NARROW = {
    code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_NARROW |= {ord("＊"): "*", ord("　"): " ", ord("\u00a0"): " ", ord("％"): "%", ord("－"): "-", ord("／"): "/"}
# Soft hyphens, zero-width and direction marks, variation selectors, private-use icons, emoji.
_SILENT = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ue000-\uf8ff\U0001f000-\U0001ffff\U000f0000-\U000fffff]"
)
