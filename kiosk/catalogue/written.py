"""The pages of a catalogue as written: every record with the file it stands in, found by table and id."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from kiosk.catalogue.complaints import nearest
from kiosk.errors import CatalogueError

Record: TypeAlias = dict[str, Any]
TABLES = {
    "texts": "text",
    "materials": "material",
    "processes": "process",
    "choices": "list of choices",
    "fields": "field",
    "questions": "question",
    "kinds": "kind",
    "groups": "group",
    "items": "item",
    "packages": "package",
}
"""The tables of a catalogue, and what a record of each is called."""
HEAD = {"title", "sample"}


@dataclass(frozen=True)
class Entry:
    """One record as written, with the file it stands in."""

    file: str
    kind: str
    id: str
    value: Any

    def refuse(self, said: str) -> NoReturn:
        """Raises CatalogueError: in which file, about which record, and what."""
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
class Pages:
    """All files of a folder, read and joined."""

    head: Record = field(default_factory=dict)
    tables: dict[str, dict[str, Entry]] = field(default_factory=lambda: {name: {} for name in TABLES})

    def table(self, name: str) -> list[Entry]:
        """The records of a table in the order of files."""
        return list(self.tables[name].values())

    def find(self, name: str, wanted: str, asker: Entry) -> Entry:
        """The entry that `asker` refers to; CatalogueError where there is none."""
        entry = self.tables[name].get(wanted) if isinstance(wanted, str) else None
        if entry is None:
            asker.refuse(f'there is no {TABLES[name]} "{wanted}"{nearest(str(wanted), self.tables[name])}')
        return entry

    def add(self, file: str, page: Record) -> None:
        """What one file says."""
        for key, value in page.items():
            if key in HEAD:
                self.head[key] = value
            elif key in TABLES and isinstance(value, dict):
                self._add_table(file, key, value)
            else:
                raise CatalogueError(f'{file}: unknown key "{key}"{nearest(key, HEAD | set(TABLES))}.')

    def _add_table(self, file: str, name: str, table: Record) -> None:
        for key, value in table.items():
            entry = Entry(file, TABLES[name], key, value)
            if key in self.tables[name]:
                entry.refuse(f"it is also in {self.tables[name][key].file}")
            self.tables[name][key] = entry


def read(path: Path) -> Pages:
    """All .toml files of a folder; CatalogueError where there are none, or one cannot be read."""
    pages = Pages()
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


def list_of(entry: Entry, value: object) -> list[Any]:
    """The value, refused where it is no list."""
    if not isinstance(value, list):
        entry.refuse(f"a list is expected where {str(value)[:40]!r} stands")
    return value


def refuse_unknown_keys(entry: Entry, record: Record, known: set[str]) -> None:
    """CatalogueError for a key that no such record has."""
    for key in record.keys() - known - {"id"}:
        entry.refuse(f'unknown key "{key}"{nearest(key, known)}')
