"""Queues and queue tickets."""

from typing import Annotated, Literal

from pydantic import Field

from kiosk.contract.wire import Digest, Identifier, Moment, Problem, Wire
from kiosk.texts import LocalText
from kiosk.ticket_state import TicketState


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


class TicketProblem(Problem):
    """409 /problems/ticket-already-open: this person already has an open ticket in this queue; it is enclosed."""

    type: Literal["/problems/ticket-already-open"]
    ticket: Ticket
