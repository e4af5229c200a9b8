"""Endpoints about queues and tickets."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Response
from sqlalchemy.orm import Session

from kiosk.approval import tickets
from kiosk.approval.api import AUTHENTICATED, WITH_BODY, KioskDep, ServiceDep, refuses
from kiosk.approval.idempotency import Answer, answer_once
from kiosk.approval.problems import MEDIA_TYPE, Refusal
from kiosk.approval.service import Service
from kiosk.contract.tickets import Queues, Ticket, TicketProblem, TicketRequest, Tickets
from kiosk.contract.wire import API, Digest, Identifier, Key, Problem

router = APIRouter(prefix=API, tags=["tickets"])

_TAKE_ANSWERS: dict[int | str, dict[str, Any]] = {
    **refuses(404, *AUTHENTICATED, *WITH_BODY),
    409: {
        "model": TicketProblem | Problem,
        "description": "ticket-already-open (the ticket is enclosed) or queue-closed.",
    },
}


@router.get("/queues", responses=refuses(*AUTHENTICATED))
def queues(service: ServiceDep, _kiosk: KioskDep, response: Response) -> Queues:
    """All queues with how many wait and how long a newcomer would."""
    response.headers["Cache-Control"] = "no-store"
    with service.database.reading() as session:
        return Queues(queues=tickets.queues(session, service.hall, service.publication.catalogue))


@router.post("/tickets", status_code=201, response_model=Ticket, responses=_TAKE_ANSWERS)
def take(
    body: TicketRequest,
    service: ServiceDep,
    kiosk: KioskDep,
    idempotency_key: Annotated[Key, Header(description="Made once per wish; the same key gets the same answer.")],
) -> Response:
    """Take a ticket exactly once per Idempotency-Key; keys are remembered for more than 30 days."""
    answer = service.database.write(lambda session: _take_once(session, service, body, kiosk, idempotency_key))
    headers = {"Cache-Control": "no-store", "Idempotency-Replayed": str(answer.repeated).lower()}
    media_type = "application/json" if answer.status < 400 else MEDIA_TYPE
    return Response(answer.body, answer.status, headers, media_type)


def _take_once(session: Session, service: Service, body: TicketRequest, kiosk: str, key: str) -> Answer:
    def work() -> Answer:
        try:
            ticket = tickets.take(session, service.hall, body, kiosk)
        except Refusal as refusal:
            return Answer(refusal.status, refusal.json())
        return Answer(201, ticket.model_dump_json())

    return answer_once(session, kiosk, key, body, service.hall.now(), work)


@router.get("/tickets", responses=refuses(422, *AUTHENTICATED))
def open_tickets(
    service: ServiceDep, _kiosk: KioskDep, holder: Annotated[Digest, Query()], response: Response
) -> Tickets:
    """Today's open tickets of one person, by digest."""
    response.headers["Cache-Control"] = "no-store"
    with service.database.reading() as session:
        return Tickets(tickets=tickets.open_tickets(session, service.hall, holder))


@router.get("/tickets/{ticket_id}", responses=refuses(404, 422, *AUTHENTICATED))
def ticket(
    service: ServiceDep, _kiosk: KioskDep, ticket_id: Annotated[Identifier, Path()], response: Response
) -> Ticket:
    """A ticket as it stands now."""
    response.headers["Cache-Control"] = "no-store"
    with service.database.reading() as session:
        return tickets.view(session, service.hall, tickets.find(session, ticket_id))


@router.post("/tickets/{ticket_id}/give-up", responses=refuses(404, 409, 422, *AUTHENTICATED))
def give_up(
    service: ServiceDep, _kiosk: KioskDep, ticket_id: Annotated[Identifier, Path()], response: Response
) -> Ticket:
    """Give a ticket up; giving up twice is harmless. 409 ticket-closed when it was served or its day is over."""
    response.headers["Cache-Control"] = "no-store"

    def work(session: Session) -> Ticket:
        row = tickets.find(session, ticket_id, to_change=True)
        tickets.give_up(service.hall, row)
        return tickets.view(session, service.hall, row)

    return service.database.write(work)
