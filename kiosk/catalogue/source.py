"""Reads catalogues: the TOML files that people edit, and the JSON that a centre publishes.

A folder of TOML files is one catalogue; which file a table stands in does not matter. What items have in common is
written once: `[texts]` (a text by its id), `[materials]`, `[processes]` (lists of steps) and `[kinds]` (any fields of
an item). An item names its `kinds`; lists are joined, its own entries first, and for single values the item wins, then
the kinds in the order named. Wherever a text is expected, the id of a shared text may stand instead. Materials are
shown in the order of `[materials]`, so that every guide asks in the same order. Forms: see kiosk/catalogue/form_source.py.
"""

import json
from pathlib import Path

from pydantic import ValidationError

from kiosk.catalogue.complaints import complaint
from kiosk.catalogue.composed import Texts, in_order, joined, mentions
from kiosk.catalogue.form_source import FORM_KEYS, FormSource
from kiosk.catalogue.model import Catalogue, Group, Material, Package, ProcessStep, ServiceItem
from kiosk.catalogue.written import Entry, Pages, Record, list_of, read, refuse_unknown_keys
from kiosk.errors import CatalogueError

BUILTIN = Path(__file__).resolve().parents[2] / "config" / "catalogue"

_TEXT_KEYS = {
    "title",
    "summary",
    "result",
    "name",
    "sample_text",
    "note",
    "detail",
    "when",
    "legal_basis",
    "conditions",
}
_ITEM_KEYS = (set(ServiceItem.model_fields) - {"id", "form"}) | {"kinds"} | FORM_KEYS


def load_builtin() -> Catalogue:
    """The sample catalogue that comes with the program; CatalogueError where its files were spoilt."""
    return load_folder(BUILTIN)


def load_folder(path: Path) -> Catalogue:
    """The catalogue written in the TOML files of a folder; CatalogueError names file, record and field."""
    pages = read(path)
    shared = _Shared(pages)
    try:
        groups = tuple(shared.texts.check(Group, entry) for entry in pages.table("groups"))
        items = [shared.item(entry) for entry in pages.table("items")]
        packages = tuple(shared.package(entry) for entry in pages.table("packages"))
        return Catalogue(**pages.head, groups=groups, items=_shelved(items, groups), packages=packages)
    except ValidationError as error:
        raise CatalogueError(f"The catalogue in {path.name}: {complaint(error)}.") from None


def parse_catalogue(published: bytes, origin: str = "The published catalogue") -> Catalogue:
    """The catalogue in a centre's JSON; CatalogueError names item and field."""
    try:
        return Catalogue.model_validate_json(published)
    except ValidationError as error:
        raise CatalogueError(f"{origin}: {complaint(error, _document(published))}.") from None


def _document(published: bytes) -> object:
    """The JSON as plain values, to name records by their id; nothing where it is no JSON at all."""
    try:
        return json.loads(published)
    except (ValueError, RecursionError):
        return None


def _shelved(items: list[ServiceItem], groups: tuple[Group, ...]) -> tuple[ServiceItem, ...]:
    """In the order of the groups, within a group as written."""
    shelf = {group.id: number for number, group in enumerate(groups)}
    return tuple(sorted(items, key=lambda item: shelf.get(item.group, len(shelf))))


class _Shared:
    """What records refer to: texts, materials, processes, kinds and parts of forms, checked once."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self.texts = Texts(pages, _TEXT_KEYS)
        self._forms = FormSource(pages)
        self._processes = {entry.id: self._steps(entry) for entry in pages.table("processes")}
        self._materials = {entry.id: self.texts.check(Material, entry) for entry in pages.table("materials")}
        for kind in pages.table("kinds"):
            refuse_unknown_keys(kind, kind.record, _ITEM_KEYS - {"kinds"})

    def item(self, entry: Entry) -> ServiceItem:
        """An item with everything its kinds bring."""
        record = self._with_kinds(entry)
        record["form"] = self._forms.form(entry, record)
        if "materials" in record:
            record["materials"] = self._bring(entry, record["materials"])
        if isinstance(record.get("process"), str):
            record["process"] = self._processes[self._pages.find("processes", record["process"], entry).id]
        item = self.texts.check(ServiceItem, entry, record)
        self._pages.find("groups", item.group, entry)
        return item

    def _with_kinds(self, entry: Entry) -> Record:
        record = entry.record
        refuse_unknown_keys(entry, record, _ITEM_KEYS)
        for name in list_of(entry, record.pop("kinds", [])):
            record = joined(record, self._pages.find("kinds", name, entry).value)
        return record

    def package(self, entry: Entry) -> Package:
        """A package whose items are there."""
        package = self.texts.check(Package, entry)
        for part in package.items:
            self._pages.find("items", part.item, entry)
        return package

    def _bring(self, entry: Entry, wanted: object) -> list[Material]:
        named = mentions(entry, wanted)
        for mention in named:
            self._pages.find("materials", mention.id, entry)
        return [
            self._materials[mention.id].model_copy(update={"variants": mention.variants})
            if mention.variants
            else self._materials[mention.id]
            for mention in in_order(named, tuple(self._materials))
        ]

    def _steps(self, entry: Entry) -> list[ProcessStep]:
        steps = list_of(entry, entry.value.get("steps") if isinstance(entry.value, dict) else None)
        return [self.texts.check(ProcessStep, entry, step) for step in steps]
