"""Sentences of the screens as they are given to the engine, against what a person would say; and nothing unsaid."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from devices.voices import reading_tables
from devices.voices.engine import Engine
from devices.voices.readings import LETTERS, RARE, SYLLABLES, Run, runs, syllables
from kiosk.catalogue.source import load_builtin
from kiosk.ports.voice import Tongue
from kiosk.speech_text import spoken_form
from kiosk.texts import LocalText
from tests import messages
from tests.test_words import entries

HERE = Path(__file__).parent
LANGUAGE = {Tongue.MANDARIN: "zh_CN", Tongue.CANTONESE: "zh_HK", Tongue.ENGLISH: "en"}


def given(sentence: str, tongue: Tongue) -> str:
    """What the engine is given, changes of voice as slashes."""
    return " / ".join(run.text for run in runs(spoken_form(sentence, tongue), tongue))


def heard() -> Iterator[tuple[Tongue, str, str]]:
    for tongue in Tongue:
        for line in (HERE / f"heard_{tongue}.tsv").read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                sentence, _, said = line.partition("\t")
                yield tongue, sentence, said


@pytest.mark.parametrize("tongue", Tongue)
def test_sixty_sentences_of_each_tongue_are_said_as_a_person_would(tongue: Tongue) -> None:
    lines = [(sentence, said) for its, sentence, said in heard() if its is tongue]
    assert len(lines) >= 60
    assert [(sentence, given(sentence, tongue)) for sentence, _ in lines] == lines


WORDS = [
    (Tongue.MANDARIN, "银行", "yin2 hang2"),
    (Tongue.MANDARIN, "行政", "xing2 zheng4"),
    (Tongue.MANDARIN, "地址", "di4 zhi3"),
    (Tongue.MANDARIN, "还有", "hai2 you3"),
    (Tongue.MANDARIN, "还款", "huan2 kuan3"),
    (Tongue.MANDARIN, "重新", "chong2 xin1"),
    (Tongue.MANDARIN, "重要", "zhong4 yao4"),
    (Tongue.MANDARIN, "长度", "chang2 du4"),
    (Tongue.MANDARIN, "校长", "xiao4 zhang3"),
    (Tongue.MANDARIN, "大厦", "da4 sha4"),
    (Tongue.MANDARIN, "参加", "can1 jia1"),
    (Tongue.MANDARIN, "应当", "ying1 dang1"),
    (Tongue.MANDARIN, "响应", "xiang3 ying4"),
    (Tongue.MANDARIN, "角色", "jue2 se4"),
    (Tongue.MANDARIN, "番禺", "pan1 yu2"),
    (Tongue.MANDARIN, "便宜", "pian2 yi5"),
    (Tongue.MANDARIN, "一张", "yi4 zhang1"),
    (Tongue.MANDARIN, "一次", "yi2 ci4"),
    (Tongue.MANDARIN, "第一次", "di4 yi1 ci4"),
    (Tongue.MANDARIN, "十一个", "shi2 yi1 ge4"),
    (Tongue.MANDARIN, "不是", "bu2 shi4"),
    (Tongue.MANDARIN, "你好", "ni2 hao3"),
    (Tongue.MANDARIN, "銀行", "yin2 hang2"),
    (Tongue.CANTONESE, "銀行", "ngan4 hong4"),
    (Tongue.CANTONESE, "银行", "ngan4 hong4"),
    (Tongue.CANTONESE, "行政", "hang4 zing3"),
    (Tongue.CANTONESE, "重新", "cung4 san1"),
    (Tongue.CANTONESE, "長度", "coeng4 dou6"),
    (Tongue.CANTONESE, "校長", "haau6 zoeng2"),
    (Tongue.CANTONESE, "更改", "gang1 goi2"),
    (Tongue.CANTONESE, "更多", "gang3 do1"),
    (Tongue.CANTONESE, "不會", "bat1 wui5"),
    (Tongue.CANTONESE, "會議", "wui6 ji5"),
    (Tongue.CANTONESE, "因為", "jan1 wai6"),
    (Tongue.CANTONESE, "身份證", "san1 fan2 zing3"),
]


@pytest.mark.parametrize(("tongue", "word", "said"), WORDS)
def test_words_with_several_readings(tongue: Tongue, word: str, said: str) -> None:
    assert " ".join(syllables(word, tongue)) == said


@pytest.mark.parametrize("tongue", SYLLABLES)
def test_a_character_nobody_reads_is_named_not_skipped(tongue: Tongue) -> None:
    assert syllables("\U0002ffff"[:1], tongue) == syllables(RARE, tongue)


def test_latin_words_in_chinese_are_said_by_the_same_speaker() -> None:
    made = runs(spoken_form("请出示 EMS 的 Smith 证件", Tongue.MANDARIN), Tongue.MANDARIN)
    assert [(run.voice, run.text) for run in made] == [
        ("cmn-latn-pinyin", "qing3 chu1 shi4 E M S de5"),
        ("cmn", "Smith"),
        ("cmn-latn-pinyin", "zheng4 jian4"),
    ]


@pytest.mark.parametrize("tongue", [Tongue.ENGLISH, Tongue.CANTONESE])
def test_the_letter_a_is_not_said_as_the_article(tongue: Tongue) -> None:
    engine = Engine()
    for text in ("Number A012", "A P P"):
        said = " ".join(engine.phonemes(run) for run in runs(spoken_form(text, tongue), tongue))
        assert "eI" in said
        assert "a#" not in said


def test_chinese_in_english_is_said_in_mandarin() -> None:
    made = runs(spoken_form("A sole trader (个体户).", Tongue.ENGLISH), Tongue.ENGLISH)
    assert [(run.voice, run.text) for run in made] == [("en", "A sole trader,"), ("cmn-latn-pinyin", "ge4 ti3 hu4.")]


def every_text() -> dict[str, set[str]]:
    """Every translated message and every text of the sample catalogue, by language."""
    found: dict[str, set[str]] = {"en": set(messages.ids())}
    found |= {
        language: {form for forms in entries(language).values() for form in forms} for language in ("zh_CN", "zh_HK")
    }
    for text in _texts(load_builtin()):
        for language in found:
            found[language].add(text.in_language(language))
    return found


def _texts(part: Any) -> Iterator[LocalText]:
    if isinstance(part, LocalText):
        yield part
    elif isinstance(part, Mapping):
        yield from (text for value in part.values() for text in _texts(value))
    elif isinstance(part, (tuple, list, frozenset)):
        yield from (text for value in part for text in _texts(value))
    elif hasattr(type(part), "model_fields"):
        yield from (text for name in type(part).model_fields for text in _texts(getattr(part, name)))


TEXTS = every_text()
SAYABLE = re.compile(r"[\u3400-\u9fffA-Za-z0-9 ，。？！；、,.?!;'’\-]*")


def test_the_catalogue_was_walked() -> None:
    assert all(len(texts) > 600 for texts in TEXTS.values())


@pytest.mark.parametrize("tongue", Tongue)
@pytest.mark.parametrize("language", TEXTS)
def test_no_text_leaves_a_sign_that_cannot_be_said(tongue: Tongue, language: str) -> None:
    """Also in a tongue that is not the text's own: what is missing in a language is shown in another."""
    unsaid = {text for text in TEXTS[language] if not SAYABLE.fullmatch(spoken_form(text, tongue))}
    assert not unsaid


