"""Texts that are not yet in a language: message ids with values, and multilingual data.

Views and documents carry these; `kiosk.words` says them in the visit's language when they are drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

FIRST_LANGUAGE = "zh_CN"


class LocalText:
    """One text of the catalogue in several languages: locale code (zh_CN, zh_HK, en, ...) -> text.

    zh_CN is always there; where another language is missing the Chinese is shown, marked. Immutable. On the wire and in
    files it is the mapping itself; pydantic reads and writes it, but is not needed for it to exist (it is imported only
    after the first picture).
    """

    __slots__ = ("root",)
    root: Mapping[str, str]

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Raises ValueError without a text in zh_CN."""
        if not texts.get(FIRST_LANGUAGE, "").strip():
            raise ValueError(f"a text needs at least {FIRST_LANGUAGE}")
        object.__setattr__(self, "root", dict(texts))

    def __setattr__(self, name: str, _value: object) -> None:
        raise AttributeError(f"a LocalText does not change: {name}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LocalText) and self.root == other.root

    def __hash__(self) -> int:
        return hash(self.root[FIRST_LANGUAGE])

    def __repr__(self) -> str:
        return f"LocalText({dict(self.root)!r})"

    def __reduce__(self) -> tuple[type["LocalText"], tuple[dict[str, str]]]:
        return LocalText, (dict(self.root),)

    def in_language(self, language: str) -> str:
        """The text in `language`, or the Chinese where there is none."""
        return self.root.get(language) or self.root[FIRST_LANGUAGE]

    def has(self, language: str) -> bool:
        """Whether the text exists in `language` itself."""
        return bool(self.root.get(language))

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415  see above

        mapping = core_schema.dict_schema(core_schema.str_schema(), core_schema.str_schema())
        opened = core_schema.no_info_before_validator_function(
            lambda value: dict(value.root) if isinstance(value, cls) else value, mapping
        )
        return core_schema.no_info_after_validator_function(
            cls,
            opened,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda text: dict(text.root), return_schema=mapping
            ),
        )


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


@dataclass(frozen=True)
class OnlyWhere:
    """A text that is said only in languages which most of `missing` do not have: "this guide is only in Chinese"."""

    missing: tuple[LocalText, ...]
    text: Msg

    def applies(self, language: str) -> bool:
        """Whether more than half of the texts are missing in the language."""
        return sum(not text.has(language) for text in self.missing) * 2 > len(self.missing)


@dataclass(frozen=True)
class Series:
    """Several values in a row, as the language joins them: "A, B and C"; `either`: "A, B or C"."""

    texts: tuple["Text", ...]
    either: bool = False


Value: TypeAlias = "str | int | float | date | datetime | timedelta | LocalText | Msg | OnlyWhere | Series"
Text: TypeAlias = "Msg | LocalText | OnlyWhere | Series | str"
"""What views carry. A bare str is shown as it is (a name, a number, a phone)."""


def msg(message_id: str, **values: Value) -> Msg:
    """`msg("{n} people ahead", n=6)`. The id must be a literal, so that `tests/test_words.py` finds it."""
    return Msg(message_id, tuple(sorted(values.items())))


def counted(singular: str, plural: str, n: int, **values: Value) -> Msg:
    """`counted("{n} person ahead", "{n} people ahead", n=6)`. Translations stand under the singular id."""
    return Msg(singular, tuple(sorted({"n": n, **values}.items())), plural)
