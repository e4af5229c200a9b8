"""The layer around every request: nosniff, and an access log that holds no query strings, tokens or addresses."""

import logging
import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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


def _log(scope: Scope, status: int, seconds: float) -> None:
    pattern = getattr(scope.get("route"), "path", "(no such address)")
    logger.info("%s %s %d %.0f ms", scope["method"], pattern, status, seconds * 1000)
