"""A simulated ticket printer on TCP, as on port 9100: one client at a time, a slip is torn off when the client hangs up."""

import select
import socket
import time

from devices.printers.escpos_wire import Wire
from devices.transports.sim import Coming, in_order
from kiosk.errors import SetupError


class EscposServer:
    """Listens at "host:port". Raises SetupError when that is no address or taken."""

    def __init__(self, listen: str, wire: Wire) -> None:
        self._wire = wire
        self._client: socket.socket | None = None
        self._leaving: Coming = []
        self._clear_at = 0.0
        self._server: socket.socket | None = _listening(listen)
        host, port = self._server.getsockname()[:2]
        self.address = f"{host}:{port}"
        """Where it listens, with the port that was picked for 0."""

    def turn(self, other_fd: int, wait_s: float) -> bool:
        """Move bytes for up to `wait_s`; True when `other_fd` has something to read."""
        self._follow_plug()
        fds: list[int] = [fd for fd in (other_fd, self._listening_fd(), self._client_fd()) if fd >= 0]
        ready, _, _ = select.select(fds, [], [], self._nap(wait_s))
        if self._server and self._listening_fd() in ready:
            self._client, _ = self._server.accept()
        elif self._client_fd() in ready:
            self._exchange()
        self._send()
        return other_fd in ready

    def close(self) -> None:
        """Hang up and stop listening."""
        self._hang_up()
        self._pull()

    def _listening_fd(self) -> int:
        """Nobody is let in while a client is served, or while the cable is pulled."""
        return self._server.fileno() if self._server and self._client is None else -1

    def _client_fd(self) -> int:
        """A printer that takes no more data does not read."""
        return self._client.fileno() if self._client and self._wire.takes() else -1

    def _follow_plug(self) -> None:
        if not self._wire.plugged:
            self._hang_up()
            self._pull()
        elif self._server is None:
            self._server = _listening(self.address)

    def _pull(self) -> None:
        if self._server:
            self._server.close()
        self._server = None

    def _nap(self, wait_s: float) -> float:
        return max(0.0, min(wait_s, self._leaving[0][0] - time.monotonic())) if self._leaving else wait_s

    def _exchange(self) -> None:
        assert self._client is not None  # noqa: S101  `turn` looked
        try:
            data = self._client.recv(65536)
        except ConnectionError:
            data = b""
        if not data:
            self._wire.end_of_connection()
            self._hang_up()
            return
        now = time.monotonic()
        self._clear_at = max(now, self._clear_at)
        for burst in self._wire.exchange(data, 0):
            if not burst.overtakes:
                self._clear_at += burst.after_s
            in_order(self._leaving, now if burst.overtakes else self._clear_at, burst.data)

    def _send(self) -> None:
        while self._client and self._leaving and self._leaving[0][0] <= time.monotonic():
            try:
                self._client.sendall(self._leaving.pop(0)[1])
            except OSError:
                self._hang_up()

    def _hang_up(self) -> None:
        self._leaving.clear()
        self._clear_at = 0.0
        if self._client:
            self._client.close()
            self._client = None


def _listening(listen: str) -> socket.socket:
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise SetupError(f"{listen!r} is no address; write HOST:PORT, such as 127.0.0.1:9100.")
    try:
        return socket.create_server(
            (host.strip("[]"), int(port)), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        )
    except OSError as error:
        raise SetupError(
            f"{listen} cannot be listened at: {error.strerror or error}. Choose another port, or end what uses it."
        ) from error
