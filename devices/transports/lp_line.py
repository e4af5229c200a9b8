"""The kernel's USB printer class (usblp, /dev/usb/lp*): a character device that blocks when the paper is out.

What a printer that takes no data still says is its port status (USB printer class 1.1, 4.2.2), by the LPGETSTATUS ioctl.
"""

import fcntl
import os
import select
import time

from devices.transports.faults import NotTaking, unavailable
from kiosk.errors import Fault

LPGETSTATUS = 0x060B
PAPER_OUT, SELECTED, NO_ERROR = 0x20, 0x10, 0x08
"""Bits of the port status; the three together say that all is well: cheap printers answer 0 whatever happens."""
NAP_S = 0.005
DRAIN_S = 0.2


class LpLine:
    """An open printer device. Raises DeviceUnavailable."""

    def __init__(self, path: str) -> None:
        self.url = path
        self._fd = _opened(path)

    def write(self, data: bytes, timeout_s: float) -> None:
        """Send everything within `timeout_s`. Raises NotTaking when the printer stops taking data."""
        view, end = memoryview(data), time.monotonic() + timeout_s
        while view:
            if not self._ready(select.POLLOUT, end - time.monotonic()):
                raise NotTaking(f"{self.url} stopped taking data.", Fault.NO_ANSWER)
            view = view[self._send(view) :]

    def read(self, size: int, timeout_s: float) -> bytes:
        """Up to `size` bytes, fewer when `timeout_s` passed first."""
        got, end = bytearray(), time.monotonic() + timeout_s
        while len(got) < size:
            if not self._ready(select.POLLIN, end - time.monotonic()):
                break
            if not (chunk := self._receive(size - len(got))):
                if (left := end - time.monotonic()) <= 0:
                    break
                time.sleep(min(NAP_S, left))  # usblp is readable, with no bytes, when the printer has nothing to say
            got += chunk
        return bytes(got)

    def drain(self) -> None:
        """Forget what has arrived."""
        end = time.monotonic() + DRAIN_S
        while self._ready(select.POLLIN, 0) and self._receive(65536) and time.monotonic() < end:
            pass

    def reported(self) -> frozenset[Fault]:
        """What the port status says is wrong; nothing where the device has none, or says nothing that is to be believed."""
        status = bytearray(4)
        try:
            fcntl.ioctl(self._fd, LPGETSTATUS, status, True)
        except (OSError, ValueError):
            return frozenset()
        return port_faults(status[0])

    def abandon(self) -> None:
        """Open anew: the kernel gives up what it has not handed over."""
        self.close()
        self._fd = _opened(self.url)

    def close(self) -> None:
        """Close the device."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _ready(self, wanted: int, timeout_s: float) -> bool:
        """Also when it was unplugged, so that the next call says so."""
        poll = select.poll()
        poll.register(self._fd, wanted)
        return bool(poll.poll(max(0.0, timeout_s) * 1000))

    def _send(self, view: memoryview) -> int:
        try:
            return os.write(self._fd, view)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise unavailable(self.url, error) from error

    def _receive(self, size: int) -> bytes:
        try:
            return os.read(self._fd, size)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise unavailable(self.url, error) from error


def port_faults(status: int) -> frozenset[Fault]:
    """The faults in a port status. One that has no bit at all is no answer."""
    if status & PAPER_OUT:
        return frozenset({Fault.PAPER_OUT})
    if not status & (SELECTED | NO_ERROR):
        return frozenset()
    if not status & SELECTED:
        return frozenset({Fault.OFFLINE})
    return frozenset() if status & NO_ERROR else frozenset({Fault.HARDWARE})


def _opened(path: str) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as error:
        raise unavailable(path, error) from error
