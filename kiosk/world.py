"""What is known of the outside at this moment, as a frozen value: journeys look at it, the runner keeps it current."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING, Protocol

from kiosk.ports.device import ABSENT, Status
from kiosk.ports.scanner import Source
from kiosk.texts import LocalText

if TYPE_CHECKING:
    from kiosk.catalogue.model import Catalogue
    from kiosk.contract.tickets import ServiceQueue


class Hit(Protocol):
    """A search result: "item" or "package", and its id."""

    @property
    def kind(self) -> str:
        """Item or package."""

    @property
    def id(self) -> str:
        """Its id in the catalogue."""


class Index(Protocol):
    """The search over a catalogue."""

    def search(self, query: str, limit: int = 20) -> Sequence[Hit]:
        """The best hits, best first."""


@dataclass(frozen=True)
class OpeningHours:
    """Staffed hours on some weekdays; Monday is 1."""

    days: frozenset[int]
    opens: time
    closes: time


@dataclass(frozen=True)
class Station:
    """Where the kiosk stands and whom to call."""

    hall: LocalText
    enquiry_phone: str
    supervision_phone: str
    languages: tuple[str, ...]
    hours: tuple[OpeningHours, ...] = ()
    public_url: str = ""
    """Where the centre's public pages are reached by phones; empty until the centre is known."""
    place: str = ""
    """The code of the street where it stands (kiosk.cases.places), offered first for addresses; empty: not known."""


@dataclass(frozen=True)
class World:
    """`queues` is None while they are not known; `devices` by name (card_reader, ticket_printer, ...)."""

    station: Station
    catalogue: Catalogue
    now: datetime
    index: Index | None = None
    """None until it is built, a moment after the start."""
    queues: tuple[ServiceQueue, ...] | None = None
    centre_reachable: bool = False
    devices: Mapping[str, Status] = field(default_factory=dict)
    since: Mapping[str, datetime] = field(default_factory=dict)
    """When each device came into the state it is in."""
    scan_sources: tuple[Source, ...] = tuple(Source)
    """Where the scanner takes paper from, as it says itself."""

    def device(self, name: str) -> Status:
        """The state of a device; ABSENT for one that is not fitted."""
        return self.devices.get(name, ABSENT)

    def queue(self, queue_id: str) -> ServiceQueue | None:
        """A queue by its id, while queues are known."""
        return next((queue for queue in self.queues or () if queue.id == queue_id), None)

    def guide_url(self, item_id: str) -> str:
        """The public address of a guide."""
        return f"{self.station.public_url}/guides/{item_id}"

    def ticket_url(self, token: str) -> str:
        """The public address of a ticket's progress."""
        return f"{self.station.public_url}/q/{token}"
