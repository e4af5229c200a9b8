"""The head of a request: one that does not end is refused, long before it fills the memory."""

import socket
from pathlib import Path

from kiosk.approval.request_head import MOST_HEAD_BYTES
from tests.approval.hall import service_in, serving


def answered(url: str, request: bytes) -> bytes:
    """What comes back until the service closes."""
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        try:
            line.sendall(request)
        except ConnectionError:
            return b""
        found = b""
        try:
            while piece := line.recv(4096):
                found += piece
        except ConnectionResetError:
            pass
        return found


def test_a_head_that_does_not_end_is_refused(tmp_path: Path) -> None:
    with service_in(tmp_path) as service, serving(service) as url:
        endless = b"GET /healthz HTTP/1.1\r\nHost: hall\r\nX: " + b"x" * (16 * 1024 * 1024)
        assert answered(url, endless)[:12] in (b"HTTP/1.1 400", b"")
        many = b"GET /healthz HTTP/1.1\r\nHost: hall\r\n" + b"A: b\r\n" * (1024 * 1024)
        assert answered(url, many)[:12] in (b"HTTP/1.1 400", b"")
        assert answered(url, b"GET /healthz HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n\r\n").startswith(
            b"HTTP/1.1 200"
        )


def test_requests_of_usual_length_follow_each_other(tmp_path: Path) -> None:
    with service_in(tmp_path) as service, serving(service) as url:
        one = b"GET /healthz HTTP/1.1\r\nHost: hall\r\nX: " + b"x" * (MOST_HEAD_BYTES // 2) + b"\r\n\r\n"
        last = b"GET /healthz HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n\r\n"
        assert answered(url, one * 4 + last).count(b"HTTP/1.1 200 OK") == 5


def test_what_is_no_request_is_said_to_be_none(tmp_path: Path) -> None:
    with service_in(tmp_path) as service, serving(service) as url:
        assert answered(url, b"\x16\x03\x01 hello\r\n\r\n").startswith(b"HTTP/1.1 400")
