"""pyserial's handler for `sim://`: a serial port whose other end is a `Wire` in this process.

pyserial finds it by its module name (`protocol_<scheme>`); `serial_line` tells it where to look. A driver cannot tell it
from a real port: bytes come when they would come, an unplugged cable is a SerialException, one port at a time holds it.
"""

import errno
import threading
import time
from collections.abc import Iterable
from typing import Any

from serial import PortNotOpenError, SerialBase, SerialException, SerialTimeoutException

from devices.transports import sim
from devices.transports.sim import Burst, Coming, Speaking, in_order
from kiosk.errors import SetupError

SLICE_S = 0.02
"""How soon a waiting read notices that the cable was pulled."""
BITS_PER_BYTE = 10
"""One start bit, eight data bits, one stop bit."""

_held: set[int] = set()
_held_lock = threading.Lock()


class Serial(SerialBase):
    """A port on a simulated cable."""

    def open(self) -> None:
        """Take the cable. Raises SerialException when it is not there or held by somebody else."""
        try:
            self._wire = sim.wire(str(self.portstr))
        except SetupError as error:
            raise SerialException(str(error)) from error
        if not self._wire.plugged:
            raise SerialException(errno.ENOENT, f"could not open port {self.portstr}: no such device")
        self._take()
        self._changed = threading.Condition()
        self._coming: Coming = []
        self._clear_at = 0.0
        self._cancelled = False
        self.is_open = True

    def _take(self) -> None:
        with _held_lock:
            if id(self._wire) in _held:
                raise SerialException(errno.EAGAIN, f"Could not exclusively lock port {self.portstr}")
            _held.add(id(self._wire))

    def close(self) -> None:
        """Let go of the cable."""
        if self.is_open:
            self.is_open = False
            with _held_lock:
                _held.discard(id(self._wire))

    def _reconfigure_port(self) -> None:
        """Nothing to configure: the rate is read at every exchange."""

    @property
    def in_waiting(self) -> int:
        """How many bytes have arrived."""
        self._check()
        return self._heard(time.monotonic())

    def read(self, size: int = 1) -> bytes:
        """Up to `size` bytes, fewer when the time-out passed first."""
        self._check()
        end = None if self.timeout is None else time.monotonic() + self.timeout
        with self._changed:
            while self._heard(now := time.monotonic()) < size:
                if self._cancelled or (end is not None and now >= end):
                    self._cancelled = False
                    break
                self._changed.wait(self._nap(now, end, size))
                self._check()
            return self._pulled(size)

    def write(self, data: Any, /) -> int:
        """Send; what the far end answers to it starts to arrive."""
        self._check()
        self._wait_taking()
        sent = bytes(data)
        here = time.monotonic() + self._wire_s(len(sent))
        with self._changed:
            self._schedule(self._wire.exchange(sent, int(self.baudrate)), here)
            self._changed.notify_all()
        return len(sent)

    def _schedule(self, bursts: Iterable[Burst], here: float) -> None:
        """Let bursts come one after another, from the moment `here` on."""
        at = max(here, self._clear_at)
        for burst in bursts:
            if burst.overtakes:
                in_order(self._coming, here, burst.data)
                continue
            in_order(self._coming, at + burst.after_s, burst.data)
            at += burst.after_s + self._wire_s(len(burst.data))
        self._clear_at = at if self._coming else 0.0

    def _hear(self, now: float) -> None:
        """What the far end says of itself."""
        if isinstance(self._wire, Speaking) and (said := tuple(self._wire.unasked())):
            self._schedule(said, now)

    def reset_input_buffer(self) -> None:
        """Forget what has arrived."""
        self._check()
        with self._changed:
            self._pulled(self._heard(time.monotonic()))

    def reset_output_buffer(self) -> None:
        """Nothing waits on this side."""

    def cancel_read(self) -> None:
        """Wake a thread that waits in `read`; it gets what has arrived."""
        if self.is_open:
            with self._changed:
                self._cancelled = True
                self._changed.notify_all()

    def flush(self) -> None:
        """Nothing waits on this side."""

    def _check(self) -> None:
        if not self.is_open:
            raise PortNotOpenError()
        if not self._wire.plugged:
            raise SerialException(errno.EIO, "device reports readiness to read but returned no data")

    def _wait_taking(self) -> None:
        end = None if self.write_timeout is None else time.monotonic() + self.write_timeout
        while not self._wire.takes():
            if end is not None and time.monotonic() >= end:
                raise SerialTimeoutException("Write timeout")
            time.sleep(SLICE_S)
            self._check()

    def _wire_s(self, count: int) -> float:
        return count * BITS_PER_BYTE / self.baudrate if self._wire.paced else 0.0

    def _heard(self, now: float) -> int:
        """How many bytes have arrived, those included that were sent just now."""
        self._hear(now)
        return self._arrived(now)

    def _arrived(self, now: float) -> int:
        return sum(self._arrived_of(at, data, now) for at, data in self._coming)

    def _arrived_of(self, at: float, data: bytes, now: float) -> int:
        if now < at:
            return 0
        return min(len(data), int((now - at) / self._wire_s(1) + 1e-6)) if self._wire.paced else len(data)

    def _nap(self, now: float, end: float | None, size: int) -> float:
        """Until the `size`-th byte is there, the end, or the next look at the cable."""
        due = next((at for at in self._due_times(size) if at > now), now + SLICE_S)
        return max(0.0, min(due, now + SLICE_S, end if end is not None else due) - now)

    def _due_times(self, size: int) -> list[float]:
        missing, times = size, []
        for at, data in self._coming:
            take = min(missing, len(data))
            times.append(at + self._wire_s(take))
            missing -= take
            if missing <= 0:
                return times[-1:]
        return times[-1:]

    def _pulled(self, size: int) -> bytes:
        """Take `size` arrived bytes out of what is coming."""
        got, now = bytearray(), time.monotonic()
        while self._coming and len(got) < size:
            at, data = self._coming[0]
            count = min(self._arrived_of(at, data, now), size - len(got))
            got += data[:count]
            if count < len(data):
                self._coming[0] = (at + self._wire_s(count), data[count:])
                break
            self._coming.pop(0)
        return bytes(got)
