"""What the routers share: the service behind the request, the kiosk that asks, the documented problems."""

from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool

from kiosk.approval import enrolment
from kiosk.approval.service import Service
from kiosk.contract.wire import Problem

_bearer = HTTPBearer(auto_error=False, scheme_name="kiosk", description="The credential of an enrolled kiosk.")


async def service_of(request: Request) -> Service:
    """The service that this application serves."""
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(service_of)]


async def kiosk_of(
    service: ServiceDep, credential: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]
) -> str:
    """The id of the enrolled kiosk that asks. Raises Refusal 401 or 403.

    Looked up in a file of our own, which waits for nobody, it takes less than the change to another thread."""
    said = credential.credentials if credential else ""
    if service.database.is_sqlite:
        return _known(service, said)
    return await run_in_threadpool(_known, service, said)


def _known(service: Service, credential: str) -> str:
    with service.database.asking() as connection:
        return enrolment.authenticate(connection, credential)


KioskDep = Annotated[str, Depends(kiosk_of)]

_PROBLEMS = {
    400: "The request cannot be read.",
    401: "No credential, or one that is not known.",
    403: "Not allowed: a revoked credential, or a code that is not accepted.",
    404: "There is no such thing.",
    409: "It does not go together with what is already there.",
    413: "The request is too large.",
    422: "The request does not fit the contract.",
    429: "Too many attempts; see Retry-After.",
    503: "Busy; see Retry-After.",
}


def refuses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of an operation that may answer with these problems."""
    return {status: {"model": Problem, "description": _PROBLEMS[status]} for status in sorted(statuses)}


AUTHENTICATED = (401, 403, 503)
WITH_BODY = (400, 413, 422)
