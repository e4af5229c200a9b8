"""What records share: texts by their id, lists that kinds add to, and mentions of shared things.

Where a record mentions a material or a field, a bare id means "always"; a table can say more: `{ id = "premises-proof",
variants = ["address"] }` is asked only in that variant of the item, and `fresh = true` means that what the centre's
record holds is the old state, so that it is not filled in.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from kiosk.catalogue.complaints import complaint
from kiosk.catalogue.written import Entry, Pages, Record, list_of, refuse_unknown_keys
from kiosk.texts import LocalText

Model = TypeVar("Model", bound=BaseModel)
_TEXT_READER = TypeAdapter(LocalText)
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


class Texts:
    """The shared texts, and how they come into records: under `keys`, an id may stand in place of a text."""

    def __init__(self, pages: Pages, keys: set[str]) -> None:
        self._pages = pages
        self._keys = keys
        self._texts = {entry.id: self._text(entry, entry.value) for entry in pages.table("texts")}

    def check(self, model: type[Model], entry: Entry, record: Record | None = None) -> Model:
        """The record as a checked model, its shared texts filled in."""
        record = self._fill(entry, "", record or entry.record)
        try:
            return model.model_validate(record)
        except ValidationError as error:
            entry.refuse(complaint(error, record))

    def _fill(self, entry: Entry, key: str, value: Any) -> Any:
        """The value with shared texts in place of their ids."""
        if key in self._keys and isinstance(value, str):
            return self._texts[self._pages.find("texts", value, entry).id]
        if key in self._keys and isinstance(value, dict):
            return self._text(entry, value)
        if isinstance(value, dict):
            return {name: self._fill(entry, name, inner) for name, inner in value.items()}
        return [self._fill(entry, key, inner) for inner in value] if isinstance(value, list) else value

    def _text(self, entry: Entry, value: object) -> LocalText:
        """One text; refuses a misspelt language and an empty one, which would show as a hole."""
        for language, said in value.items() if isinstance(value, dict) else ():
            if not _LANGUAGE.fullmatch(language):
                entry.refuse(f'"{language}" is not a language code such as zh_CN, zh_HK or en')
            if not isinstance(said, str) or not said.strip():
                entry.refuse(f"the {language} text is empty")
        try:
            return _TEXT_READER.validate_python(value)
        except ValidationError as error:
            entry.refuse(complaint(error))


@dataclass(frozen=True)
class Mention:
    """That a record takes something shared: in which of its variants (() for all), and whether the record's is old."""

    id: str
    variants: tuple[str, ...] = ()
    fresh: bool = False

    def with_more(self, other: "Mention") -> "Mention":
        """Mentioned twice: always if one of them means always."""
        both = (*self.variants, *(one for one in other.variants if one not in self.variants))
        return Mention(self.id, both if self.variants and other.variants else (), self.fresh or other.fresh)


def mentions(entry: Entry, value: object) -> list[Mention]:
    """What a list of an item or kind mentions, each once."""
    found: dict[str, Mention] = {}
    for one in list_of(entry, value):
        mention = _mention(entry, one)
        found[mention.id] = found[mention.id].with_more(mention) if mention.id in found else mention
    return list(found.values())


def _mention(entry: Entry, value: object) -> Mention:
    if isinstance(value, str):
        return Mention(value)
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        entry.refuse(f"an id, or a table with one, is expected where {str(value)[:40]!r} stands")
    refuse_unknown_keys(entry, value, {"variants", "fresh"})
    return Mention(value["id"], tuple(list_of(entry, value.get("variants", []))), value.get("fresh", False) is True)


def joined(record: Record, more: Record) -> Record:
    """`record` with what `more` adds: lists grow, without doubles; single values stay."""
    both = {**more, **record}
    for key in record.keys() & more.keys():
        if isinstance(record[key], list) and isinstance(more[key], list):
            both[key] = record[key] + [value for value in more[key] if value not in record[key]]
    return both


def in_order(wanted: Iterable[Mention], known: Sequence[str]) -> list[Mention]:
    """The mentions in the order in which the shared things are written."""
    places = {name: number for number, name in enumerate(known)}
    return sorted(wanted, key=lambda mention: places[mention.id])
