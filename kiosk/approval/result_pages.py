"""The page `/v/<code>`: whoever holds a result document sees whether it is one, and whether it still holds."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from kiosk.approval import page_texts, results
from kiosk.approval.api import ServiceDep
from kiosk.approval.masking import masked
from kiosk.approval.page_frame import Language, page
from kiosk.approval.result_tables import ResultRow
from kiosk.approval.service import Service
from kiosk.texts import LocalText

router = APIRouter(include_in_schema=False)
STATES = {
    results.Validity.VALID: "verify_valid",
    results.Validity.EXPIRED: "verify_expired",
    results.Validity.WITHDRAWN: "verify_withdrawn",
}


@router.get("/v/{code}")
def verification_page(service: ServiceDep, code: str, language: Language) -> Response:
    """Item, number, masked holder, date, and whether it holds; 404 for a code that no document has."""
    with service.database.reading() as session:
        row = results.by_code(session, code)
    if row is None:
        return page("verify_unknown.html", language, 404, private=True)
    return page("verify.html", language, private=True, **_shown(service, row, language))


def _shown(service: Service, row: ResultRow, language: str) -> dict[str, Any]:
    state = results.validity(row, service.hall.today())
    until = f"{row.valid_until:%Y-%m-%d}" if row.valid_until else page_texts.say("verify_no_end", language)
    return {
        "title": results.text_of(row.title),
        "state": page_texts.say(STATES[state], language),
        "good": state is results.Validity.VALID,
        "sample": service.publication.catalogue.sample,
        "item": _item(service, row),
        "number": row.sub_case,
        "holder": masked(row.holder_name),
        "office": results.text_of(row.office),
        "made_on": f"{row.made_on:%Y-%m-%d}",
        "until": until,
        "code": results.grouped(row.code),
    }


def _item(service: Service, row: ResultRow) -> LocalText:
    item = service.publication.catalogue.by_id.get(row.item)
    return item.title if item else results.text_of(row.title)
