"""Whether a page is in its language, and punctuated as that language is."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from kiosk import words as kiosk_words
from screens.grading.rule import Mark, rule
from screens.grading.script import hanzi_in, has_hanzi, latin_words
from screens.grading.shot import Shot, Written, ancestors, name_of
from screens.hearing import OWN_NAMES
from screens.keyboard.shown import Field
from screens.touch import Pressable

TYPED = ("candidate-", "key-")
"""How keys and candidates are called."""
LATIN_IN_CHINESE = frozenset(
    {"QR", "EMS", "EN", "ID", "PDF", "USB", "Wi", "Fi", "APP", "kfd", "English", "ABC", "abc", "XS", "XL", "OK"}
)
"""Words a Chinese page may show: names of things that have no Chinese one, language names, initials one may type."""
NARROW = re.compile(r"[\u3400-\u9fff][,;:?!()]|[,;:?!()][\u3400-\u9fff]|[\u3400-\u9fff]\.(?!\d)|,\s")


@rule("language", "issue of accessibility, 6", "a page is in one language")
def one_language(shot: Shot) -> Iterator[Mark]:
    """A Chinese page has no Latin words but a few, a page in another language no Chinese but names, what is data, the
    names of languages, what somebody writes, and guides that say they are shown in Chinese."""
    view = shot.surface.view
    data = set(bare_texts(view))
    marked = bool(getattr(view, "marked", ""))
    for text in shot.written:
        if text.text in data or text.pen.language != shot.language or _is_written(text):
            continue
        if chinese(text):
            strange = [word for word in latin_words(text.text) if word not in LATIN_IN_CHINESE]
            yield Mark(not strange, name_of(text), ", ".join(strange), "Chinese")
        elif not marked:
            strange_hanzi = _strange_hanzi(text.text, data)
            yield Mark(not strange_hanzi, name_of(text), strange_hanzi, text.pen.language)


def _is_written(text: Written) -> bool:
    """Whether it is what somebody writes: what stands in a field, keys, characters to choose from."""
    around = [one for one in ancestors(text) if isinstance(one, Pressable)]
    return any(isinstance(one, Field) or one.name.startswith(TYPED) for one in around)


def chinese(text: Written) -> bool:
    """Whether a text is written for Chinese readers."""
    return text.pen.language.startswith("zh")


def _strange_hanzi(text: str, data: set[str]) -> str:
    """Chinese characters that are neither data inside a sentence nor the mark of a language or a tongue."""
    for known in data:
        text = text.replace(known, "")
    marks = "".join([*(kiosk_words.load(code).name for code in ("zh_CN", "zh_HK")), *OWN_NAMES.values()])
    return "".join(char for char in hanzi_in(text) if char not in marks)


def bare_texts(value: Any) -> Iterator[str]:
    """The texts of a view that are no sentences of ours: names, numbers, what was typed."""
    if isinstance(value, str):
        if value and not value.isspace():
            yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from bare_texts(each)
    elif is_dataclass(value) and type(value).__module__.startswith("kiosk.views."):
        for field in fields(value):
            if field.name not in NO_TEXTS:
                yield from bare_texts(getattr(value, field.name))


NO_TEXTS = ("icon", "key", "tab", "tone", "data")


@rule("punctuation", "GB/T 15834", "full-width punctuation in Chinese")
def punctuation(shot: Shot) -> Iterator[Mark]:
    """Beside Chinese characters punctuation is full-width (GB/T 15834)."""
    for text in shot.written:
        if chinese(text) and has_hanzi(text.text):
            found = NARROW.findall(text.text)
            yield Mark(not found, name_of(text), " ".join(found), "full-width")
