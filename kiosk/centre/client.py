"""The central approval service over HTTP: `kiosk.ports.centre.Centre` for a real address.

JSON becomes the contract's models here and nowhere else; an answer that does not fit is
CentreRefused("not-understood"), so no screen ever meets a KeyError.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from pydantic import ValidationError

from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.source import parse_catalogue
from kiosk.centre.answers import not_understood, read
from kiosk.centre.client_cases import CaseCalls
from kiosk.centre.http import TIMEOUTS, Answer, Line, Timeouts, problem_of
from kiosk.contract.kiosks import DeviceReport, Enrolment, EnrolmentRequest, Heartbeat, HeartbeatAnswer
from kiosk.contract.readiness import ReadinessReceipt, ReadinessReport
from kiosk.contract.tickets import Queues, ServiceQueue, Ticket, TicketProblem, TicketRequest, Tickets
from kiosk.contract.wire import API, GZIP_SUFFIX
from kiosk.errors import CentreRefused
from kiosk.ports.centre import TicketTaken


class HttpCentre(CaseCalls):
    """The centre at `url`. May be used by several threads; every call has time-outs, no POST is ever repeated."""

    def __init__(
        self,
        url: str,
        credential: str,
        *,
        version: str,
        timeouts: Timeouts = TIMEOUTS,
        ca_file: str | None = None,
    ) -> None:
        """Raises SettingsError for plain http beyond this machine. `version`: this program's, for heartbeats."""
        super().__init__(Line(url, {"Authorization": f"Bearer {credential}"}, timeouts, ca_file))
        self._version = version

    def catalogue(self, known_version: str | None) -> tuple[str, Catalogue] | None:
        """(version, catalogue), or None when `known_version` is still current. Raises CatalogueError too."""
        headers = {"If-None-Match": f'"{known_version}"'} if known_version else {}
        answer = self._line.get(f"{API}/catalogue", headers=headers)
        if answer.status == 304:
            return None
        return _version_of(answer.headers), parse_catalogue(answer.body)

    def queues(self) -> tuple[ServiceQueue, ...]:
        """All queues with their length now."""
        return read(Queues, self._line.get(f"{API}/queues")).queues

    def take_ticket(self, queue: str, holder: str | None, key: str) -> TicketTaken:
        """Take a ticket exactly once per `key`; after CentreUnreachable the same call with the same key is safe."""
        body = TicketRequest(queue=queue, holder=holder).model_dump_json().encode()
        answer = self._line.post(f"{API}/tickets", body, {"Idempotency-Key": key})
        if answer.status == 409:
            return TicketTaken(_already_open(answer), already_open=True)
        return TicketTaken(read(Ticket, answer))

    def open_tickets(self, holder: str) -> tuple[Ticket, ...]:
        """The waiting or called tickets of this holder digest."""
        return read(Tickets, self._line.get(f"{API}/tickets", {"holder": holder})).tickets

    def ticket(self, ticket_id: str) -> Ticket:
        """A ticket as it stands now."""
        return read(Ticket, self._line.get(f"{API}/tickets/{quote(ticket_id, safe='')}"))

    def give_up_ticket(self, ticket_id: str) -> Ticket:
        """Give a ticket up; twice is harmless. CentreRefused("ticket-closed") when it was served or expired."""
        return read(Ticket, self._line.post(f"{API}/tickets/{quote(ticket_id, safe='')}/give-up"))

    def heartbeat(self, uptime_s: float, devices: tuple[DeviceReport, ...]) -> HeartbeatAnswer:
        """Say how this kiosk is."""
        beat = Heartbeat(version=self._version, uptime_s=uptime_s, sent_at=datetime.now(UTC), devices=devices)
        return read(HeartbeatAnswer, self._line.post(f"{API}/heartbeats", beat.model_dump_json().encode()))

    def report_readiness(self, report: ReadinessReport, key: str) -> None:
        """Hand in a readiness report exactly once per `key`; the same call with the same key is safe at any time."""
        body = report.model_dump_json().encode()
        read(ReadinessReceipt, self._line.post(f"{API}/readiness-reports", body, {"Idempotency-Key": key}))

    def close(self) -> None:
        """Close every connection."""
        self._line.close()


def enrol(url: str, code: str, station: str, *, timeouts: Timeouts = TIMEOUTS, ca_file: str | None = None) -> Enrolment:
    """Trade a one-time code for a credential, once. Raises SettingsError (address), CentreForbidden (the code is not
    accepted), CentreBusy (too many wrong codes), CentreUnreachable, CentreRefused."""
    line = Line(url, {}, timeouts, ca_file)
    try:
        body = EnrolmentRequest(code=code, station=station).model_dump_json().encode()
        return read(Enrolment, line.post(f"{API}/enrolments", body))
    except ValidationError as error:
        raise CentreRefused("invalid-request", "the code or the station's name is not well formed") from error
    finally:
        line.close()


def _already_open(answer: Answer) -> Ticket:
    code, detail = problem_of(answer)
    if code != "ticket-already-open":
        raise CentreRefused(code, detail)
    try:
        return TicketProblem.model_validate_json(answer.body).ticket
    except ValidationError as error:
        raise not_understood(error) from error


def _version_of(headers: Mapping[str, str]) -> str:
    version = headers.get("ETag", "").removeprefix("W/").strip('"').removesuffix(GZIP_SUFFIX)
    if not version:
        raise CentreRefused("not-understood", "the centre's catalogue has no ETag")
    return version
