"""Reads catalogues: the TOML files that people edit, and the JSON that a centre publishes.

A folder of TOML files is one catalogue; which file a table stands in does not matter. What items have in common is
written once: `[texts]` (a text by its id), `[materials]`, `[processes]` (lists of steps) and `[kinds]` (any fields of
an item). An item names its `kinds`; lists are joined, its own entries first, and for single values the item wins, then
the kinds in the order named. Wherever a text is expected, the id of a shared text may stand instead. Materials are
shown in the order of `[materials]`, so that every guide asks in the same order.
"""

import json
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TypeAlias, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from kiosk.catalogue.complaints import complaint, nearest
from kiosk.catalogue.model import Catalogue, Group, Material, Package, ProcessStep, ServiceItem
from kiosk.errors import CatalogueError
from kiosk.texts import LocalText

BUILTIN = Path(__file__).resolve().parents[2] / "config" / "catalogue"

Record: TypeAlias = dict[str, Any]
Model = TypeVar("Model", bound=BaseModel)

_TABLES = {
    "texts": "text",
    "materials": "material",
    "processes": "process",
    "kinds": "kind",
    "groups": "group",
    "items": "item",
    "packages": "package",
}
_HEAD = {"title", "sample"}
_TEXT_FIELDS = {
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
_ITEM_KEYS = (set(ServiceItem.model_fields) - {"id"}) | {"kinds"}
_TEXT_READER = TypeAdapter(LocalText)
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


def load_builtin() -> Catalogue:
    """The sample catalogue that comes with the program; CatalogueError where its files were spoilt."""
    return load_folder(BUILTIN)


def load_folder(path: Path) -> Catalogue:
    """The catalogue written in the TOML files of a folder; CatalogueError names file, record and field."""
    pages = _read(path)
    shared = _Shared(pages)
    try:
        groups = tuple(shared.check(Group, entry) for entry in pages.table("groups"))
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


@dataclass(frozen=True)
class _Entry:
    """One record as written, with the file it stands in."""

    file: str
    kind: str
    id: str
    value: Any

    def refuse(self, said: str) -> NoReturn:
        raise CatalogueError(f"{self.file}, {self.kind} {self.id}: {said}.")

    @property
    def record(self) -> Record:
        """The value as a table with its id."""
        if not isinstance(self.value, dict):
            self.refuse("this must be a table of fields")
        if "id" in self.value:
            self.refuse("its id stands in its heading already; take the key id out")
        return {"id": self.id, **self.value}


@dataclass
class _Pages:
    """All files of a folder, read and joined."""

    head: Record = field(default_factory=dict)
    tables: dict[str, dict[str, _Entry]] = field(default_factory=lambda: {name: {} for name in _TABLES})

    def table(self, name: str) -> list[_Entry]:
        return list(self.tables[name].values())

    def find(self, name: str, wanted: str, asker: _Entry) -> _Entry:
        """The entry that `asker` refers to; CatalogueError where there is none."""
        entry = self.tables[name].get(wanted) if isinstance(wanted, str) else None
        if entry is None:
            asker.refuse(f'there is no {_TABLES[name]} "{wanted}"{nearest(str(wanted), self.tables[name])}')
        return entry

    def add(self, file: str, page: Record) -> None:
        for key, value in page.items():
            if key in _HEAD:
                self.head[key] = value
            elif key in _TABLES and isinstance(value, dict):
                self._add_table(file, key, value)
            else:
                raise CatalogueError(f'{file}: unknown key "{key}"{nearest(key, _HEAD | set(_TABLES))}.')

    def _add_table(self, file: str, name: str, table: Record) -> None:
        for key, value in table.items():
            entry = _Entry(file, _TABLES[name], key, value)
            if key in self.tables[name]:
                entry.refuse(f"it is also in {self.tables[name][key].file}")
            self.tables[name][key] = entry


def _read(path: Path) -> _Pages:
    pages = _Pages()
    files = sorted(path.glob("*.toml"))
    if not files:
        raise CatalogueError(f"The folder {path.name} holds no catalogue: there are no .toml files in it.")
    for file in files:
        pages.add(file.name, _parse(file))
    return pages


def _parse(file: Path) -> Record:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise CatalogueError(f"{file.name}: this is not UTF-8 text; save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{file.name}: this is not TOML: {error}.") from None
    except OSError as error:
        raise CatalogueError(f"{file.name}: cannot be read: {error.strerror}.") from None


class _Shared:
    """What records refer to: texts, materials, processes and kinds, checked once."""

    def __init__(self, pages: _Pages) -> None:
        self._pages = pages
        self._texts = {entry.id: self._text(entry, entry.value) for entry in pages.table("texts")}
        self._processes = {entry.id: self._steps(entry) for entry in pages.table("processes")}
        self._materials = {entry.id: self.check(Material, entry) for entry in pages.table("materials")}
        self._places = {material: number for number, material in enumerate(self._materials)}
        for kind in pages.table("kinds"):
            _refuse_unknown_keys(kind, _ITEM_KEYS - {"kinds"})

    def check(self, model: type[Model], entry: _Entry, record: Record | None = None) -> Model:
        """The record as a checked model, its shared texts filled in."""
        record = self._fill(entry, "", record or entry.record)
        try:
            return model.model_validate(record)
        except ValidationError as error:
            entry.refuse(complaint(error, record))

    def item(self, entry: _Entry) -> ServiceItem:
        """An item with everything its kinds bring."""
        record = entry.record
        _refuse_unknown_keys(entry, _ITEM_KEYS)
        for name in _list_of(entry, record.pop("kinds", [])):
            record = _joined(record, self._pages.find("kinds", name, entry).value)
        if "materials" in record:
            record["materials"] = self._bring(entry, record["materials"])
        if isinstance(record.get("process"), str):
            record["process"] = self._processes[self._pages.find("processes", record["process"], entry).id]
        item = self.check(ServiceItem, entry, record)
        self._pages.find("groups", item.group, entry)
        return item

    def package(self, entry: _Entry) -> Package:
        """A package whose items are there."""
        package = self.check(Package, entry)
        for part in package.items:
            self._pages.find("items", part.item, entry)
        return package

    def _bring(self, entry: _Entry, wanted: object) -> list[Material]:
        named = {self._pages.find("materials", name, entry).id for name in _list_of(entry, wanted)}
        return [self._materials[name] for name in sorted(named, key=self._places.__getitem__)]

    def _steps(self, entry: _Entry) -> list[ProcessStep]:
        steps = _list_of(entry, entry.value.get("steps") if isinstance(entry.value, dict) else None)
        return [self.check(ProcessStep, entry, step) for step in steps]

    def _fill(self, entry: _Entry, key: str, value: Any) -> Any:
        """The value with shared texts in place of their ids."""
        if key in _TEXT_FIELDS and isinstance(value, str):
            return self._texts[self._pages.find("texts", value, entry).id]
        if key in _TEXT_FIELDS and isinstance(value, dict):
            return self._text(entry, value)
        if isinstance(value, dict):
            return {name: self._fill(entry, name, inner) for name, inner in value.items()}
        return [self._fill(entry, key, inner) for inner in value] if isinstance(value, list) else value

    def _text(self, entry: _Entry, value: object) -> LocalText:
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


def _joined(record: Record, more: Record) -> Record:
    """`record` with what `more` adds: lists grow, without doubles; single values stay."""
    joined = {**more, **record}
    for key in record.keys() & more.keys():
        if isinstance(record[key], list) and isinstance(more[key], list):
            joined[key] = record[key] + [value for value in more[key] if value not in record[key]]
    return joined


def _refuse_unknown_keys(entry: _Entry, known: set[str]) -> None:
    for key in entry.record.keys() - known - {"id"}:
        entry.refuse(f'unknown key "{key}"{nearest(key, known)}')


def _list_of(entry: _Entry, value: object) -> list[Any]:
    if not isinstance(value, list):
        entry.refuse(f"a list is expected where {str(value)[:40]!r} stands")
    return value
