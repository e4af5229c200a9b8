"""Endpoints about result documents: a print is asked for, fetched, and reported."""

from typing import Annotated

from fastapi import APIRouter, Header, Path, Response
from fastapi.responses import StreamingResponse
from sqlalchemy.orm import Session

from kiosk.approval import prints, results
from kiosk.approval.api import AUTHENTICATED, WITH_BODY, KioskDep, ServiceDep, refuses
from kiosk.approval.idempotency import Answer, answer_once
from kiosk.approval.problems import MEDIA_TYPE, Refusal
from kiosk.approval.service import Service
from kiosk.contract.results import PrintGrant, PrintReport, PrintWish
from kiosk.contract.wire import API, Identifier, Key

router = APIRouter(prefix=API, tags=["results"])
PrintPath = Annotated[Identifier, Path()]


class _Wish(PrintWish):
    """What an Idempotency-Key stands for: the wish, and the result it is about."""

    result: str


@router.post(
    "/results/{result}/prints",
    status_code=201,
    response_model=PrintGrant,
    responses=refuses(404, 409, *AUTHENTICATED, *WITH_BODY),
)
def ask_for_print(
    result: Annotated[Identifier, Path()],
    body: PrintWish,
    service: ServiceDep,
    kiosk: KioskDep,
    idempotency_key: Annotated[Key, Header(description="Made once per wish; the same key gets the same answer.")],
) -> Response:
    """Leave to print a result once. 404 no-such-result; 409 not-printable, no-prints-left."""
    _prepare(service, result, body.token)
    wish = _Wish(token=body.token, result=result)
    answer = service.database.write(lambda session: _grant_once(session, service, wish, kiosk, idempotency_key))
    headers = {"Cache-Control": "no-store", "Idempotency-Replayed": str(answer.repeated).lower()}
    return Response(answer.body, answer.status, headers, "application/json" if answer.status < 400 else MEDIA_TYPE)


def _prepare(service: Service, result: str, token: str) -> None:
    """Refuse who may not, and set the document: outside the transaction, for it takes a while."""
    with service.database.reading() as session:
        row = prints.permitted(session, result, token)
        session.expunge(row)
    catalogue = service.publication.catalogue
    item = catalogue.by_id.get(row.item)
    title = item.title if item else results.text_of(row.title)  # an item may have left the catalogue since
    results.ensure_pdf(service.files, row, title, service.public_url, catalogue.sample)


def _grant_once(session: Session, service: Service, wish: _Wish, kiosk: str, key: str) -> Answer:
    now = service.hall.now()

    def work() -> Answer:
        try:
            grant = prints.grant(session, wish.result, kiosk, service.prints_per_result, now)
        except Refusal as refusal:
            return Answer(refusal.status, refusal.json())
        return Answer(201, grant.model_dump_json())

    return answer_once(session, kiosk, key, wish, now, work)


_PDF = {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}


@router.get(
    "/prints/{print_id}/pdf",
    response_class=Response,
    responses={200: {"content": _PDF, "description": "The document."}, **refuses(404, 409, 422, *AUTHENTICATED)},
)
def print_pdf(print_id: PrintPath, service: ServiceDep, kiosk: KioskDep) -> Response:
    """The document of a granted print, for a day or until its end is reported; 409 print-ended."""
    now = service.hall.now()
    digest = service.database.write(lambda session: prints.document_of(session, print_id, kiosk, now))
    row, pieces = service.files.content(digest)
    headers = {"Content-Length": str(row.size), "Cache-Control": "no-store"}
    return StreamingResponse(pieces, headers=headers, media_type=row.media_type)


@router.post("/prints/{print_id}/report", status_code=204, responses=refuses(404, *AUTHENTICATED, *WITH_BODY))
def report_print(print_id: PrintPath, body: PrintReport, service: ServiceDep, kiosk: KioskDep) -> None:
    """How a print ended; the first report holds, telling it again is harmless."""
    now = service.hall.now()
    service.database.write(lambda session: prints.report(session, print_id, kiosk, body.end, now))
