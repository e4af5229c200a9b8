"""Endpoints about drafts."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from kiosk.approval import drafts
from kiosk.approval.api import AUTHENTICATED, WITH_BODY, KioskDep, ServiceDep, refuses
from kiosk.approval.api_cases import KeyHeader, keyed, lacks_files
from kiosk.approval.problems import Refusal
from kiosk.contract.drafts import Draft, DraftCode, DraftRequest, Drafts
from kiosk.contract.wire import API, Digest

router = APIRouter(prefix=API, tags=["drafts"])
SUBMITTED = " Or draft-submitted: its case was handed in, nothing is kept."
CodePath = Annotated[DraftCode, Path()]
Holder = Annotated[Digest, Query(description="Whose it is.")]


@router.post(
    "/drafts",
    status_code=201,
    response_model=Draft,
    responses={**refuses(*AUTHENTICATED, *WITH_BODY), **lacks_files(SUBMITTED)},
)
def save_draft(body: DraftRequest, service: ServiceDep, _kiosk: KioskDep, idempotency_key: KeyHeader) -> Response:
    """Keep a draft for 30 days under a new code, exactly once per Idempotency-Key."""
    hall, catalogue = service.hall, service.publication.catalogue
    return keyed(service, "draft", idempotency_key, body, 201, lambda s: drafts.save(s, hall, catalogue, body))


@router.get("/drafts", responses=refuses(422, *AUTHENTICATED))
def drafts_of(service: ServiceDep, _kiosk: KioskDep, holder: Holder, response: Response) -> Drafts:
    """The drafts of one person, newest first."""
    response.headers["Cache-Control"] = "no-store"
    with service.database.reading() as session:
        return Drafts(drafts=drafts.of_holder(session, service.hall, holder))


@router.put("/drafts/{code}", responses={**refuses(404, *AUTHENTICATED, *WITH_BODY), **lacks_files(SUBMITTED)})
def replace_draft(
    body: DraftRequest, service: ServiceDep, _kiosk: KioskDep, code: CodePath, response: Response
) -> Draft:
    """Keep a draft in the place of an earlier one of the same person, for 30 more days."""
    response.headers["Cache-Control"] = "no-store"
    hall, catalogue = service.hall, service.publication.catalogue
    return service.database.write(lambda session: drafts.replace(session, hall, catalogue, code, body))


@router.get("/drafts/{code}", responses=refuses(404, 422, 429, *AUTHENTICATED))
def draft(service: ServiceDep, kiosk: KioskDep, code: CodePath, holder: Holder, response: Response) -> Draft:
    """A draft of this person; 404 also where it is somebody else's, 429 after many tries."""
    response.headers["Cache-Control"] = "no-store"
    service.lookups.check(kiosk)
    try:
        with service.database.reading() as session:
            return drafts.find(session, service.hall, code, holder)
    except Refusal:
        service.lookups.wrong(kiosk)
        raise


@router.delete("/drafts/{code}", status_code=204, responses=refuses(422, *AUTHENTICATED))
def drop_draft(service: ServiceDep, _kiosk: KioskDep, code: CodePath, holder: Holder) -> Response:
    """Delete a draft of this person; harmless when there is none."""
    service.database.write(lambda session: drafts.drop(session, code, holder))
    return Response(status_code=204)
