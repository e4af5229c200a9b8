"""Endpoints about cases."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from kiosk.approval import case_views, cases
from kiosk.approval.api import AUTHENTICATED, WITH_BODY, KioskDep, ServiceDep, refuses
from kiosk.approval.case_tables import CaseRow
from kiosk.approval.idempotency import Answer, answer_letter
from kiosk.approval.problems import Refusal
from kiosk.approval.service import Service
from kiosk.contract.cases import (
    CaseList,
    CaseLookup,
    CaseReceipt,
    CaseRequest,
    CaseView,
    MaterialsMissing,
    SupplementRequest,
    Token,
)
from kiosk.contract.wire import API, Digest, Key, Problem

router = APIRouter(prefix=API, tags=["cases"])
KeyHeader = Annotated[Key, Header(description="Made once per wish; the same key gets the same answer.")]
TokenPath = Annotated[Token, Path()]
HANDED_IN = " Or already-handed-in: another case was begun as the same draft."
Work = Callable[[Session], BaseModel]


def lacks_files(also: str = "") -> dict[int | str, dict[str, Any]]:
    """The documented 409 of whatever names files."""
    said = "materials-missing: files that must be uploaded first; they are named." + also
    return {409: {"model": MaterialsMissing | Problem, "description": said}}


def keyed(service: Service, address: str, key: str, body: BaseModel, status: int, work: Work) -> Response:
    """Do `work` once per key. `address`: what it is for. A refusal is not remembered: what was missing may be there the next
    time."""

    def once(session: Session) -> Answer:
        return answer_letter(
            session, key, address, body, service.hall.now(), lambda: Answer(status, work(session).model_dump_json())
        )

    answer = service.database.write(once)
    headers = {"Cache-Control": "no-store", "Idempotency-Replayed": str(answer.repeated).lower()}
    return Response(answer.body, answer.status, headers, "application/json")


@router.post(
    "/cases",
    status_code=201,
    response_model=CaseReceipt,
    responses={**refuses(*AUTHENTICATED, *WITH_BODY), **lacks_files(HANDED_IN)},
)
def submit_case(body: CaseRequest, service: ServiceDep, kiosk: KioskDep, idempotency_key: KeyHeader) -> Response:
    """Hand in a case exactly once per Idempotency-Key. 422 says what is unknown, or all that is missing (`incomplete`)."""
    return keyed(service, "case", idempotency_key, body, 201, lambda s: cases.submit(s, service.centre, body, kiosk))


@router.get("/cases", responses=refuses(422, *AUTHENTICATED))
def cases_of(service: ServiceDep, _kiosk: KioskDep, holder: Annotated[Digest, Query()], response: Response) -> CaseList:
    """All cases of one person, by digest, newest first."""
    response.headers["Cache-Control"] = "no-store"
    with service.database.reading() as session:
        rows = cases.of_holder(session, holder)
        return CaseList(cases=tuple(case_views.view(session, service.centre, row) for row in rows))


@router.post("/cases/lookup", responses=refuses(404, 429, *AUTHENTICATED, *WITH_BODY))
def case_by_number(body: CaseLookup, service: ServiceDep, kiosk: KioskDep, response: Response) -> CaseView:
    """A case by its number; 404 no-such-case whichever of number and telephone is wrong, 429 after many tries."""
    response.headers["Cache-Control"] = "no-store"
    service.lookups.check(kiosk)
    try:
        with service.database.reading() as session:
            return case_views.view(session, service.centre, cases.by_number(session, body.number, body.phone4))
    except Refusal:
        service.lookups.wrong(kiosk)
        raise


@router.get("/cases/by-token/{token}", responses=refuses(404, 422, *AUTHENTICATED))
def case_by_token(service: ServiceDep, _kiosk: KioskDep, token: TokenPath, response: Response) -> CaseView:
    """The case of a receipt."""
    response.headers["Cache-Control"] = "no-store"
    with service.database.reading() as session:
        return case_views.view(session, service.centre, cases.by_token(session, token))


@router.post(
    "/cases/by-token/{token}/supplements",
    response_model=CaseView,
    responses={**refuses(404, *AUTHENTICATED, *WITH_BODY), **lacks_files(" Or nothing-asked.")},
)
def supplement_case(
    body: SupplementRequest, service: ServiceDep, kiosk: KioskDep, token: TokenPath, idempotency_key: KeyHeader
) -> Response:
    """Hand in what was asked for, exactly once per Idempotency-Key."""

    def work(session: Session) -> CaseView:
        row = cases.by_token(session, token, to_change=True)
        cases.supplement(session, service.centre, row, body, kiosk)
        return _seen(session, service, row)

    return keyed(service, f"supplement {token}", idempotency_key, body, 200, work)


@router.post("/cases/by-token/{token}/withdraw", responses=refuses(404, 409, 422, *AUTHENTICATED))
def withdraw_case(service: ServiceDep, kiosk: KioskDep, token: TokenPath, response: Response) -> CaseView:
    """Withdraw a case; twice is harmless. 409 case-closed when it is decided."""
    response.headers["Cache-Control"] = "no-store"

    def work(session: Session) -> CaseView:
        row = cases.by_token(session, token, to_change=True)
        cases.withdraw(session, service.hall, row, kiosk)
        return _seen(session, service, row)

    return service.database.write(work)


def _seen(session: Session, service: Service, row: CaseRow) -> CaseView:
    session.flush()
    return case_views.view(session, service.centre, row)
