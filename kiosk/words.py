"""Says texts in a language: messages from `config/locale/<lang>/*.po`, catalogue texts, dates, numbers, durations.

English message ids stand in the code; zh_CN and zh_HK are complete by test. A language is one folder with .po files;
facts about it are entries with msgctxt "language": "name" (its own), "direction" (ltr or rtl), "font" (where its face
is, if not Chinese) and "in Chinese" (how a text is marked that only the Chinese has). A further language is one file in a
folder of its own, in `config/locale` or in the folder that `use()` names. Read by Babel; no compiled files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeAlias

from kiosk import bidi, cache
from kiosk.errors import SettingsError
from kiosk.texts import LocalText, Msg, OnlyWhere, Series, Text, Value

LOCALES = Path(__file__).resolve().parent.parent / "config" / "locale"
MOMENT = {"zh_CN": "M月d日 EEEE HH:mm", "zh_HK": "M月d日 EEEE HH:mm", "en": "EEE, d MMM, HH:mm"}
"""How a date with a time stands in a line, where the skeletons of CLDR read worse."""
PLURALS = ("zero", "one", "two", "few", "many", "other")
"""CLDR's plural categories in the order in which gettext numbers a language's forms."""
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")

Said: TypeAlias = "str | Sequence[str]"
"""A translation, or one per plural form."""
_folders: list[Path] = [LOCALES]


def use(folder: Path) -> None:
    """Look for languages in this folder, too (the setting `paths.locale`), from now on."""
    _folders[:] = list(dict.fromkeys((LOCALES, folder)))
    load.cache_clear()


def folders() -> tuple[Path, ...]:
    """Where languages are looked for."""
    return tuple(_folders)


class Words:
    """One language's words. Immutable; `load()` keeps one per language."""

    def __init__(self, language: str, messages: Mapping[str, Said], facts: Mapping[str, str]) -> None:
        self.language = language
        self._messages = messages
        self._facts = facts
        self.name = facts.get("name", language)
        self.rtl = facts.get("direction", "ltr") == "rtl"
        self.font = facts.get("font", "")
        """The file of the language's own face, with {weight} for Regular and Bold; empty: the Chinese face has it all."""
        self.tongue = facts.get("tongue", "en")
        """What is spoken with it (kiosk.ports.voice.Tongue)."""
        self.mark = facts.get("in Chinese", "")
        """How a catalogue text is marked that is shown in Chinese because this language has none: "{text} (in Chinese)"."""

    @property
    def direction(self) -> str:
        """The direction of reading: ltr or rtl."""
        return "rtl" if self.rtl else "ltr"

    @cached_property
    def unmarked(self) -> Words:
        """The same words without the mark on each text: where one line has said that everything is in Chinese."""
        return Words(self.language, self._messages, {**self._facts, "in Chinese": ""})

    @cached_property
    def _forms(self) -> Forms:
        return Forms(self.language)

    def say(self, text: Text) -> str:
        """The finished sentence. A message that is not translated is said in English: visible, never a crash."""
        if isinstance(text, Msg):
            return self._sentence(text)
        if isinstance(text, Series):
            return self._form(text)
        if isinstance(text, OnlyWhere):
            return self.say(text.text) if text.applies(self.language) else ""
        return self._local(text) if isinstance(text, LocalText) else text

    def _local(self, text: LocalText) -> str:
        said = text.in_language(self.language)
        marked = self.mark and not text.has(self.language) and HAN.search(said)
        return self.mark.format(text=self._own_way(said)) if marked else said

    def _own_way(self, said: str) -> str:
        return bidi.isolated(said) if self.rtl else said

    def _sentence(self, message: Msg) -> str:
        pattern = self._pattern(message)
        return pattern.format_map({name: self._form(value) for name, value in message.values})

    def _pattern(self, message: Msg) -> str:
        said = self._messages.get(message.id)
        if not said:
            return message.plural if message.plural and message.mapping.get("n") != 1 else message.id
        return said if isinstance(said, str) else self._forms.plural(said, message.mapping.get("n"))

    def _form(self, value: Value) -> str:
        if isinstance(value, Series):
            return self._forms.listed([self._form(text) for text in value.texts], value.either)
        if isinstance(value, (str, LocalText)):
            return self._own_way(self.say(value))
        return self.say(value) if isinstance(value, (Msg, OnlyWhere)) else self._forms.form(value)

    def moment(self, at: datetime) -> str:
        """Date, weekday and time of day in the language's form."""
        return self._forms.moment(at)


