"""Says texts in a language: messages from `config/locale/<lang>/*.po`, catalogue texts, dates, numbers, durations.

English message ids stand in the code; zh_CN and zh_HK are complete by test. A language is one folder with .po files;
facts about it (its own name, direction, font region) are entries with msgctxt "language". A fourth language is a new
folder, or one file in it. Read by Babel; no compiled files.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path

from kiosk import cache
from kiosk.errors import SettingsError
from kiosk.texts import LocalText, Msg, Text, Value

LOCALES = Path(__file__).resolve().parent.parent / "config" / "locale"
MOMENT = {"zh_CN": "M月d日 EEEE HH:mm", "zh_HK": "M月d日 EEEE HH:mm"}
"""How a date with a time stands in a line, where Babel's own skeletons read worse."""


class Words:
    """One language's words. Immutable; `load()` keeps one per language."""

    def __init__(self, language: str, messages: Mapping[str, str], facts: Mapping[str, str]) -> None:
        self.language = language
        self._messages = messages
        self.name = facts.get("name", language)
        self.direction = facts.get("direction", "ltr")
        self.tongue = facts.get("tongue", "en")
        """What is spoken with it (kiosk.ports.voice.Tongue)."""
        self.mark = facts.get("in Chinese", "")
        """Said beside a catalogue text that is shown in Chinese because this language has none."""

    @cached_property
    def _forms(self) -> "Forms":
        return Forms(self.language)

    def say(self, text: Text) -> str:
        """The finished sentence. A message that is not translated is said in English: visible, never a crash."""
        if isinstance(text, Msg):
            return self._sentence(text)
        return text.in_language(self.language) if isinstance(text, LocalText) else text

    def _sentence(self, message: Msg) -> str:
        pattern = self._messages.get(message.id) or self._english(message)
        return pattern.format_map({name: self._form(value) for name, value in message.values})

    @staticmethod
    def _english(message: Msg) -> str:
        return message.plural if message.plural and dict(message.values).get("n") != 1 else message.id

    def _form(self, value: Value) -> str:
        if isinstance(value, (str, Msg, LocalText)):
            return self.say(value)
        return self._forms.form(value)

    def moment(self, at: datetime) -> str:
        """Date, weekday and time of day in the language's form."""
        return self._forms.moment(at)


class Forms:
    """Numbers, dates and durations in a language's form. Babel is imported when the first is needed."""

    def __init__(self, language: str) -> None:
        from babel import Locale  # noqa: PLC0415  the attract screen has no date on it

        self._locale = Locale.parse(language)
        self._moment = MOMENT.get(language, "EEE, d MMM, HH:mm")

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
        from babel.dates import format_datetime  # noqa: PLC0415

        return format_datetime(at, self._moment, locale=self._locale)


def available(folder: Path = LOCALES) -> tuple[str, ...]:
    """The languages there are words for, besides English which stands in the code."""
    return tuple(sorted({"en", *(path.name for path in folder.iterdir() if any(path.glob("*.po")))}))


@lru_cache
def load(language: str, folder: Path = LOCALES) -> Words:
    """The words of a language. Raises SettingsError naming the language that has no folder."""
    files = sorted((folder / language).glob("*.po"))
    if not files and language != "en":
        raise SettingsError(f"There are no words for the language {language}: no .po file in {folder / language}.")
    messages, facts = cache.kept(f"words-{language}", cache.stamp(files, str(folder)), lambda: _read_all(files))
    return Words(language, messages, facts)


def _read_all(files: Iterable[Path]) -> tuple[dict[str, str], dict[str, str]]:
    """Messages and facts of all files together; parsing them takes longer than drawing the first screen."""
    messages: dict[str, str] = {}
    facts: dict[str, str] = {}
    for path in files:
        _read(path, messages, facts)
    return messages, facts


def _read(path: Path, messages: dict[str, str], facts: dict[str, str]) -> None:
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with path.open("rb") as file:
        entries: Iterable[object] = read_po(file, ignore_obsolete=True, abort_invalid=True)
        for entry in entries:
            _keep(entry, messages, facts)


def _keep(entry: object, messages: dict[str, str], facts: dict[str, str]) -> None:
    identity, text = getattr(entry, "id", ""), getattr(entry, "string", "")
    if not identity or not text:
        return
    target = facts if getattr(entry, "context", None) == "language" else messages
    target[identity] = text
