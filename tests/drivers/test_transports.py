"""Cables: every way of losing one is DeviceUnavailable with a sentence that names it."""

import os
import pty
import socket
import threading
import tty

import pytest

from devices.transports.faults import NotTaking
from devices.transports.line import open_line
from kiosk.errors import DeviceUnavailable, Fault


class Pty:
    """A serial port whose other end is this test."""

    def __init__(self) -> None:
        self.master, self.slave = pty.openpty()
        tty.setraw(self.slave)
        self.path = os.ttyname(self.slave)

    def pull(self) -> None:
        os.close(self.slave)
        os.close(self.master)


@pytest.fixture
def port():
    return Pty()


def test_reads_exactly_and_gives_up_on_time(port):
    line = open_line(port.path)
    os.write(port.master, b"abcdef")
    assert line.read(4, 0.5) == b"abcd"
    assert line.read(4, 0.05) == b"ef"
    line.write(b"hello", 0.5)
    assert os.read(port.master, 10) == b"hello"
    os.write(port.master, b"old")
    line.read(1, 0.5)
    line.drain()
    assert line.read(1, 0) == b""
    line.close()


@pytest.mark.parametrize("act", ["read", "write", "drain", "abandon"])
def test_an_unplugged_port_is_unplugged_whatever_one_does(port, act):
    line = open_line(port.path)
    port.pull()
    acts = {
        "read": lambda: line.read(1, 0.2),
        "write": lambda: line.write(b"x", 0.2),
        "drain": line.drain,
        "abandon": line.abandon,
    }
    with pytest.raises(DeviceUnavailable, match="was unplugged") as caught:
        acts[act]()
    assert caught.value.fault is Fault.UNPLUGGED
    line.close()
    line.close()


def test_closing_during_a_read_ends_it(port):
    line, ended = open_line(port.path), []

    def read() -> None:
        try:
            ended.append(line.read(1, 5))
        except DeviceUnavailable as error:
            ended.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    line.close()
    thread.join(2)
    assert len(ended) == 1


def test_a_second_program_on_the_same_port_is_told_so(port):
    line = open_line(port.path)
    with pytest.raises(DeviceUnavailable, match="perhaps a second kiosk"):
        open_line(port.path)
    line.close()
    open_line(port.path).close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


WRONG = [
    ("/dev/no-such-port", "There is no /dev/no-such-port", Fault.UNPLUGGED),
    ("/dev/usb/lp-none", "There is no /dev/usb/lp-none", Fault.UNPLUGGED),
    ("/dev/null", "/dev/null is not a serial port", Fault.WRONG_DEVICE),
    ("nonsense://x", "is not an address of a serial line", Fault.WRONG_DEVICE),
    ("socket://", "is not an address like socket://", Fault.WRONG_DEVICE),
    ("socket://127.0.0.1:notaport", "is not an address like socket://", Fault.WRONG_DEVICE),
]


@pytest.mark.parametrize(("url", "sentence", "fault"), WRONG, ids=[row[0] for row in WRONG])
def test_wrong_addresses(url, sentence, fault):
    with pytest.raises(DeviceUnavailable, match=sentence) as caught:
        open_line(url)
    assert caught.value.fault is fault


def test_nobody_listens():
    with pytest.raises(DeviceUnavailable, match="Nothing listens at"):
        open_line(f"tcp://127.0.0.1:{free_port()}")


def test_a_tcp_device_that_hangs_up_and_one_that_takes_no_data():
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = open_line(f"socket://127.0.0.1:{server.getsockname()[1]}")
        client, _ = server.accept()
        with pytest.raises(NotTaking, match="stopped taking data"):
            line.write(bytes(20_000_000), 0.2)
        line.abandon()
        again, _ = server.accept()
        again.sendall(b"ok")
        assert line.read(2, 1) == b"ok"
        again.close()
        with pytest.raises(DeviceUnavailable, match="ended the connection"):
            line.read(1, 1)
        line.close()
        client.close()


def test_the_kernels_printer_device(tmp_path):
    """A FIFO stands for /dev/usb/lp0: a node that takes bytes, blocks when nobody reads them, and has nothing to say."""
    node = tmp_path / "lp0"
    os.mkfifo(node)
    line = open_line(f"file://{node}")
    line.write(b"job", 0.2)
    assert line.read(3, 0.2) == b"job"
    with pytest.raises(NotTaking):
        line.write(bytes(1_000_000), 0.1)
    line.abandon()
    assert line.read(1, 0.02) == b""
    line.drain()
    line.close()
    line.close()


def test_a_trace_of_the_line_can_be_shown(port, capsys):
    line = open_line(f"spy://{port.path}?color=no")
    line.write(b"\xaa\x96", 0.5)
    line.close()
    assert "AA 96" in capsys.readouterr().err