class Forms:
    """Numbers, dates and durations in a language's form. Babel is imported when the first is needed."""

    def __init__(self, language: str) -> None:
        from babel import Locale  # noqa: PLC0415  the attract screen has no date on it

        self._locale = Locale.parse(language)
        self._language = language

    def plural(self, forms: Sequence[str], n: object) -> str:
        """The form for a number: `forms` in gettext's order. Without a number the last one."""
        if not isinstance(n, (int, float)):
            return forms[-1]
        known = [tag for tag in PLURALS if tag in {*self._locale.plural_form.tags, "other"}]
        return forms[min(known.index(self._locale.plural_form(n)), len(forms) - 1)]

    def listed(self, said: Sequence[str], either: bool) -> str:
        """Several in a row: A、B和C; A, B and C; with `either` A, B or C."""
        from babel.lists import format_list  # noqa: PLC0415

        return format_list(said, "or" if either else "standard", self._locale)

    def form(self, value: date | datetime | timedelta | float) -> str:
        """A value inside a sentence."""
        from babel.dates import format_date, format_timedelta  # noqa: PLC0415
        from babel.numbers import format_decimal  # noqa: PLC0415

        if isinstance(value, timedelta):
            return format_timedelta(value, granularity="minute", threshold=1.2, locale=self._locale)
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return format_date(value, "long", locale=self._locale)
        return format_decimal(value, locale=self._locale)

    def moment(self, at: datetime) -> str:
        """Date, weekday and time of day."""
        from babel.dates import format_datetime, format_skeleton  # noqa: PLC0415

        if self._language in MOMENT:
            return format_datetime(at, MOMENT[self._language], locale=self._locale)
        return f"{format_skeleton('MMMMEEEEd', at, locale=self._locale)} {at:%H:%M}"


def available() -> tuple[str, ...]:
    """The languages there are words for, besides English which stands in the code."""
    found = (path.name for folder in folders() for path in folder.iterdir() if any(path.glob("*.po")))
    return tuple(sorted({"en", *found}))


@lru_cache
def load(language: str) -> Words:
    """The words of a language. Raises SettingsError naming the language that has no folder."""
    files = [path for folder in folders() for path in sorted((folder / language).glob("*.po"))]
    if not files and language != "en":
        looked = " and ".join(str(folder / language) for folder in folders())
        raise SettingsError(
            f"There are no words for the language {language}: no .po file in {looked}. "
            "Put one there, name its folder in the setting paths.locale, or take the language out of station.languages."
        )
    made_from = cache.stamp([*files, Path(__file__)], *map(str, folders()))
    messages, facts = cache.kept(f"words-{language}", made_from, lambda: _read_all(files))
    return Words(language, messages, facts)


def _read_all(files: Iterable[Path]) -> tuple[dict[str, Said], dict[str, str]]:
    """Messages and facts of all files together; parsing them takes longer than drawing the first screen."""
    messages: dict[str, Said] = {}
    facts: dict[str, str] = {}
    for path in files:
        _read(path, messages, facts)
    return messages, facts


def _read(path: Path, messages: dict[str, Said], facts: dict[str, str]) -> None:
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with path.open("rb") as file:
        entries: Iterable[object] = read_po(file, ignore_obsolete=True, abort_invalid=True)
        for entry in entries:
            _keep(entry, messages, facts)


def _keep(entry: object, messages: dict[str, Said], facts: dict[str, str]) -> None:
    identity, text = getattr(entry, "id", ""), getattr(entry, "string", "")
    if not identity or not text:
        return
    if getattr(entry, "context", None) == "language":
        facts[identity] = text
    else:
        messages[identity if isinstance(identity, str) else identity[0]] = text
