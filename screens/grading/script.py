"""Which script a text is written in."""

import re

HANZI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
LATIN = re.compile(r"[A-Za-z]{2,}")


def has_hanzi(text: str) -> bool:
    """Whether there is a Chinese character."""
    return HANZI.search(text) is not None


def hanzi_in(text: str) -> str:
    """The Chinese characters."""
    return "".join(HANZI.findall(text))


def has_latin_words(text: str) -> bool:
    """Whether there is a word of at least two Latin letters."""
    return LATIN.search(text) is not None


def latin_words(text: str) -> list[str]:
    """The words of at least two Latin letters."""
    return LATIN.findall(text)
