"""A proxy between kiosk and service on loopback that can be slow, away, or lose an answer: for the dock and for tests.

It carries one HTTP/1.1 request per connection (both sides are told `Connection: close`), so that a mode holds for
whole requests and an answer ends where the connection ends.
"""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

HOST = "127.0.0.1"
PATIENCE_S = 30.0
"""How long one side may be silent before the proxy gives its connection up."""
_BUSY_BODY = b'{"type":"/problems/busy","title":"Busy","status":503,"detail":"The service is busy; try again."}'
BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\nRetry-After: 1\r\n"
    b"Content-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(_BUSY_BODY), _BUSY_BODY)
)


class Mode(StrEnum):
    """What happens to the next request."""

    PASS = "pass"  # noqa: S105 (no password)
    SLOW = "slow"
    DOWN = "down"
    CUT = "cut"
    LOST_ANSWER = "lost_answer"
    ERROR_503 = "error_503"


@dataclass(frozen=True)
class _Weather:
    mode: Mode
    seconds: float = 0.0


class FaultProxy:
    """Listens on a free port of loopback and passes requests on to `target`, in the mode that is set."""

    def __init__(self, target: str) -> None:
        """`target`: the service's address, as in http://127.0.0.1:8800."""
        parts = urlsplit(target)
        self._target = (parts.hostname or HOST, parts.port or 80)
        self._weather = _Weather(Mode.PASS)
        # Bound but never listening: it keeps our port ours while the proxy plays dead, and refuses connections.
        self._claim = _bound(0)
        self._port: int = self._claim.getsockname()[1]
        self._listener: socket.socket | None = None
        self._stopping = threading.Event()
        self._lock = threading.RLock()
        self._open: set[socket.socket] = set()
        self._threads: set[threading.Thread] = set()

    @property
    def url(self) -> str:
        """Where the kiosk finds the service now."""
        return f"http://{HOST}:{self._port}"

    @property
    def mode(self) -> Mode:
        """The mode that is set."""
        return self._weather.mode

    def start(self) -> "FaultProxy":
        """Begin to listen."""
        self._listen()
        return self

    def stop(self) -> None:
        """Close everything; returns when every thread has ended. A stopped proxy cannot be started again."""
        self._stopping.set()
        self._hush()
        self._claim.close()
        while self._threads:  # the last accepted connection may just be getting its thread
            for thread in tuple(self._threads):
                thread.join()

    def set_mode(self, mode: Mode, seconds: float = 0.0) -> None:
        """Change the weather. SLOW waits `seconds` before it passes a request on; DOWN breaks what is open."""
        with self._lock:
            self._weather = _Weather(mode, seconds)
            if mode is Mode.DOWN:
                self._hush()
            elif not self._stopping.is_set():
                self._listen()

    def __enter__(self) -> "FaultProxy":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _listen(self) -> None:
        with self._lock:
            if self._listener is None:
                listener = self._listener = _bound(self._port)
                listener.listen(64)
                self._spawn(lambda: self._accept(listener))

    def _hush(self) -> None:
        with self._lock:
            listener, self._listener = self._listener, None
            for connection in ([listener] if listener else []) + list(self._open):
                _shut(connection)
            if listener:
                listener.close()

    def _spawn(self, work: Callable[[], None]) -> None:
        def run() -> None:
            try:
                work()
            finally:
                with self._lock:
                    self._threads.discard(threading.current_thread())

        thread = threading.Thread(target=run, name="fault-proxy", daemon=True)
        with self._lock:
            thread.start()  # first: whoever stops the proxy now joins every thread it finds
            self._threads.add(thread)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return  # the listener was shut
            self._spawn(lambda connection=connection: self._serve(connection))  # type: ignore[misc]

    def _serve(self, client: socket.socket) -> None:
        with self._tracked(client):
            try:
                request = b"" if self._dead() else _read_request(client)
                if request:
                    self._answer(client, request, self._weather)
            except OSError:
                return  # one side went away: that is this program's daily bread

    def _answer(self, client: socket.socket, request: bytes, weather: _Weather) -> None:
        if weather.mode is Mode.ERROR_503:
            client.sendall(BUSY)
            return
        if weather.mode is Mode.SLOW and self._stopping.wait(weather.seconds):
            return
        answer = self._ask(request)
        if weather.mode is Mode.CUT:
            client.sendall(_half(answer))
        elif weather.mode is not Mode.LOST_ANSWER:
            client.sendall(answer)

    def _ask(self, request: bytes) -> bytes:
        service = socket.create_connection(self._target, PATIENCE_S)
        with self._tracked(service):
            if self._dead():
                return b""
            service.sendall(request)
            return b"".join(iter(lambda: service.recv(65536), b""))

    def _dead(self) -> bool:
        """Whether a connection that has just been tracked came too late to be broken with the others."""
        return self._stopping.is_set() or self._weather.mode is Mode.DOWN

    def _tracked(self, connection: socket.socket) -> "_Tracked":
        return _Tracked(self._open, self._lock, connection)


class _Tracked:
    """Keeps a connection among the open ones, so that it can be broken, and closes it at the end."""

    def __init__(self, among: set[socket.socket], lock: "threading.RLock", connection: socket.socket) -> None:
        self._among, self._lock, self._connection = among, lock, connection

    def __enter__(self) -> None:
        self._connection.settimeout(PATIENCE_S)
        with self._lock:
            self._among.add(self._connection)

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._among.discard(self._connection)
        self._connection.close()


def _bound(port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((HOST, port))
    return bound


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)  # wakes a thread that waits in accept or recv; close would not
    except OSError:
        return  # it was gone already


def _read_request(client: socket.socket) -> bytes:
    """Head and body of a request, the head saying `Connection: close`; empty when the client went away."""
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = client.recv(65536)
        if not chunk:
            return b""
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    length = next((int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        chunk = client.recv(65536)
        if not chunk:
            return b""
        body += chunk
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body


def _half(answer: bytes) -> bytes:
    head, gap, body = answer.partition(b"\r\n\r\n")
    return head + gap + body[: len(body) // 2]
