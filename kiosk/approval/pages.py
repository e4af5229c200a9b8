"""Public pages for a resident's telephone: a ticket's progress, and guides. Plain HTML, no script, nothing external.

Nobody logs in: a ticket's page opens by the 192 random bits on its slip, and shows nothing about a person.
"""

import math

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from kiosk.approval import page_texts, tickets
from kiosk.approval.api import ServiceDep
from kiosk.approval.page_frame import Language, headers, not_found, page
from kiosk.approval.problems import Refusal
from kiosk.approval.service import Service
from kiosk.contract.tickets import Ticket
from kiosk.texts import LocalText

REFRESH_S = 20
router = APIRouter(include_in_schema=False)


@router.get("/q/{token}")
def ticket_page(service: ServiceDep, token: str, language: Language) -> Response:
    """A ticket as it stands now; the page updates itself while the ticket is open."""
    ticket = _ticket(service, token)
    return not_found(language) if ticket is None else _ticket_page(service, ticket, language)


@router.get("/q/{token}/give-up")
def give_up_page(service: ServiceDep, token: str, language: Language) -> Response:
    """Asks before a ticket is given up."""
    ticket = _ticket(service, token)
    if ticket is None:
        return not_found(language)
    return page("give_up.html", language, private=True, ticket=ticket)


@router.post("/q/{token}/give-up")
def give_up(service: ServiceDep, token: str, language: Language) -> Response:
    """Gives the ticket up and shows it again; harmless when it was given up before."""

    def work(session: Session) -> None:
        tickets.give_up(service.hall, tickets.by_token(session, token, to_change=True))

    try:
        service.database.write(work)
    except Refusal as refusal:
        if refusal.status == 404:
            return not_found(language)
        return _ticket_page(service, _ticket(service, token), language, 409, page_texts.say("closed", language))
    return RedirectResponse(f"../{token}?lang={language}", 303, headers(private=True))


@router.get("/guides/{item_id}")
def guide_page(service: ServiceDep, item_id: str, language: Language) -> Response:
    """The guide of a service item with all nine disclosed fields."""
    catalogue = service.publication.catalogue
    item = catalogue.by_id.get(item_id)
    if item is None:
        return not_found(language)
    partly_chinese = language != "zh_CN" and not _all_in(item, language)
    return page(
        "guide.html",
        language,
        item=item,
        sample=catalogue.sample,
        partly_chinese=partly_chinese,
        fee=f"{item.fee.yuan:g}",
    )


def _ticket(service: Service, token: str) -> Ticket | None:
    with service.database.reading() as session:
        try:
            return tickets.view(session, service.hall, tickets.by_token(session, token))
        except Refusal:
            return None


def _ticket_page(
    service: Service, ticket: Ticket | None, language: str, status: int = 200, notice: str = ""
) -> Response:
    if ticket is None:
        return not_found(language)
    response = page(
        "ticket.html",
        language,
        status,
        private=True,
        ticket=ticket,
        notice=notice,
        minutes=math.ceil(ticket.estimated_wait_s / 60),
        taken_at=f"{ticket.taken_at:%Y-%m-%d %H:%M}",
    )
    if ticket.state in ("waiting", "called"):
        response.headers["Refresh"] = str(REFRESH_S)
    return response


def _all_in(value: object, language: str) -> bool:
    if isinstance(value, LocalText):
        return value.has(language)
    if isinstance(value, BaseModel):
        return all(_all_in(getattr(value, name), language) for name in type(value).model_fields)
    return all(_all_in(part, language) for part in value) if isinstance(value, tuple) else True
