"""What happens while materials are handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.events.model import Event

if TYPE_CHECKING:
    from kiosk.cases.model import Sheet


@dataclass(frozen=True, repr=False)
class PhonePageOpened(Event):
    """The telephone's page is at this address until then (this process's monotonic clock)."""

    url: str
    ends_at: float


@dataclass(frozen=True)
class PhoneJoined(Event):
    """A telephone has opened the page."""


@dataclass(frozen=True, repr=False)
class PhonePages(Event):
    """A file came from the telephone: its pages, as pictures."""

    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class PhoneFileUnreadable(Event):
    """A file came from the telephone that no picture could be made of."""


@dataclass(frozen=True)
class PhonePageEnded(Event):
    """Its time is over."""


@dataclass(frozen=True, repr=False)
class TextRead(Event):
    """What was read on a page, by what it may be: "credit_code", "name", "date", ...; to be offered, never imposed."""

    incidental = True
    found: Mapping[str, str] = field(default_factory=dict)
