"""Texts that are not yet in a language: message ids with values, and multilingual data.

Views and documents carry these; `kiosk.words` says them in the visit's language when they are drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from pydantic import ConfigDict, RootModel, model_validator

FIRST_LANGUAGE = "zh_CN"


class LocalText(RootModel[dict[str, str]]):
    """One text of the catalogue in several languages: locale code (zh_CN, zh_HK, en, ...) -> text.

    zh_CN is always there; where another language is missing the Chinese is shown, marked.
    """

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="after")
    def _has_first_language(self) -> "LocalText":
        if not self.root.get(FIRST_LANGUAGE, "").strip():
            raise ValueError(f"a text needs at least {FIRST_LANGUAGE}")
        return self

    def in_language(self, language: str) -> str:
        """The text in `language`, or the Chinese where there is none."""
        return self.root.get(language) or self.root[FIRST_LANGUAGE]

    def has(self, language: str) -> bool:
        """Whether the text exists in `language` itself."""
        return bool(self.root.get(language))

    def __hash__(self) -> int:
        return hash(self.root[FIRST_LANGUAGE])


@dataclass(frozen=True)
class Msg:
    """A message id (the English sentence) with the values of its `{placeholders}`.

    Values may be str, int, date, datetime, timedelta, LocalText or another Msg; they are formatted in the visit's
    language when the message is said.
    """

    id: str
    values: tuple[tuple[str, "Value"], ...] = ()
    plural: str = ""
    """The English plural form, where the sentence counts `n`."""

    @property
    def mapping(self) -> Mapping[str, "Value"]:
        return dict(self.values)


Value: TypeAlias = "str | int | float | date | datetime | timedelta | LocalText | Msg"
Text: TypeAlias = "Msg | LocalText | str"
"""What views carry. A bare str is shown as it is (a name, a number, a phone)."""


def msg(message_id: str, **values: Value) -> Msg:
    """`msg("{n} people ahead", n=6)`. The id must be a literal, so that `tests/test_words.py` finds it."""
    return Msg(message_id, tuple(sorted(values.items())))


def counted(singular: str, plural: str, n: int, **values: Value) -> Msg:
    """`counted("{n} person ahead", "{n} people ahead", n=6)`. Translations stand under the singular id."""
    return Msg(singular, tuple(sorted({"n": n, **values}.items())), plural)
