"""Targets: cables. What arrives is nonsense, and comes in pieces of every size."""

import os
import socket
from collections.abc import Iterable, Iterator

from devices.hands import Hand
from devices.headphones.evdev import EV_SW, EV_SYN, EVENT, SW_HEADPHONE_INSERT, SYN_DROPPED, Switch
from devices.transports import sim
from devices.transports.faults import unavailable
from devices.transports.lp_line import LpLine
from devices.transports.protocol_sim import Serial
from devices.transports.sim import Burst
from devices.transports.tcp_line import TcpLine
from kiosk.errors import DeviceUnavailable, Fault

TEXT = b"(5, 'Input/output error')"
SEEDS_LOST_PORT = (
    TEXT,
    b"[Errno 19] no such device",
    b"device disconnected",
    b"returned no data",
    b"\xff",
    b"{url}.{why}",
)
SEEDS_TCP = (
    b"\x12\x16\x1a\x1e" * 8,
    b"\xaa\xaa\xaa\x96\x69\x00\x04\x00\x00\x90\x94",
    b"HTTP/1.1 400 Bad Request\r\n\r\n",
)
SEEDS_USB_PRINTER = (b"\x12\x16\x37\x22\x30\x31\x00", bytes(64))
SEEDS_SIMULATED_SERIAL = (b"\x01\x04abcd\x02\x08", b"\x40\x00\xff" * 20, bytes(range(256)))
SEEDS_EVDEV = (
    EVENT.pack(1, 2, EV_SW, SW_HEADPHONE_INSERT, 1) + EVENT.pack(1, 2, EV_SYN, 0, 0),
    EVENT.pack(1, 2, EV_SYN, SYN_DROPPED, 0) * 3,
)


def fuzz_lost_port(data: bytes) -> None:
    """Whatever a library says of a lost port becomes one sentence that names the address."""
    text = data.decode("latin-1")
    found = unavailable("/dev/kiosk/reader", OSError(text))
    assert found.fault in Fault
    assert "/dev/kiosk/reader" in str(found)


class _Far:
    """A pair of sockets: the near one is given to a line as if it had connected."""

    def __init__(self) -> None:
        self.near, self.far = socket.socketpair()
        self.near.setblocking(False)


class _Tcp(TcpLine):
    def __init__(self, near: socket.socket) -> None:
        self.url, self._socket = "socket://192.0.2.7:9100", near


def fuzz_tcp(data: bytes) -> None:
    """Everything that was sent is read, in order, however it is asked for; the end is an unplugged device."""
    ends = _Far()
    line = _Tcp(ends.near)
    ends.far.sendall(data[:4096])
    ends.far.close()
    got, lost = bytearray(), None
    try:
        for size in _sizes(data):
            got += line.read(size, 0)
    except DeviceUnavailable as error:
        lost = error.fault
    finally:
        line.close()
    assert data.startswith(bytes(got))
    assert lost in (Fault.UNPLUGGED, None)


class _Lp(LpLine):
    def __init__(self, fd: int) -> None:
        self.url, self._fd = "/dev/usb/lp0", fd


def fuzz_usb_printer(data: bytes) -> None:
    """Likewise for the kernel's printer device, of which a pipe is the reading half."""
    near, far = os.pipe2(os.O_NONBLOCK)
    os.write(far, data[:4096])
    os.close(far)
    line = _Lp(near)
    got = b"".join(line.read(size, 0) for size in _sizes(data[:64]))
    line.drain()
    line.close()
    assert data.startswith(got)


class _Noise:
    """A far end that answers each question with the next piece of the input, late, early or never."""

    plugged = True
    paced = False

    def __init__(self, data: bytes) -> None:
        self._pieces = _pieces(data)

    def exchange(self, data: bytes, baud: int) -> Iterable[Burst]:
        head, piece = next(self._pieces, (0, b""))
        return (Burst(piece, after_s=(head & 3) / 1e6, overtakes=bool(head & 4)),)

    def takes(self) -> bool:
        return True

    def hands(self) -> tuple[Hand, ...]:
        return ()

    def sight(self) -> None:
        return None


_CABLE = sim.SCHEME + "fuzzed-cable"


def fuzz_simulated_serial(data: bytes) -> None:
    """pyserial's port on a simulated cable: reads never wait for more than their time, and give no byte twice."""
    port = Serial(sim.add(_CABLE.removeprefix(sim.SCHEME), _Noise(data)), timeout=0, write_timeout=0)
    try:
        sizes = _sizes(data)
        for _ in range(min(len(data), 4)):
            port.write(b"?")
            assert len(port.read(next(sizes, 1))) <= len(data)
        port.reset_input_buffer()
        assert port.in_waiting <= len(data)
    finally:
        port.close()


def fuzz_evdev(data: bytes) -> None:
    """Input events cut anywhere."""
    switch = Switch()
    at = 0
    for size in _sizes(data):
        switch.follow(data[at : at + size])
        at += size
    assert isinstance(switch.on, bool)


def _sizes(data: bytes) -> Iterator[int]:
    """How many bytes to ask for each time, taken from the input itself, until they are enough for all of it."""
    left = len(data) + 1
    for byte in data:
        if left <= 0:
            return
        size = byte or 256
        left -= size
        yield size


def _pieces(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        size = data[at]
        yield size, data[at + 1 : at + 1 + size]
        at += 1 + size
