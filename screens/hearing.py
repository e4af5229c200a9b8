"""What things are called aloud, which tongue is spoken, and what is said of a changed preference."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import TypeAlias

from kiosk import spoken
from kiosk.ports.voice import Tongue
from kiosk.preferences import Preferences
from kiosk.spoken_views import is_personal, is_secret, so_far
from kiosk.texts import Msg, Series, Text, msg
from kiosk.views.choose import SearchView
from kiosk.views.chrome import Chrome
from kiosk.views.fields import FieldView
from kiosk.views.guides import GuideView
from kiosk.views.model import View
from kiosk.views.parts import Action, Option
from kiosk.views.told import ReviewView
from kiosk.words import Words as LanguageWords
from screens.controls import event_name
from screens.names import CONTRAST_NAMES, SIZE_NAMES
from screens.pieces import Piece, Words
from screens.touch import Pressable

Sentences: TypeAlias = tuple[Text, ...]

LANGUAGES: Mapping[Tongue, str] = {Tongue.MANDARIN: "zh_CN", Tongue.CANTONESE: "zh_HK", Tongue.ENGLISH: "en"}
"""Whose words are said in a tongue."""
OWN_NAMES: Mapping[Tongue, str] = {Tongue.MANDARIN: "普通话", Tongue.CANTONESE: "粵語", Tongue.ENGLISH: "English"}


ON_SCREEN = msg("It is shown on the screen")
"""Said instead of what others need not hear."""
NOT_WRITING = ("key-shift", "key-hide")


def tongue(chrome: Chrome, words: Callable[[str], LanguageWords], spoken_here: Collection[Tongue]) -> Tongue | None:
    """The tongue that was chosen, or goes with the language; another one where it cannot be spoken here."""
    wanted = chrome.preferences.tongue or words(chrome.language).tongue
    order = [*(one for one in Tongue if one == wanted), *Tongue]
    return next((one for one in order if one in spoken_here), None)


def label_of(piece: Pressable) -> Text:
    """What is said for a thing itself: `spoken`, else the words on it."""
    return piece.spoken or "，".join(_written(piece))


def _written(piece: Piece) -> list[str]:
    own = [piece.text] if isinstance(piece, Words) and piece.text else []
    return [*own, *(text for part in piece.parts for text in _written(part))]


def title(view: View | None, piece: Pressable) -> Text:
    """Its name alone, without detail and reason, in the words of the view where it has them."""
    offer = _offers(view).get(piece.name) if view else None
    if isinstance(offer, Option):
        return offer.title
    if isinstance(offer, Action):
        return offer.label
    return label_of(piece)


def offered(view: View, piece: Pressable, *, private: bool) -> Sentences:
    """What the view says of an option, an action, a section or its field; nothing for other things."""
    offer = _offers(view).get(piece.name)
    if isinstance(offer, Option):
        own = not private and is_own(offer.detail)
        return spoken.describe_option(replace(offer, detail=ON_SCREEN) if own else offer)
    if isinstance(offer, Action):
        return spoken.describe_action(offer)
    if isinstance(view, GuideView) and piece.name.startswith("section-"):
        return spoken.describe_section(view.sections[int(piece.name.removeprefix("section-"))], piece.opened)
    if isinstance(view, (FieldView, SearchView)) and piece.name == "field":
        return spoken.field(view.title, so_far(view, private=private))
    return ()


def is_discreet(view: View | None, chrome: Chrome | None) -> bool:
    """Whether what is written is personal, and heard by whoever stands near."""
    return view is not None and is_personal(view) and (is_secret(view) or not (chrome and chrome.private))


def hides(view: View | None, piece: Pressable, *, private: bool) -> bool:
    """Whether not even the name of a key may come from a loudspeaker: who hears which keys are passed, hears the PIN."""
    return is_secret(view) and not private and piece.name.startswith("key-") and piece.name[4:].isdigit()


def writes(piece: Pressable) -> bool:
    """Whether pressing it changes what is written: a key, or a character that is offered."""
    return piece.name.startswith(("key-", "candidate-")) and piece.name not in NOT_WRITING


def in_public(view: View) -> View:
    """Who somebody is, and what they wrote, can be read on the screen; a loudspeaker does not say it."""
    if not isinstance(view, ReviewView):
        return view
    rows = tuple((term, ON_SCREEN if is_own(value, term) else value) for term, value in view.rows)
    return replace(view, rows=rows)


def is_own(value: Text, term: Text = "") -> bool:
    """Whether it is a person's own: words that come from a card or were typed are in no language of the terminal."""
    if isinstance(value, Series):
        return any(map(is_own, value.texts))
    return (isinstance(value, str) and value != "") or (isinstance(term, Msg) and term.id in ("Name", "Card number"))


def _offers(view: View) -> dict[str, Option | Action]:
    found: dict[str, Option | Action] = {}
    for field in ("tiles", "packages", "options", "tabs"):
        found |= {option.key: option for option in getattr(view, field, ())}
    return found | {event_name(action.event): action for action in getattr(view, "actions", ())}


def changed(before: Preferences, now: Preferences) -> Sentences:
    """What is said after a preference was changed, in its new manner."""
    if now.pace != before.pace:
        return (spoken.faster() if now.pace > before.pace else spoken.slower(),)
    if now.loudness != before.loudness:
        return (spoken.louder() if now.loudness > before.loudness else spoken.quieter(),)
    if now.blank != before.blank:
        return (spoken.hidden() if now.blank else spoken.shown(),)
    if (now.tongue, now.language) != (before.tongue, before.language):
        return (spoken.tongue_is(),)
    if now.text_size != before.text_size:
        return (SIZE_NAMES[now.text_size],)
    return (CONTRAST_NAMES[now.contrast],) if now.contrast != before.contrast else ()
