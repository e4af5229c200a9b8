"""The fault proxy itself: it comes and goes without leaving threads, and keeps its port while it plays dead."""

import socket
import threading
import time
from contextlib import suppress

import pytest

from kiosk.centre.fault_proxy import FaultProxy, Mode


def proxy_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "fault-proxy"]


def port_of(proxy: FaultProxy) -> int:
    return int(proxy.url.rpartition(":")[2])


def test_nothing_is_left_behind() -> None:
    with FaultProxy("http://127.0.0.1:9") as proxy:
        held = [socket.create_connection(("127.0.0.1", port_of(proxy))) for _ in range(3)]
        for mode in Mode:
            proxy.set_mode(mode)
        assert proxy_threads()
    assert proxy_threads() == []
    for connection in held:
        with connection, suppress(ConnectionResetError):
            assert connection.recv(1) == b""
    with socket.create_server(("127.0.0.1", port_of(proxy))):
        pass  # the port is free again


def test_down_refuses_and_comes_back_on_the_same_port() -> None:
    with FaultProxy("http://127.0.0.1:9") as proxy:
        address = ("127.0.0.1", port_of(proxy))
        for _ in range(3):
            proxy.set_mode(Mode.DOWN)
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(address)
            assert proxy.mode is Mode.DOWN
            proxy.set_mode(Mode.PASS)
            socket.create_connection(address).close()


def test_stopping_does_not_wait_for_a_slow_request() -> None:
    with FaultProxy("http://127.0.0.1:9") as proxy:
        proxy.set_mode(Mode.SLOW, 60)
        client = socket.create_connection(("127.0.0.1", port_of(proxy)))
        client.sendall(b"GET / HTTP/1.1\r\n\r\n")
        started = time.monotonic()
    assert time.monotonic() - started < 2
    client.close()


def test_a_service_that_is_not_there_is_a_closed_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with FaultProxy(f"http://127.0.0.1:{port}") as proxy:
        client = socket.create_connection(("127.0.0.1", port_of(proxy)))
        client.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert client.recv(100) == b""
        client.close()
