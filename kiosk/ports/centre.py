"""The central approval service, in the kiosk's words: guides, queues and tickets here, cases in `case_centre`."""

from dataclasses import dataclass
from typing import Protocol

from kiosk.catalogue.model import Catalogue
from kiosk.contract.kiosks import DeviceReport, HeartbeatAnswer
from kiosk.contract.readiness import ReadinessReport
from kiosk.contract.tickets import ServiceQueue, Ticket
from kiosk.ports.case_centre import CaseCentre


@dataclass(frozen=True)
class TicketTaken:
    """A ticket; `already_open` when this person had one in this queue and was given that one again."""

    ticket: Ticket
    already_open: bool = False


class Centre(CaseCentre, Protocol):
    """Blocking calls with time-outs. Every method raises CentreUnreachable, CentreBusy, CentreRefused or CentreForbidden."""

    def catalogue(self, known_version: str | None) -> tuple[str, Catalogue] | None:
        """(version, catalogue), or None when `known_version` (an ETag) is still current. Raises CatalogueError too."""

    def queues(self) -> tuple[ServiceQueue, ...]:
        """All queues with their length now."""

    def take_ticket(self, queue: str, holder: str | None, key: str) -> TicketTaken:
        """Take a ticket exactly once per `key`; after CentreUnreachable the same call with the same key is safe."""

    def open_tickets(self, holder: str) -> tuple[Ticket, ...]:
        """The waiting or called tickets of this holder digest."""

    def ticket(self, ticket_id: str) -> Ticket:
        """A ticket as it stands now."""

    def give_up_ticket(self, ticket_id: str) -> Ticket:
        """Give a ticket up; giving up twice is harmless. CentreRefused("ticket-closed") when it was served or expired."""

    def heartbeat(self, uptime_s: float, devices: tuple[DeviceReport, ...]) -> HeartbeatAnswer:
        """Say how this kiosk is."""

    def report_readiness(self, report: ReadinessReport, key: str) -> None:
        """Hand in a readiness report exactly once per `key`; the same call with the same key is safe at any time."""
