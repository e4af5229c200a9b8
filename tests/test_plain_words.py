"""Every resident-facing sentence against the style guide (`screens/README.md`), and the checker against bad examples."""

import pytest

from kiosk.views.parts import Tone
from kiosk.views.told import MessageView
from screens.samples import SAMPLES
from tests import messages
from tests.plain_words import JARGON, button_complaints, buttons, complaints, resident_facing
from tests.test_words import entries

READ = resident_facing()
LABELS = dict(buttons())


def said(language: str, ids: dict[str, str]) -> dict[str, str]:
    """Message id -> the text in the language."""
    if language == "en":
        return {message: message for message in ids}
    known = entries(language)
    return {message: form for message in ids for form in known[message]}


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_HK", "ar"])
def test_every_sentence_is_plain(language: str) -> None:
    wrong = {text: complaints(text, language) for text in said(language, READ).values()}
    assert {text: found for text, found in wrong.items() if found} == {}


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_HK"])
def test_every_button_says_what_it_does(language: str) -> None:
    wrong = {text: button_complaints(text, language) for text in said(language, LABELS).values()}
    assert {text: found for text, found in wrong.items() if found} == {}


def test_the_checks_see_the_texts() -> None:
    assert len(READ) > 200
    assert len(LABELS) > 15
    assert "Print a slip" in LABELS


def test_terms_of_the_law_stand_with_their_explanation() -> None:
    ids = messages.ids()
    assert not {term: text for term, text in JARGON.items() if term not in ids or text not in ids}


@pytest.mark.parametrize("name", [name for name, view in SAMPLES.items() if hasattr(view, "actions")])
def test_one_main_button_per_screen(name: str) -> None:
    assert sum(action.main for action in SAMPLES[name].actions) <= 1


@pytest.mark.parametrize("name", [name for name, view in SAMPLES.items() if isinstance(view, MessageView)])
def test_trouble_has_a_way_on(name: str) -> None:
    view = SAMPLES[name]
    assert view.actions
    assert view.tone is not Tone.TROUBLE or view.explain or view.steps


@pytest.mark.parametrize(
    ("language", "text", "objection"),
    [
        ("en", "Your ticket is ready!", "an exclamation mark"),
        ("en", "Please READ this", "capitals for weight"),
        ("en", "Device error 41", "a code"),
        ("en", "The form must be handed in", "stiff: must be"),
        ("en", "Print failed", "stiff: failed"),
        ("en", "Bring copies and/or originals", "stiff: and/or"),
        ("en", "one two three four five six seven eight nine ten one two three four five six seven eight nine ten more", "a sentence of 21 words"),
        ("zh_CN", "操作成功！", "an exclamation mark"),
        ("zh_CN", "请把证件,放在这里", "half-width punctuation"),
        ("zh_CN", "须提供原件", "stiff: 须"),
        ("zh_HK", "逾期不予以受理", "stiff: 逾期"),
        ("zh_CN", "请" * 33, "a sentence of 33 characters"),
    ],
)  # fmt: skip
def test_bad_sentences_are_caught(language: str, text: str, objection: str) -> None:
    assert objection in complaints(text, language)


@pytest.mark.parametrize(
    ("language", "label", "objection"),
    [
        ("en", "OK", "a blunt word"),
        ("en", "The next page", "no verb in front"),
        ("en", "Print the slip.", "a full stop"),
        ("en", "Take your card and go home now", "7 words"),
        ("zh_CN", "确定", "a blunt word"),
        ("zh_CN", "请点击这里进入下一个步骤", "12 characters"),
    ],
)
def test_bad_buttons_are_caught(language: str, label: str, objection: str) -> None:
    assert objection in button_complaints(label, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Take your card. The paper comes out below."), ("zh_CN", "请取走证件。纸从下方出来。"), ("en", "Open WeChat, or the QR code.")],
)  # fmt: skip
def test_good_sentences_pass(language: str, text: str) -> None:
    assert complaints(text, language) == []
