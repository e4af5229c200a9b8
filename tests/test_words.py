"""Every language complete, nothing unused, same placeholders, full-width punctuation in Chinese."""

import re
import string
from datetime import date, timedelta

import pytest
from babel.messages.pofile import read_po

from kiosk import words
from kiosk.errors import SettingsError
from kiosk.texts import LocalText, counted, msg
from tests import messages

IDS = messages.ids()
COMPLETE = ("zh_CN", "zh_HK")
SIMPLIFIED_ONLY = set("设备读号码请继续办证时间开关见这过还进远务应个们没问题单双网络页图书馆买卖东车长门马鸟鱼龙")


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def entries(language: str) -> dict[str, str]:
    """Message id -> translation, over all files of a language."""
    found = {}
    for path in sorted((words.LOCALES / language).glob("*.po")):
        with path.open("rb") as file:
            found |= {m.id: m.string for m in read_po(file) if m.id and m.context is None}
    return found


@pytest.mark.parametrize("language", COMPLETE)
def test_nothing_is_missing(language: str) -> None:
    missing = {message: where for message, where in IDS.items() if not entries(language).get(message)}
    assert not missing


@pytest.mark.parametrize("language", COMPLETE)
def test_nothing_is_unused(language: str) -> None:
    assert not set(entries(language)) - set(IDS)


@pytest.mark.parametrize("language", COMPLETE)
def test_the_same_placeholders(language: str) -> None:
    wrong = {m: t for m, t in entries(language).items() if placeholders(m) != placeholders(t)}
    assert not wrong


@pytest.mark.parametrize("language", COMPLETE)
def test_chinese_takes_full_width_punctuation(language: str) -> None:
    half_width = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")
    assert not {text for text in entries(language).values() if half_width.search(text)}


def test_traditional_texts_are_traditional() -> None:
    assert not {text for text in entries("zh_HK").values() if SIMPLIFIED_ONLY & set(text)}


def test_message_ids_are_literals() -> None:
    """Otherwise this file could not see whether they are translated."""
    dynamic = [
        f"{path.name}:{call.lineno}"
        for path in messages.sources()
        for call in messages.calls(path)
        if not (call.args and hasattr(call.args[0], "value") and isinstance(call.args[0].value, str))
    ]
    assert not dynamic


@pytest.mark.parametrize("language", ["zh_CN", "zh_HK", "en"])
def test_values_are_said_in_the_language(language: str) -> None:
    said = words.load(language).say(
        msg("{a} {b} {c} {d}", a=date(2026, 11, 24), b=timedelta(minutes=15), c=12345, d=LocalText({"zh_CN": "窗口", "en": "window"}))
    )  # fmt: skip
    expected = {
        "zh_CN": "2026年11月24日 15分钟 12,345 窗口",
        "zh_HK": "2026年11月24日 15 分鐘 12,345 窗口（簡體原文）",
        "en": "November 24, 2026 15 minutes 12,345 window",
    }
    assert said == expected[language]


def test_english_counts() -> None:
    english = words.load("en")
    assert english.say(counted("{n} person ahead", "{n} people ahead", 1)) == "1 person ahead"
    assert english.say(counted("{n} person ahead", "{n} people ahead", 2)) == "2 people ahead"


def test_a_language_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError, match="xx"):
        words.load("xx")