@pytest.mark.parametrize("tongue", Tongue)
def test_every_character_has_a_reading(tongue: Tongue) -> None:
    rare = " ".join(syllables(RARE, Tongue.MANDARIN if tongue is Tongue.ENGLISH else tongue))
    for text in TEXTS[LANGUAGE[tongue]]:
        said = given(text, tongue)
        assert not re.search(r"[\u3400-\u9fff]", said), text
        assert rare not in said or RARE in text, text


@pytest.mark.parametrize("tongue", SYLLABLES)
def test_the_engine_takes_every_syllable_for_a_syllable(tongue: Tongue) -> None:
    """It spells what it does not know, in English."""
    engine, voice = Engine(), SYLLABLES[tongue]
    said = [
        run.text
        for text in TEXTS[LANGUAGE[tongue]]
        for run in runs(spoken_form(text, tongue), tongue)
        if run.voice == voice
    ]
    known = {syllable for text in said for syllable in re.findall(r"[a-z]+[1-6]", text)}
    assert len(known) > 300
    assert not {syllable for syllable in known if "(en)" in engine.phonemes(Run(voice, syllable))}


def test_every_voice_is_installed() -> None:
    assert {*LETTERS.values(), *SYLLABLES.values()} <= Engine().voices


def test_without_its_dictionaries_the_engine_reads_as_it_can(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reading_tables, "JYUTPING", tmp_path)
    empty = reading_tables.Table(reading_tables.made(Tongue.CANTONESE))
    monkeypatch.setattr("devices.voices.readings.known_readings", lambda _: empty)
    assert syllables("銀行", Tongue.CANTONESE) == ["銀", "行"]


def test_tables_find_first_last_and_none() -> None:
    table = reading_tables.Table(
        reading_tables.sorted_lines({"一": "yi1", "一个": "yi2 ge4", "人": "ren2", "齉": "nang4"})
    )
    assert [table.reading(word) for word in ("一", "一个", "人", "齉")] == ["yi1", "yi2 ge4", "ren2", "nang4"]
    assert [table.reading(word) for word in ("", "丁", "一个人", "齉齉")] == [None] * 4
