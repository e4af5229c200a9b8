"""The offices: a front desk, back offices by group of items, and the window that hands out. Read from a TOML file."""

import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kiosk.catalogue.model import Catalogue
from kiosk.contract.wire import Identifier
from kiosk.errors import SettingsError
from kiosk.texts import LocalText

OFFICES = Path(__file__).parents[2] / "config" / "approval" / "offices.toml"
FRONT_DESK = "front-desk"
ISSUING = "issuing"


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Desk(_Read):
    """A place in the hall."""

    title: LocalText
    window: Annotated[int, Field(ge=1, le=999)]


class Office(_Read):
    """A back office; without `groups` it decides whatever no other does."""

    id: Identifier
    title: LocalText
    groups: tuple[Identifier, ...] = ()


class OfficeBook(_Read):
    """All offices of one centre. `keeps`: ids of materials that are on file once a case with them was granted."""

    keeps: tuple[Identifier, ...] = ()
    front_desk: Desk
    issuing: Desk
    office: Annotated[tuple[Office, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _every_group_has_one(self) -> "OfficeBook":
        ids = [FRONT_DESK, ISSUING, *(office.id for office in self.office)]
        groups = [group for office in self.office for group in office.groups]
        for what, names in (("office", ids), ("group", groups)):
            twice = next((name for name in names if names.count(name) > 1), None)
            if twice:
                raise ValueError(f"the {what} {twice!r} is there twice")
        if sum(not office.groups for office in self.office) != 1:
            raise ValueError("one office, and one only, has no groups: it decides what no other does")
        return self

    @cached_property
    def _by_group(self) -> Mapping[str, str]:
        return {group: office.id for office in self.office for group in office.groups}

    @cached_property
    def _titles(self) -> Mapping[str, LocalText]:
        desks = {FRONT_DESK: self.front_desk.title, ISSUING: self.issuing.title}
        return desks | {office.id: office.title for office in self.office}

    def deciding(self, group: str) -> str:
        """The id of the office that decides the items of a group."""
        rest = next(office.id for office in self.office if not office.groups)
        return self._by_group.get(group, rest)

    def title(self, office: str) -> LocalText:
        """What an office is called; one that the file no longer has, by its id."""
        return self._titles.get(office) or LocalText({"zh_CN": office})

    def unknown_to(self, catalogue: Catalogue) -> tuple[str, ...]:
        """Groups and materials that the file names and the catalogue does not have."""
        known = {group.id for group in catalogue.groups}
        known |= {material.id for item in catalogue.items for material in item.materials}
        return tuple(name for name in (*self._by_group, *self.keeps) if name not in known)


def load_offices(path: Path = OFFICES) -> OfficeBook:
    """Read an offices file. Raises SettingsError naming the file and the key."""
    try:
        return OfficeBook.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: is not TOML ({error})") from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ", ".join(str(part) for part in first["loc"])
        raise SettingsError(f"{path}: {place + ': ' if place else ''}{first['msg']}") from error
