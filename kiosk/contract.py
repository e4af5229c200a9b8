"""The central approval API, version 1: the wire models shared by the kiosk's client and the reference service.

Errors are problem+json (RFC 9457) with `type` = "/problems/<code>". POSTs that create something carry an
`Idempotency-Key`; the service answers a repeated key as it answered the first time, for at least 30 days.
Kiosks authenticate with `Authorization: Bearer <credential>`. All times are RFC 3339 with an offset.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from kiosk.texts import LocalText

API = "/v1"

GZIP_SUFFIX = "-gzip"
"""The catalogue's version is its ETag without quotes; the ETag of its gzip representation ends in this."""

Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9._:-]{8,128}$")]
"""An Idempotency-Key."""


class Wire(BaseModel):
    """A frozen wire model; an unknown key is an error on both sides."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class EnrolmentRequest(Wire):
    """A new kiosk shows the one-time code that an operator gave it."""

    code: Annotated[str, Field(min_length=8, max_length=64)]
    station: Identifier


class Enrolment(Wire):
    """The credential is shown once. `holder_key` (64 hex digits) keys the digests of ID numbers: all kiosks of one
    centre share it, so that one person is one person everywhere, and no ID number leaves the kiosk for a ticket."""

    kiosk_id: Identifier
    credential: str = Field(repr=False)
    holder_key: Digest = Field(repr=False)


class DeviceReport(Wire):
    """One device's state as the kiosk sees it."""

    name: Identifier
    health: Identifier
    faults: tuple[Identifier, ...] = ()


class Heartbeat(Wire):
    """How a kiosk is; sent every minute."""

    version: Annotated[str, Field(max_length=40)]
    uptime_s: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    sent_at: AwareDatetime
    devices: Annotated[tuple[DeviceReport, ...], Field(max_length=50)] = ()


class HeartbeatAnswer(Wire):
    """The service's clock, the catalogue version it would serve, and the address under which residents reach the public
    pages `/q/<token>` and `/guides/<item id>` (empty: the centre publishes none)."""

    time: AwareDatetime
    catalogue_version: str
    public_url: str = ""


class ServiceQueue(Wire):
    """A queue that people take tickets for. `windows` are window numbers; `accepts` item ids, empty for all."""

    id: Identifier
    title: LocalText
    detail: LocalText
    letter: Annotated[str, Field(pattern=r"^[A-Z]$")]
    windows: tuple[int, ...]
    accepts: tuple[Identifier, ...] = ()
    waiting: Annotated[int, Field(ge=0)]
    estimated_wait_s: Annotated[int, Field(ge=0)]
    open: bool


class Queues(Wire):
    """All queues as they are now."""

    queues: tuple[ServiceQueue, ...]


class TicketState(StrEnum):
    """waiting -> called -> served; or given up, or expired at the end of the day."""

    WAITING = "waiting"
    CALLED = "called"
    SERVED = "served"
    GIVEN_UP = "given_up"
    EXPIRED = "expired"


class TicketRequest(Wire):
    """`holder`: HMAC-SHA256 under `holder_key` of the card kind and number, or None for a ticket without a card."""

    queue: Identifier
    holder: Digest | None = None


class Ticket(Wire):
    """A queue ticket. `token` opens the public progress page `/q/<token>` and lets its owner give it up there."""

    id: Identifier
    number: str
    queue: Identifier
    queue_title: LocalText
    windows: tuple[int, ...]
    state: TicketState
    ahead: Annotated[int, Field(ge=0)]
    estimated_wait_s: Annotated[int, Field(ge=0)]
    taken_at: AwareDatetime
    window: int | None = None
    token: str = Field(repr=False)


class Tickets(Wire):
    """The open tickets of one holder, oldest first."""

    tickets: tuple[Ticket, ...]


class Problem(Wire):
    """An error answer (RFC 9457)."""

    model_config = ConfigDict(frozen=True, extra="allow")

    type: str
    title: str
    status: int
    detail: str = ""


class TicketProblem(Problem):
    """409 /problems/ticket-already-open: this person already has an open ticket in this queue; it is enclosed."""

    type: Literal["/problems/ticket-already-open"]
    ticket: Ticket
