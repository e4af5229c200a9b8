"""A TCP cable: printers at port 9100 ("raw", AppSocket), serial servers.

Own, because pyserial's socket:// spins while the other side takes no data and sleeps 0.3 s in `close`.
"""

import select
import socket
import struct
import time
from urllib.parse import urlsplit

from devices.transports.faults import BadAddress, NotTaking, unavailable
from kiosk.errors import DeviceUnavailable, Fault

CONNECT_S = 2.0
DRAIN_S = 0.2
RAW_PORT = 9100


class TcpLine:
    """An open TCP connection. Raises DeviceUnavailable from every method but `close`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._socket = _connected(url)

    def write(self, data: bytes, timeout_s: float) -> None:
        """Send everything within `timeout_s`. Raises NotTaking when the other side stops taking data."""
        view, end = memoryview(data), time.monotonic() + timeout_s
        while view:
            self._wait_writable(end)
            view = view[self._send(view) :]

    def read(self, size: int, timeout_s: float) -> bytes:
        """Up to `size` bytes, fewer when `timeout_s` passed first."""
        got, end = bytearray(), time.monotonic() + timeout_s
        while len(got) < size:
            ready, _, _ = select.select([self._socket], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                break
            got += self._receive(size - len(got))
        return bytes(got)

    def drain(self) -> None:
        """Forget what has arrived; also notices that the other side hung up. One that talks without end is left to it."""
        end = time.monotonic() + DRAIN_S
        while select.select([self._socket], [], [], 0)[0] and time.monotonic() < end:
            self._receive(65536)

    def reported(self) -> frozenset[Fault]:
        """A connection says nothing of the device."""
        return frozenset()

    def abandon(self) -> None:
        """Reset the connection, which drops what waits in the kernel, and connect again."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()
        self._socket = _connected(self.url)

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def _wait_writable(self, end: float) -> None:
        _, ready, _ = select.select([], [self._socket], [], max(0.0, end - time.monotonic()))
        if not ready:
            raise NotTaking(f"{self.url} stopped taking data.", Fault.NO_ANSWER)

    def _send(self, view: memoryview) -> int:
        try:
            return self._socket.send(view)
        except OSError as error:
            raise unavailable(self.url, error) from error

    def _receive(self, size: int) -> bytes:
        try:
            data = self._socket.recv(size)
        except OSError as error:
            raise unavailable(self.url, error) from error
        if not data:
            raise DeviceUnavailable(f"{self.url} ended the connection. Check the device's power.", Fault.UNPLUGGED)
        return data


def _connected(url: str) -> socket.socket:
    try:
        made = socket.create_connection(_address(url), timeout=CONNECT_S)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made.setblocking(False)
    except OSError as error:
        raise unavailable(url, error) from error
    return made


def _address(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        if not parts.hostname:
            raise ValueError("no host")
        return parts.hostname, parts.port or RAW_PORT
    except ValueError as error:
        reason = f"{url} is not an address like socket://192.0.2.7:9100 ({error}). Check the settings."
        raise BadAddress(reason, Fault.WRONG_DEVICE) from error
