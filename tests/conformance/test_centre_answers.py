"""What the client makes of odd answers: proxies, other services, half a document, one that trickles."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.centre.client import HttpCentre
from kiosk.errors import CentreBusy, CentreError, CentreForbidden, CentreRefused, CentreUnreachable

from .conftest import QUICK


@contextmanager
def answering(*answers: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A service that gives these answers, one per connection, whatever is asked; and what it was asked."""
    asked: list[bytes] = []

    def serve(listener: socket.socket) -> None:
        for answer in answers:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                asked.append(connection.recv(65536))
                connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def http(status: str, body: bytes, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


NOT_UNDERSTOOD = (CentreRefused, "not-understood")


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (http("200 OK", b"<html>Welcome to the hotel's network</html>"), *NOT_UNDERSTOOD),
        (http("200 OK", b'{"queues": [{"id": "a"}]}'), *NOT_UNDERSTOOD),
        (http("200 OK", b'{"queues": null}'), *NOT_UNDERSTOOD),
        (http("200 OK", b"[]"), *NOT_UNDERSTOOD),
        (http("200 OK", b""), *NOT_UNDERSTOOD),
        (http("200 OK", b"\xff\xfe"), *NOT_UNDERSTOOD),
        (http("200 OK", b"{}", "Content-Encoding: gzip"), *NOT_UNDERSTOOD),
        (http("302 Found", b"", "Location: http://192.0.2.1/login"), *NOT_UNDERSTOOD),
        (http("400 Bad Request", b"[1]"), *NOT_UNDERSTOOD),
        (http("404 Not Found", b'{"type": "/problems/gone-away", "title": "Gone"}'), CentreRefused, "gone-away"),
        (http("500 Internal Server Error", b""), CentreUnreachable, None),
        (http("502 Bad Gateway", b"<html>"), CentreUnreachable, None),
        (http("429 Too Many Requests", b"", "Retry-After: 7"), CentreBusy, 7.0),
        (http("503 Unavailable", b"", "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT"), CentreBusy, 0.0),
        (http("503 Unavailable", b"", "Retry-After: soon"), CentreBusy, None),
        (http("401 Unauthorized", b""), CentreForbidden, None),
        (b"SSH-2.0-OpenSSH_9.2\r\n", CentreUnreachable, None),
    ],
)
def test_an_odd_answer_is_one_of_our_errors(answer: bytes, kind: type[CentreError], code: object) -> None:
    with answering(answer, answer) as (url, _):
        centre = HttpCentre(url, "kiosk-1.geheim", version="1", timeouts=QUICK)
        with pytest.raises(kind) as error:
            centre.queues()
        centre.close()
    assert getattr(error.value, "code", getattr(error.value, "retry_after_s", None)) == code
    assert "geheim" not in str(error.value)


def test_a_conflict_without_a_ticket_is_not_understood() -> None:
    body = b'{"type": "/problems/ticket-already-open", "title": "t", "status": 409}'
    with answering(http("409 Conflict", body)) as (url, _):
        centre = HttpCentre(url, "c", version="1", timeouts=QUICK)
        with pytest.raises(CentreRefused) as refused:
            centre.take_ticket("general", None, "a-conflict-1")
        centre.close()
    assert refused.value.code == "not-understood"


def test_a_get_is_tried_twice_and_a_post_once() -> None:
    with answering(b"", http("200 OK", b'{"queues": []}')) as (url, asked):
        centre = HttpCentre(url, "c", version="1", timeouts=QUICK)
        assert centre.queues() == ()
        assert len(asked) == 2
        centre.close()
    with answering(b"", b"") as (url, asked):
        centre = HttpCentre(url, "c", version="1", timeouts=QUICK)
        with pytest.raises(CentreUnreachable):
            centre.take_ticket("general", None, "posted-once-1")
        assert len(asked) == 1
        centre.close()


def test_an_answer_that_trickles_is_given_up_in_time() -> None:
    stop = threading.Event()

    def trickle(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while not stop.wait(0.1):
                try:
                    connection.sendall(b"1\r\n \r\n")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=trickle, args=(listener,))
        thread.start()
        centre = HttpCentre(f"http://127.0.0.1:{listener.getsockname()[1]}", "c", version="1", timeouts=QUICK)
        started = time.monotonic()
        with pytest.raises(CentreUnreachable):
            centre.queues()
        assert time.monotonic() - started < 3
        stop.set()
        thread.join()
        centre.close()


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    with answering(b"") as (url, _):
        centre = HttpCentre(url.replace("http:", "https:"), "c", version="1", timeouts=QUICK)
        with pytest.raises(CentreUnreachable):
            centre.heartbeat(1, ())
        centre.close()
