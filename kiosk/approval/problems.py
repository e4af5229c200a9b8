"""Refusals as exceptions, and every error answer as problem+json (RFC 9457), the framework's own included."""

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from kiosk.contract.wire import Problem

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 2
MOST_FAULTS, LONGEST_NAME = 20, 64
"""What is told of a bad request: so many faults, and so much of each name, which may be the sender's own."""
logger = logging.getLogger(__name__)


class Refusal(Exception):
    """The service says no. `code` is the last segment of the problem's type; `extra` goes into the body beside it."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.extra, self.headers = dict(extra or {}), dict(headers or {})

    def body(self) -> dict[str, Any]:
        """The problem as a dictionary."""
        return _problem(self.status, self.code, self.detail) | self.extra

    def json(self) -> str:
        """The problem as JSON, to be stored and sent."""
        return json.dumps(self.body(), ensure_ascii=False)


def install(app: FastAPI) -> None:
    """Give `app` handlers for every kind of trouble."""
    app.add_exception_handler(Refusal, _refusal)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(DBAPIError, _database)
    app.add_exception_handler(PoolTimeout, _database)
    app.add_exception_handler(OSError, _files)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _unexpected)


def answer_refusal(refusal: Refusal) -> JSONResponse:
    """The answer that a refusal makes."""
    return _answer(refusal.status, refusal.body(), refusal.headers)


def _problem(status: int, code: str, detail: str) -> dict[str, Any]:
    title = code.replace("-", " ").capitalize()
    return Problem(type=f"/problems/{code}", title=title, status=status, detail=detail).model_dump()


def _answer(status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse(body, status, {"Cache-Control": "no-store", **(headers or {})}, MEDIA_TYPE)


def _refusal(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)  # noqa: S101 (how Starlette types its handlers)
    return answer_refusal(error)


def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    phrase = "Content too large" if error.status_code == 413 else HTTPStatus(error.status_code).phrase
    code = phrase.lower().replace(" ", "-")
    return _answer(error.status_code, _problem(error.status_code, code, str(error.detail)), error.headers)


def _invalid(_request: Request, error: Exception) -> Response:
    # Names of fields and rules only: the values that were sent are nobody's business, and may be personal.
    assert isinstance(error, RequestValidationError)  # noqa: S101
    found = error.errors()[:MOST_FAULTS]
    faults = [{"at": [str(part)[:LONGEST_NAME] for part in fault["loc"]], "message": fault["msg"]} for fault in found]
    where = ", ".join(".".join(fault["at"]) for fault in faults[:3])
    body = _problem(422, "invalid-request", f"The request does not fit the contract at: {where}.")
    return _answer(422, body | {"errors": faults})


def _database(_request: Request, error: Exception) -> Response:
    # The kind only: PostgreSQL puts the values of a broken constraint, such as a holder's digest, into its message.
    logger.error("database: %s %s", type(error).__name__, getattr(getattr(error, "orig", None), "sqlstate", ""))
    body = _problem(503, "busy", "The service cannot use its database now; try again.")
    return _answer(503, body, {"Retry-After": str(RETRY_AFTER_S)})


def _files(_request: Request, error: Exception) -> Response:
    # The kind only, as above: a path holds a digest.
    assert isinstance(error, OSError)  # noqa: S101
    logger.error("files: %s %s", type(error).__name__, error.strerror or "")
    body = _problem(503, "busy", "The service cannot use its files now; try again.")
    return _answer(503, body, {"Retry-After": str(RETRY_AFTER_S)})


def _gone(_request: Request, _error: Exception) -> Response:
    # A telephone that left the hall in the middle of a photo: nobody reads this, and it is no error of ours.
    return _answer(400, _problem(400, "bad-request", "The request ended before all of it had come."))


def _unexpected(_request: Request, _error: Exception) -> Response:
    return _answer(500, _problem(500, "internal-error", "The service met an error of its own."))
