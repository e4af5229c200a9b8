"""Whether somebody who does not see knows what is here."""

from collections.abc import Iterator, Mapping

from kiosk import words as kiosk_words
from kiosk.ports.voice import Tongue
from kiosk.spoken import read_aloud
from kiosk.texts import Msg, Text
from screens.grading.rule import Mark, rule
from screens.grading.script import has_hanzi, has_latin_words
from screens.grading.shot import Shot, name_of
from screens.hearing import label_of

SPOKEN_AS: Mapping[Tongue, str] = {Tongue.MANDARIN: "zh_CN", Tongue.CANTONESE: "zh_HK", Tongue.ENGLISH: "en"}


@rule("spoken", "Section 508, EN 301 549 5.1", "every view is said in every tongue, every control has a name")
def spoken(shot: Shot) -> Iterator[Mark]:
    """A view is described aloud in every tongue, in words of that tongue, and everything to press has a name to be
    called by (EN 301 549 clause 5.1.3)."""
    view = shot.surface.view
    if view is not None:
        try:
            texts = tuple(read_aloud(view))
        except KeyError:
            texts = ()
        for tongue, language in SPOKEN_AS.items():
            said = [text for text in texts if kiosk_words.load(language).say(text).strip()]
            yield Mark(bool(said), f"{type(view).__name__} in {tongue.value}", "nothing is said", "a description")
            yield from (_in_own_words(text, language) for text in said if isinstance(text, Msg))
    for one in shot.pressables:
        called = shot.pen.say(label_of(one))
        yield Mark(any(map(str.isalnum, called)), name_of(one), repr(called), "a name in words")


def _in_own_words(text: Text, language: str) -> Mark:
    """A sentence of ours is translated: Chinese has hanzi where the English has words."""
    said = kiosk_words.load(language).say(text)
    english = kiosk_words.load("en").say(text)
    strange = language != "en" and has_latin_words(english) and not has_hanzi(said)
    return Mark(not strange, f"said in {language}", repr(said), "in that language")
