"""Every language complete, nothing unused, same placeholders, full-width punctuation in Chinese."""

import re
import string
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from babel.messages.pofile import read_po

from kiosk import bidi, words
from kiosk.errors import SettingsError
from kiosk.texts import LocalText, Msg, OnlyWhere, Series, Value, counted, msg
from kiosk.words import Words
from tests import messages

IDS = messages.ids()
COMPLETE = ("zh_CN", "zh_HK", "ar")
ARABIC = messages.ROOT / "tests" / "data" / "locale"
SIMPLIFIED_ONLY = set("设备读号码请继续办证时间开关见这过还进远务应个们没问题单双网络页图书馆买卖东车长门马鸟鱼龙")


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def entries(language: str) -> dict[str, tuple[str, ...]]:
    """Message id -> translation (one per plural form), over all files of a language."""
    found = {}
    for path in sorted(((ARABIC if language == "ar" else words.LOCALES) / language).glob("*.po")):
        with path.open("rb") as file:
            found |= {_singular(m.id): _forms(m.string) for m in read_po(file) if m.id and m.context is None}
    return found


def _singular(identity: str | tuple[str, ...]) -> str:
    return identity if isinstance(identity, str) else identity[0]


def _forms(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


@pytest.mark.parametrize("language", COMPLETE)
def test_nothing_is_missing(language: str) -> None:
    known = entries(language)
    assert not {message: where for message, where in IDS.items() if not all(known.get(message, [""]))}


@pytest.mark.parametrize("language", COMPLETE)
def test_nothing_is_unused(language: str) -> None:
    assert not set(entries(language)) - set(IDS)


@pytest.mark.parametrize("language", ["zh_CN", "zh_HK"])
def test_each_message_stands_in_one_file(language: str) -> None:
    """Of two translations one would be shown, and the other one corrected."""
    found = Counter[str]()
    for path in (words.LOCALES / language).glob("*.po"):
        with path.open("rb") as file:
            found.update(_singular(message.id) for message in read_po(file) if message.id)
    assert [message for message, times in found.items() if times > 1] == []


@pytest.mark.parametrize("language", COMPLETE)
def test_the_same_placeholders(language: str) -> None:
    """A plural form may leave its number out where its word says it: "one day"."""
    for message, forms in entries(language).items():
        for form in forms:
            spared = {"n"} if len(forms) > 1 else set()
            assert placeholders(message) - spared <= placeholders(form) <= placeholders(message), (message, form)


@pytest.mark.parametrize("language", ["zh_CN", "zh_HK"])
def test_chinese_takes_full_width_punctuation(language: str) -> None:
    half_width = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")
    assert not {text for forms in entries(language).values() for text in forms if half_width.search(text)}


def test_traditional_texts_are_traditional() -> None:
    assert not {text for forms in entries("zh_HK").values() for text in forms if SIMPLIFIED_ONLY & set(text)}


@pytest.mark.parametrize("word", ["小票", "卡紙", "首頁", "自助終端", "屏幕", "信息", "複印", "搜索", "發送到手機"])
def test_traditional_texts_take_hong_kongs_words(word: str) -> None:
    assert not [text for forms in entries("zh_HK").values() for text in forms if word in text]


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
def test_values_stand_in_a_sentence(language: str) -> None:
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


def test_a_fourth_language_is_one_file(arabic: Words) -> None:
    assert len(list((ARABIC / "ar").iterdir())) == 1
    assert "ar" in words.available()
    assert (arabic.name, arabic.direction, arabic.say(msg("Search"))) == ("العربية", "rtl", "بحث")


def test_a_further_folder_is_left_again() -> None:
    assert "ar" not in words.available()


@pytest.mark.parametrize(
    ("n", "said"), [(0, "لا أحد قبلك"), (1, "شخص واحد قبلك"), (2, "شخصان قبلك"), (3, "3 أشخاص قبلك"), (11, "11 شخصاً قبلك"), (100, "100 شخص قبلك")]
)  # fmt: skip
def test_six_plural_forms(arabic: Words, n: int, said: str) -> None:
    assert arabic.say(counted("{n} person ahead", "{n} people ahead", n)) == said


FORMS = {
    "zh_CN": ("2026年11月24日", "11月24日 星期二 09:05", "25分钟", "3和5", "甲、乙或丙", "12,345.5"),
    "zh_HK": ("2026年11月24日", "11月24日 星期二 09:05", "25 分鐘", "3及5", "甲、乙或丙", "12,345.5"),
    "en": ("November 24, 2026", "Tue, 24 Nov, 09:05", "25 minutes", "3 and 5", "甲, 乙, or 丙", "12,345.5"),
    "ar": ("24 نوفمبر 2026", "الثلاثاء، 24 نوفمبر 09:05", "25 دقيقة", "3 و5", "甲 أو 乙 أو 丙", "12,345.5"),
}


@pytest.mark.parametrize("language", FORMS)
@pytest.mark.usefixtures("arabic")
def test_each_language_has_its_forms(language: str) -> None:
    """Dates, times, durations, lists, numbers: as CLDR has them; a value keeps its direction in Arabic."""
    said = words.load(language)
    values: tuple[Value, ...] = (
        date(2026, 11, 24), datetime(2026, 11, 24, 9, 5, tzinfo=UTC), timedelta(minutes=25),
        Series(("3", "5")), Series(("甲", "乙", "丙"), either=True), 12345.5,
    )  # fmt: skip
    assert tuple(bidi.bare(said.say(Msg("{v}", (("v", value),)))) for value in values) == FORMS[language]


ONLY_CHINESE = LocalText({"zh_CN": "食品经营许可"})
BOTH_CHINESE = LocalText({"zh_CN": "食品经营许可", "zh_HK": "食品經營許可"})


@pytest.mark.parametrize(
    ("language", "only", "both"),
    [
        ("zh_CN", "食品经营许可", "食品经营许可"),
        ("zh_HK", "食品经营许可（簡體原文）", "食品經營許可"),
        ("en", "食品经营许可 (in Chinese)", "食品经营许可 (in Chinese)"),
        ("ar", "食品经营许可 (بالصينية)", "食品经营许可 (بالصينية)"),
    ],
)
@pytest.mark.usefixtures("arabic")
def test_a_text_that_only_the_chinese_has_is_marked(language: str, only: str, both: str) -> None:
    said = words.load(language)
    assert (bidi.bare(said.say(ONLY_CHINESE)), bidi.bare(said.say(BOTH_CHINESE))) == (only, both)
    assert bidi.bare(said.say(msg("Package · {summary}", summary=ONLY_CHINESE))).endswith(only)
    assert said.unmarked.say(ONLY_CHINESE) == "食品经营许可"


@pytest.mark.parametrize("same", ["kfd", "020-0000 0000"])
def test_what_is_not_chinese_needs_no_mark(same: str) -> None:
    assert words.load("en").say(LocalText({"zh_CN": same})) == same


def test_a_sentence_only_where_most_is_missing() -> None:
    both = LocalText({"zh_CN": "甲", "en": "a"})
    text = OnlyWhere((ONLY_CHINESE, ONLY_CHINESE, both), msg("Search"))
    assert (words.load("en").say(text), words.load("zh_CN").say(text)) == ("Search", "")
    assert words.load("en").say(OnlyWhere((ONLY_CHINESE, both), msg("Search"))) == ""
