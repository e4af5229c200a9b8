"""Endpoints about kiosks: enrolment, catalogue, heartbeat, health."""

from typing import Annotated, Literal

from fastapi import APIRouter, Header, Request, Response
from sqlalchemy import text
from sqlalchemy.orm import Session

from kiosk.approval import enrolment, readiness
from kiosk.approval.api import AUTHENTICATED, WITH_BODY, KioskDep, ServiceDep, refuses
from kiosk.approval.problems import Refusal
from kiosk.approval.tables import HeartbeatRow
from kiosk.catalogue.model import Catalogue
from kiosk.contract.kiosks import Enrolment, EnrolmentRequest, Heartbeat, HeartbeatAnswer
from kiosk.contract.readiness import ReadinessReceipt, ReadinessReport
from kiosk.contract.wire import API, Key, Wire

router = APIRouter()


class Healthy(Wire):
    """The service and its database answer."""

    status: Literal["ok"] = "ok"


@router.get("/healthz", tags=["service"], responses=refuses(503))
def health(service: ServiceDep) -> Healthy:
    """Whether the service can do its work."""
    with service.database.reading() as session:
        session.execute(text("SELECT 1"))
    return Healthy()


@router.post(f"{API}/enrolments", status_code=201, tags=["kiosks"], responses=refuses(403, 429, 503, *WITH_BODY))
def enrol(body: EnrolmentRequest, request: Request, response: Response, service: ServiceDep) -> Enrolment:
    """Trade a one-time code for a credential, which is shown this once."""
    address = request.client.host if request.client else "unknown"
    service.throttle.check(address)
    response.headers["Cache-Control"] = "no-store"
    try:
        return service.database.write(lambda session: enrolment.enrol(session, body, service.hall.now()))
    except Refusal:
        service.throttle.wrong(address)
        raise


@router.get(
    f"{API}/catalogue",
    tags=["catalogue"],
    response_model=Catalogue,
    responses={304: {"description": "The catalogue is the one you know."}, **refuses(*AUTHENTICATED)},
)
def catalogue(
    service: ServiceDep,
    _kiosk: KioskDep,
    if_none_match: Annotated[str, Header()] = "",
    accept_encoding: Annotated[str, Header(include_in_schema=False)] = "",
) -> Response:
    """The published catalogue, with a strong ETag; gzip where the kiosk welcomes it."""
    return service.publication.answer(if_none_match, accept_encoding)


@router.post(f"{API}/heartbeats", tags=["kiosks"], responses=refuses(*AUTHENTICATED, *WITH_BODY))
def heartbeat(body: Heartbeat, service: ServiceDep, kiosk: KioskDep) -> HeartbeatAnswer:
    """Say how a kiosk is; the last word counts."""
    now = service.hall.now()

    def keep(session: Session) -> None:
        row = session.get(HeartbeatRow, kiosk) or HeartbeatRow(kiosk_id=kiosk)
        row.received_at, row.body = now, body.model_dump_json()
        session.add(row)

    service.database.write(keep)
    return HeartbeatAnswer(time=now, catalogue_version=service.publication.version, public_url=service.public_url)


@router.post(
    f"{API}/readiness-reports",
    status_code=201,
    response_model=ReadinessReceipt,
    tags=["kiosks"],
    responses=refuses(*AUTHENTICATED, *WITH_BODY),
)
def report_readiness(
    body: ReadinessReport,
    service: ServiceDep,
    kiosk: KioskDep,
    idempotency_key: Annotated[Key, Header(description="One per report; the same key gets the same answer.")],
) -> Response:
    """Keep what a kiosk found when it exercised its devices."""
    answer = service.database.write(lambda session: readiness.keep(session, service.hall, kiosk, body, idempotency_key))
    headers = {"Cache-Control": "no-store", "Idempotency-Replayed": str(answer.repeated).lower()}
    return Response(answer.body, answer.status, headers, "application/json")
