"""The central approval API, version 1: the wire models shared by the kiosk's client and the reference service.

Errors are problem+json (RFC 9457) with `type` = "/problems/<code>". POSTs that create something carry an
`Idempotency-Key`; the service answers a repeated key as it answered the first time, for at least 30 days.
Kiosks authenticate with `Authorization: Bearer <credential>`. All times are RFC 3339 with an offset.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool

from kiosk.texts import LocalText
from kiosk.ticket_state import TicketState

API = "/v1"

GZIP_SUFFIX = "-gzip"
"""The catalogue's version is its ETag without quotes; the ETag of its gzip representation ends in this."""

Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9._:-]{8,128}$")]
"""An Idempotency-Key."""


def _written(value: object) -> object:
    """Numbers, and strings that are numbers, would be taken for seconds since 1970."""
    if isinstance(value, datetime) or (isinstance(value, str) and "T" in value.upper().replace(" ", "T")):
        return value
    raise ValueError("expected a time as RFC 3339 writes it")


Moment = Annotated[AwareDatetime, BeforeValidator(_written)]
"""A time with an offset (RFC 3339), and nothing that only might be one."""
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A JSON number: no string, no true."""


class Wire(BaseModel):
    """A frozen wire model; an unknown key is an error on both sides."""

    model_config = ConfigDict(frozen=True, extra="forbid")


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
    uptime_s: Annotated[Number, Field(ge=0)]
    sent_at: Moment
    devices: Annotated[tuple[DeviceReport, ...], Field(max_length=50)] = ()


class HeartbeatAnswer(Wire):
    """The service's clock, the catalogue version it would serve, and the address under which residents reach the public
    pages `/q/<token>` and `/guides/<item id>` (empty: the centre publishes none)."""

    time: Moment
    catalogue_version: str
    public_url: str = ""


class Figure(Wire):
    """Something that was measured or read: `opened`, 12.5, `ms`. `unit` is empty for words and plain numbers."""

    name: Identifier
    value: Number | Annotated[str, Field(max_length=200)]
    unit: Annotated[str, Field(max_length=12)] = ""


class Examined(Wire):
    """A device, or a part of the machine such as the clock: whether it is ready for the day, and what was found.

    `model`: the device's; empty for parts of the machine. `remedies`: what staff can do, as message ids in English.
    `trouble`: what went wrong, for the technician."""

    name: Identifier
    ready: StrictBool
    model: Annotated[str, Field(max_length=64)] = ""
    health: Annotated[str, Field(max_length=20)] = ""
    faults: Annotated[tuple[Identifier, ...], Field(max_length=30)] = ()
    remedies: Annotated[tuple[Annotated[str, Field(max_length=300)], ...], Field(max_length=30)] = ()
    figures: Annotated[tuple[Figure, ...], Field(max_length=60)] = ()
    trouble: Annotated[str, Field(max_length=500)] = ""


class ReadinessReport(Wire):
    """What was found when a kiosk exercised every device it has; once a day, and when a technician asks. Nothing in it
    is personal."""

    station: Identifier
    version: Annotated[str, Field(max_length=40)]
    made_at: Moment
    took_s: Annotated[Number, Field(ge=0, le=86_400)]
    ready: StrictBool
    devices: Annotated[tuple[Examined, ...], Field(max_length=50)] = ()
    machine: Annotated[tuple[Examined, ...], Field(max_length=50)] = ()


class ReadinessReceipt(Wire):
    """The service has kept a readiness report."""

    received_at: Moment


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
    taken_at: Moment
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
