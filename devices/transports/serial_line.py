"""A serial line over any pyserial URL: device node, sim://, spy://, loop://, rfc2217://.

pyserial 3.5 reports a lost port in many ways: SerialException, OSError, `termios.error` (which is no OSError) from
`flush` and `reset_input_buffer`, TypeError when closed in the middle of a read. Here they are all DeviceUnavailable.
"""

import logging
import termios
from collections.abc import Iterator
from contextlib import contextmanager

import serial

from devices.transports.faults import BadAddress, NotTaking, unavailable
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.journal import Shown

log = logging.getLogger(__name__)

HANDLERS = "devices.transports"
LOST = (OSError, termios.error, TypeError, ValueError)

if HANDLERS not in serial.protocol_handler_packages:
    serial.protocol_handler_packages.append(HANDLERS)


class SerialLine:
    """An open serial line, 8N1, held by this process alone. Raises DeviceUnavailable from every method but `close`."""

    def __init__(self, url: str, baud: int = 115200) -> None:
        self.url = url
        with self._in_our_words():
            self._port = _opened(url, baud)

    def write(self, data: bytes, timeout_s: float) -> None:
        """Send everything within `timeout_s`. Raises NotTaking when the other side stops taking data."""
        with self._in_our_words():
            if self._port.write_timeout != timeout_s:
                self._port.write_timeout = timeout_s
            self._port.write(data)

    def read(self, size: int, timeout_s: float) -> bytes:
        """Up to `size` bytes, fewer when `timeout_s` passed first."""
        with self._in_our_words():
            if self._port.timeout != timeout_s:
                self._port.timeout = max(timeout_s, 0.0)
            return bytes(self._port.read(size))

    def drain(self) -> None:
        """Forget what has arrived."""
        with self._in_our_words():
            self._port.reset_input_buffer()

    def abandon(self) -> None:
        """Drop what waits in the kernel."""
        with self._in_our_words():
            self._port.reset_output_buffer()

    def reported(self) -> frozenset[Fault]:
        """A serial line says nothing of the device."""
        return frozenset()

    def close(self) -> None:
        """Close; a thread that still reads gets no data instead of a TypeError."""
        for step in (getattr(self._port, "cancel_read", None), self._port.close):
            try:
                if step:
                    step()
            except LOST as error:
                log.debug("closing %s: %s", Shown(self.url), error)

    @contextmanager
    def _in_our_words(self) -> Iterator[None]:
        try:
            yield
        except DeviceUnavailable:
            raise
        except serial.SerialTimeoutException as error:
            raise NotTaking(f"{self.url} stopped taking data.", Fault.NO_ANSWER) from error
        except LOST as error:
            raise unavailable(self.url, error) from error


def _opened(url: str, baud: int) -> serial.Serial:
    try:
        return serial.serial_for_url(url, baudrate=baud, timeout=0, write_timeout=1, exclusive=True)
    except ValueError as error:
        reason = f"{url} is not an address of a serial line ({error}). Check the settings."
        raise BadAddress(reason, Fault.WRONG_DEVICE) from error
