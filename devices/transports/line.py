"""What every cable looks like to a driver: bytes out, bytes in, always with a time limit.

`open_line(url)` picks the kind of cable from its address:

    /dev/ttyUSB0, sim://..., spy://..., loop://   a serial line by pyserial
    socket://host:port, tcp://host:port           TCP (port 9100 where none is given)
    /dev/usb/lp0, a link to it, file:///dev/usb/lp0   a character device of the kernel's printer class
"""

import os
from typing import Protocol

from kiosk.errors import Fault

USB_PRINTERS = "/dev/usb/lp"
"""Where the kernel puts printers; a link of udev's (/dev/kiosk/ticket-printer) leads there whatever number it became."""


class Line(Protocol):
    """An open cable. Every method raises DeviceUnavailable, with a sentence that names the address."""

    url: str

    def write(self, data: bytes, timeout_s: float) -> None:
        """Send everything within `timeout_s`. Raises NotTaking when the other side stops taking data."""

    def read(self, size: int, timeout_s: float) -> bytes:
        """Up to `size` bytes: fewer, or none, when `timeout_s` passed first. No polling: wakes when they are there."""

    def drain(self) -> None:
        """Forget everything that has arrived and was not read."""

    def abandon(self) -> None:
        """Drop what was written and has not left this machine yet; the line stays open."""

    def reported(self) -> frozenset[Fault]:
        """What the cable itself says is wrong with the device, even while that takes no data; empty where it says nothing."""

    def close(self) -> None:
        """Let go of the cable; harmless when closed, never raises."""


def open_line(url: str, baud: int = 115200) -> Line:
    """Open the cable at `url`; `baud` matters to serial lines only. Raises DeviceUnavailable."""
    if url.startswith(("tcp://", "socket://")):
        from devices.transports.tcp_line import TcpLine  # noqa: PLC0415  only the cable in use is imported

        return TcpLine(url)
    if url.startswith("file://") or os.path.realpath(url).startswith(USB_PRINTERS):
        from devices.transports.lp_line import LpLine  # noqa: PLC0415

        return LpLine(url.removeprefix("file://"))
    from devices.transports.serial_line import SerialLine  # noqa: PLC0415

    return SerialLine(url, baud)


def read_some(line: Line, size: int, timeout_s: float) -> bytes:
    """What comes first, with what has come by then, `size` bytes at the most; b"" when nothing came within `timeout_s`."""
    first = line.read(1, timeout_s)
    return first + line.read(size - 1, 0) if first else first
