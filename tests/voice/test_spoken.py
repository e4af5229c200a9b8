"""What is said of views: complete, short first, nothing that stands on the screen left out."""

import inspect
from dataclasses import replace

import pytest

from kiosk import spoken, words
from kiosk.events.touches import Confirmed
from kiosk.ports.voice import Tongue
from kiosk.speech_text import spoken_form
from kiosk.spoken_views import READERS, TONES, so_far
from kiosk.texts import Msg, Text, msg
from kiosk.views import view_classes
from kiosk.views.choose import SearchView
from kiosk.views.fields import FieldKind, FieldView
from kiosk.views.parts import Action, Entry, Fact, Option, Section, Tone
from kiosk.views.told import MessageView, WaitView
from screens.samples import SAMPLES

ENGLISH, CHINESE = words.load("en"), words.load("zh_CN")
SPOKEN_IN = {"zh_CN": Tongue.MANDARIN, "zh_HK": Tongue.CANTONESE, "en": Tongue.ENGLISH}


def english(texts: spoken.Sentences) -> list[str]:
    return [ENGLISH.say(text) for text in texts]


def test_every_class_of_views_has_words() -> None:
    assert set(READERS) == set(view_classes())


def test_a_class_without_words_is_an_error() -> None:
    with pytest.raises(KeyError):
        spoken.read_aloud(object())  # type: ignore[arg-type]


def test_every_tone_is_a_word() -> None:
    assert set(TONES) == set(Tone)


@pytest.mark.parametrize("language", SPOKEN_IN)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_says_its_title_first_and_all_its_choices(name: str, language: str) -> None:
    said = [words.load(language).say(text) for text in spoken.read_aloud(SAMPLES[name])]
    assert all(said)
    assert all(spoken_form(sentence, SPOKEN_IN[language]) for sentence in said)
    view = SAMPLES[name]
    wanted: list[Text] = [getattr(view, "title", "") or view.greeting]  # type: ignore[union-attr]
    wanted += [
        option.title for kind in ("options", "tiles", "packages", "offers") for option in getattr(view, kind, ())
    ]
    wanted += [action.label for action in getattr(view, "actions", ()) if action.available]
    wanted += [fact.value for fact in getattr(view, "facts", ())]
    wanted += [section.title for section in getattr(view, "sections", ())]
    for text in wanted:
        assert any(words.load(language).say(text) in sentence for sentence in said), text
    assert words.load(language).say(wanted[0]) in said[:2]


def test_an_end_says_the_number_and_what_to_do() -> None:
    view = MessageView(
        Tone.DONE,
        "Your number",
        big="A012",
        facts=(Fact("6", "people ahead"),),
        steps=("Take the slip.", "Listen."),
        actions=(Action(Confirmed(), "Finish", main=True),),
    )
    assert english(spoken.read_aloud(view)) == [
        "It is done.",
        "Your number",
        "A012",
        "6, people ahead",
        "2 things to do next",
        "Step 1: Take the slip.",
        "Step 2: Listen.",
        "Next: Finish",
    ]


def test_waiting_says_where_and_how_long() -> None:
    view = WaitView("Place your card", "It is not kept.", "card", expected_s=1.6, points_down=True)
    assert english(spoken.read_aloud(view))[2:] == [
        "The place for the card is below the screen.",
        "It takes about 2 seconds.",
    ]


def test_what_cannot_be_had_says_why() -> None:
    option = Option("a", "Queue ticket", "For a window", available=False, reason="The printer is out of paper.")
    assert english(spoken.describe_option(option)) == [
        "Queue ticket",
        "For a window",
        "Not available now.",
        "The printer is out of paper.",
    ]
    action = Action(Confirmed(), "Print", available=False, reason="No paper.")
    assert english(spoken.describe_action(action)) == ["Print, button", "Not available now.", "No paper."]


def test_a_section_says_its_summary_until_it_is_opened() -> None:
    section = Section("Materials", "3 to bring", (Entry("Original", "ID card", ("Both sides",), ("On file",)),))
    assert english(spoken.describe_section(section, False)) == ["Materials", "3 to bring", "Folded. OK opens it."]
    assert english(spoken.describe_section(section, True)) == [
        "Materials",
        "ID card: Original",
        "On file",
        "Both sides",
    ]


def test_places_and_choices_in_two_languages() -> None:
    assert ENGLISH.say(spoken.position(3, 6)) == "3 of 6"
    assert CHINESE.say(spoken.position(3, 6)) == "第 3 项，共 6 项"
    assert CHINESE.say(spoken.chosen(msg("Pause"))) == "已选择：暂停"
    assert english(spoken.countdown(1))[0] == "This visit ends in 1 second."


def test_each_tongue_says_its_own_name() -> None:
    said = [words.load(language).say(spoken.tongue_is()) for language in SPOKEN_IN]
    assert said == ["现在说普通话。", "現在說廣東話。", "I speak English now."]


PHRASES = [
    made
    for name, made in inspect.getmembers(spoken, inspect.isfunction)
    if made.__module__ == spoken.__name__ and not name.startswith("_") and not inspect.signature(made).parameters
]


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.__name__)
def test_every_phrase_is_said_in_every_language(phrase: object) -> None:
    made = phrase()  # type: ignore[operator]
    for text in (made,) if isinstance(made, Msg) else made:
        assert len({words.load(language).say(text) for language in SPOKEN_IN}) == 3


def test_a_field_says_what_is_in_it_but_not_who_somebody_is() -> None:
    search = SearchView("Search", "A word", "pork", "2 matches", ())
    assert english(spoken.field("Search", so_far(search))) == ["Search, input field", "Written so far: pork"]
    assert english(spoken.field("Search", so_far(replace(search, text="")))) == ["Search, input field", "It is empty."]


@pytest.mark.parametrize("kind", FieldKind)
def test_only_the_person_alone_hears_what_is_personal(kind: FieldKind) -> None:
    view = FieldView("Your name", "Li", kind)
    whole, count = "Written so far: Li", "2 characters are written so far"
    assert ENGLISH.say(so_far(view)) == (whole if kind is FieldKind.TEXT else count)
    assert ENGLISH.say(so_far(view, private=True)) == (count if kind is FieldKind.PIN else whole)


def test_what_works_only_in_part_is_said_with_what_is_missing() -> None:
    ticket = Option("ticket", "Queue ticket", "6 people waiting", reason="No paper slip now")
    assert spoken.describe_option(ticket) == ("Queue ticket", "6 people waiting", "No paper slip now")
    closed = Option("ticket", "Queue ticket", available=False, reason="The windows are closed")
    said = [ENGLISH.say(text) for text in spoken.describe_option(closed)]
    assert said == ["Queue ticket", "Not available now.", "The windows are closed"]
