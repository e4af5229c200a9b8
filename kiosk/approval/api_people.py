"""Endpoints about people: what is held about them, who holds a code of the app, what they thought of it."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from kiosk.approval import app_codes, holders, ratings
from kiosk.approval.api import AUTHENTICATED, WITH_BODY, KioskDep, ServiceDep, refuses
from kiosk.approval.api_cases import KeyHeader, keyed
from kiosk.approval.problems import Refusal
from kiosk.contract.cases import AppCode, AppIdentity, HolderRecord
from kiosk.contract.ratings import RatingReceipt, RatingRequest
from kiosk.contract.wire import API, Digest

router = APIRouter(prefix=API, tags=["people"])


@router.get("/holders/{digest}", responses=refuses(422, *AUTHENTICATED))
def holder(
    service: ServiceDep, _kiosk: KioskDep, digest: Annotated[Digest, Path()], response: Response
) -> HolderRecord:
    """What the government holds about a person, by digest; empty for one who was never here."""
    response.headers["Cache-Control"] = "no-store"
    with service.database.reading() as session:
        return holders.record_of(session, digest)


@router.post("/app-codes", responses=refuses(429, *AUTHENTICATED, *WITH_BODY))
def identity_of_code(body: AppCode, service: ServiceDep, kiosk: KioskDep, response: Response) -> AppIdentity:
    """Whose code of the citizens' app this is. 422 bad-code for an old, used or foreign one, 429 after many of them."""
    response.headers["Cache-Control"] = "no-store"
    service.lookups.check(kiosk)
    now = service.hall.now()
    try:
        return service.database.write(
            lambda session: app_codes.identify(session, body.code, now, practice=service.practice)
        )
    except Refusal:
        service.lookups.wrong(kiosk)
        raise


@router.post(
    "/ratings",
    status_code=201,
    response_model=RatingReceipt,
    responses=refuses(404, *AUTHENTICATED, *WITH_BODY),
)
def rate(body: RatingRequest, service: ServiceDep, kiosk: KioskDep, idempotency_key: KeyHeader) -> Response:
    """Keep a rating exactly once per Idempotency-Key; of a case the first one stays (`first` false)."""
    return keyed(service, "rating", idempotency_key, body, 201, lambda s: ratings.rate(s, service.hall, body, kiosk))
