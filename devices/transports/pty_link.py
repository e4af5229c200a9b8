"""A simulated cable as a pseudo-terminal at a path: other programs open it like any serial port.

Bytes leave at the pace of the baud rate that the client has set; the rate is read from the terminal at every exchange.
"""

import contextlib
import errno
import os
import select
import termios
import time
import tty
from collections import deque
from collections.abc import Iterable
from pathlib import Path

from devices.transports.sim import Burst, Speaking, Wire
from kiosk.errors import SetupError

SPEEDS = {getattr(termios, f"B{rate}"): rate for rate in (9600, 19200, 38400, 57600, 115200, 230400)}
BITS_PER_BYTE = 10
TICK_S = 0.002
"""Bytes leave in pieces of this length: 23 at 115,200 baud."""
SPEAKING_S = 0.02
"""How soon what the far end says of itself begins to leave."""


class PtyLink:
    """The device side of a pseudo-terminal with a link to it at `path`. Raises SetupError when the path is taken."""

    def __init__(self, path: Path, wire: Wire) -> None:
        self.path = path
        self._wire = wire
        self._leaving: deque[tuple[float, bytes]] = deque()
        self._clear_at = 0.0
        self._master, self._slave = -1, -1
        self._check(path)
        self.plug()

    def plug(self) -> None:
        """Make the terminal and the link; harmless when they are there."""
        if self._master >= 0:
            return
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        part = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        part.symlink_to(os.ttyname(self._slave))
        part.replace(self.path)
        self._leaving.clear()

    def unplug(self) -> None:
        """Take the terminal away: clients get errors, as from a pulled USB plug."""
        if self._master >= 0:
            self.path.unlink(missing_ok=True)
            os.close(self._master)
            os.close(self._slave)
            self._master = self._slave = -1
            self._leaving.clear()
            self._clear_at = 0.0

    def turn(self, other_fd: int, wait_s: float) -> bool:
        """Move bytes for up to `wait_s`; True when `other_fd` has something to read."""
        self._follow_plug()
        self._hear()
        fds = [fd for fd in (self._master, other_fd) if fd >= 0]
        ready, _, _ = select.select(fds, [], [], self._nap(wait_s))
        if self._master in ready:
            self._exchange()
        self._send()
        return other_fd in ready

    @property
    def baud(self) -> int:
        """The speed the client has set; 0 for one that has no name."""
        return SPEEDS.get(termios.tcgetattr(self._master)[4], 0)

    def _follow_plug(self) -> None:
        if self._wire.plugged:
            self.plug()
        elif not self._leaving:
            self.unplug()

    def _hear(self) -> None:
        """What the far end says of itself."""
        if isinstance(self._wire, Speaking) and self._master >= 0:
            self._schedule_all(self._wire.unasked(), time.monotonic())

    def _nap(self, wait_s: float) -> float:
        if isinstance(self._wire, Speaking):
            wait_s = min(wait_s, SPEAKING_S)
        if not self._leaving:
            return wait_s
        return max(0.0, min(wait_s, self._leaving[0][0] - time.monotonic()))

    def _exchange(self) -> None:
        try:
            data = os.read(self._master, 4096)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return
        baud = self.baud
        taken_at = time.monotonic() + len(data) * BITS_PER_BYTE / (baud or 9600)
        self._schedule_all(self._wire.exchange(data, baud or -1), taken_at)

    def _schedule_all(self, bursts: Iterable[Burst], at: float) -> None:
        baud, at = self.baud or 9600, max(at, self._clear_at)
        for burst in bursts:
            at = self._schedule(burst.data, at + burst.after_s, baud)
        self._clear_at = at

    def _schedule(self, data: bytes, at: float, baud: int) -> float:
        """Cut a burst into pieces that end when their last byte would have come; when the burst is over."""
        piece = max(1, int(TICK_S * baud / BITS_PER_BYTE))
        for start in range(0, len(data), piece):
            chunk = data[start : start + piece]
            at += len(chunk) * BITS_PER_BYTE / baud
            self._leaving.append((at, chunk))
        return at

    def _send(self) -> None:
        now = time.monotonic()
        while self._leaving and self._leaving[0][0] <= now:
            with contextlib.suppress(BlockingIOError):  # nobody reads: lost, as on a real line
                os.write(self._master, self._leaving.popleft()[1])

    @staticmethod
    def _check(path: Path) -> None:
        if not path.parent.is_dir():
            raise SetupError(f"There is no folder {path.parent} for the link {path.name}. Make it first.")
        if path.is_symlink() and not path.exists():
            return  # left by a simulator that was killed
        if path.exists() or path.is_symlink():
            raise SetupError(
                f"{path} is there already, perhaps another simulator's. Choose another path, or remove it."
            )
