"""The layers around every request: a size limit, nosniff, an access log without query strings, tokens or addresses."""

import logging
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.approval.problems import Refusal, answer_refusal
from kiosk.contract.files import CHUNK_BYTES, LARGEST_BYTES

MAX_BODY_BYTES = 64 * 1024
PAGES_BYTES = 4 * LARGEST_BYTES
"""Of one form that a telephone sends without script; beyond it, nothing is read and no page is shown."""
LARGER = (
    ("PATCH", "/v1/files/", CHUNK_BYTES),
    ("POST", "/u/", PAGES_BYTES),
    ("POST", "/v1/cases", 256 * 1024),
    ("POST", "/v1/drafts", 256 * 1024),
    ("PUT", "/v1/drafts", 256 * 1024),
)
"""Method, beginning of the path, bytes: what may be larger."""
logger = logging.getLogger("kiosk.approval.access")


class Envelope:
    """Logs `GET /q/{token} 200 3 ms`: the route's pattern, never the path itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; log it when its answer is under way."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()

        async def finish(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Content-Type-Options"] = "nosniff"
                _log(scope, message["status"], time.perf_counter() - started)
            await send(message)

        await self.app(scope, receive, finish)


class BodyLimit:
    """Refuses a request body that is too large: at once where its length is declared, else as soon as it shows.

    The framework's own limit answers in plain text.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 413."""
        most = _most(scope)
        too_large = f"A request may hold {most} bytes at most."
        length = Headers(scope=scope).get("content-length", "") if scope["type"] == "http" else ""
        if length.isdecimal() and int(length) > most:
            await answer_refusal(Refusal(413, "content-too-large", too_large))(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise HTTPException(413, too_large)
            return message

        await self.app(scope, counted, send)


def _most(scope: Scope) -> int:
    """How many bytes a request may hold."""
    asked = scope.get("method"), scope.get("path", "")
    return next(
        (most for method, path, most in LARGER if asked[0] == method and asked[1].startswith(path)), MAX_BODY_BYTES
    )


def _log(scope: Scope, status: int, seconds: float) -> None:
    pattern = getattr(scope.get("route"), "path", "(no such address)")
    level = logging.WARNING if status >= 500 else logging.INFO
    logger.log(level, "%s %s %d %.0f ms", scope["method"], pattern, status, seconds * 1000)
