"""Public pages for a resident's telephone: a ticket's progress, and guides. Plain HTML, no script, nothing external.

Nobody logs in: a ticket's page opens by the 192 random bits on its slip, and shows nothing about a person.
"""

import base64
import hashlib
import math
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup
from pydantic import BaseModel
from sqlalchemy.orm import Session

from kiosk.approval import page_texts, tickets
from kiosk.approval.api import ServiceDep
from kiosk.approval.problems import Refusal
from kiosk.approval.service import Service
from kiosk.contract.tickets import Ticket
from kiosk.texts import LocalText

TEMPLATES = Path(__file__).parent / "templates"
REFRESH_S = 20
router = APIRouter(include_in_schema=False)


def _language(
    lang: Annotated[str | None, Query(max_length=20)] = None,
    accept_language: Annotated[str, Header(max_length=400)] = "",
) -> str:
    return page_texts.choose_language(lang, accept_language)


Language = Annotated[str, Depends(_language)]


@router.get("/q/{token}")
def ticket_page(service: ServiceDep, token: str, language: Language) -> Response:
    """A ticket as it stands now; the page updates itself while the ticket is open."""
    ticket = _ticket(service, token)
    return _not_found(language) if ticket is None else _ticket_page(service, ticket, language)


@router.get("/q/{token}/give-up")
def give_up_page(service: ServiceDep, token: str, language: Language) -> Response:
    """Asks before a ticket is given up."""
    ticket = _ticket(service, token)
    if ticket is None:
        return _not_found(language)
    return _page("give_up.html", language, private=True, ticket=ticket)


@router.post("/q/{token}/give-up")
def give_up(service: ServiceDep, token: str, language: Language) -> Response:
    """Gives the ticket up and shows it again; harmless when it was given up before."""

    def work(session: Session) -> None:
        tickets.give_up(service.hall, tickets.by_token(session, token, to_change=True))

    try:
        service.database.write(work)
    except Refusal as refusal:
        if refusal.status == 404:
            return _not_found(language)
        return _ticket_page(service, _ticket(service, token), language, 409, page_texts.say("closed", language))
    return RedirectResponse(f"../{token}?lang={language}", 303, _headers(private=True))


@router.get("/guides/{item_id}")
def guide_page(service: ServiceDep, item_id: str, language: Language) -> Response:
    """The guide of a service item with all nine disclosed fields."""
    catalogue = service.publication.catalogue
    item = catalogue.by_id.get(item_id)
    if item is None:
        return _not_found(language)
    partly_chinese = language != "zh_CN" and not _all_in(item, language)
    return _page(
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
        return _not_found(language)
    response = _page(
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


def _not_found(language: str) -> Response:
    return _page("not_found.html", language, 404, private=True)


def _page(template: str, language: str, status: int = 200, *, private: bool = False, **values: Any) -> HTMLResponse:
    html = (
        _environment()
        .get_template(template)
        .render(
            values,
            language=language,
            style=Markup(_style()),  # noqa: S704 (our own file)
            languages=[(code, page_texts.say("language_name", code)) for code in page_texts.LANGUAGES],
            tag=lambda code: page_texts.say("language_tag", code),
            say=lambda name, **parts: page_texts.say(name, language, **parts),
            local=lambda text: text.in_language(language),
        )
    )
    headers = {"Content-Language": page_texts.say("language_tag", language), "Vary": "Accept-Language"}
    return HTMLResponse(html, status, headers | _headers(private=private))


def _headers(*, private: bool) -> dict[str, str]:
    style = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return {
        "Cache-Control": "no-store" if private else "public, max-age=300",
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{style}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
    }


@cache
def _style() -> str:
    return (TEMPLATES / "style.css").read_text(encoding="utf-8").strip()


@cache
def _environment() -> Any:
    # Imported when the first page is asked for: a kiosk's own service may never be.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def _all_in(value: object, language: str) -> bool:
    if isinstance(value, LocalText):
        return value.has(language)
    if isinstance(value, BaseModel):
        return all(_all_in(getattr(value, name), language) for name in type(value).model_fields)
    return all(_all_in(part, language) for part in value) if isinstance(value, tuple) else True
