"""Tells systemd that the terminal lives: that its picture moves, and that the threads of its devices get on.

Source: sd_notify(3), sd_watchdog_enabled(3). `look()` is called by the main thread's clock, never by a thread of its own:
a main thread that hangs falls silent by itself. It also falls silent while a device's thread is stuck in one call for
longer than it may be, or has ended for the second time; systemd then starts the terminal anew. Without NOTIFY_SOCKET
nothing is sent; dead threads are started again all the same.
"""

import logging
import os
import socket
from collections.abc import Callable, Mapping, MutableMapping
from typing import Protocol

from kiosk.journal import Shown

log = logging.getLogger(__name__)

CALL_S = 60.0
"""How long a device's thread may be in one call without a sign of life."""
LONG_CALL_S: Mapping[str, float] = {"ticket_printer": 600.0, "a4_printer": 900.0, "document_scanner": 600.0}
"""Those whose single calls last: a slip at 9,600 baud takes minutes, and so does a feeder full of pages."""
LOOK_S = 5.0
"""Between two looks, where systemd does not want them more often."""


class Watched(Protocol):
    """A device's thread, as `devices.worker.Worker` is one."""

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""

    @property
    def stalled_s(self) -> float:
        """Seconds since its last sign of life; 0 while it waits for work."""

    def restart(self) -> None:
        """Start a thread in the place of one that has ended."""


class Notifier:
    """The way to systemd. Its variables are taken out of the environment: children do not speak for the terminal."""

    def __init__(self, address: str, watchdog_s: float | None) -> None:
        self.watchdog_s = watchdog_s
        """How often systemd wants to hear at the latest; None: it does not watch."""
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
        self._socket.setblocking(False)
        self._failed = False

    def send(self, *lines: str) -> None:
        """Send assignments such as READY=1. A systemd that does not take them is logged once, and no reason to halt."""
        try:
            self._socket.sendto("\n".join(lines).encode(), self._address)
            self._failed = False
        except OSError as error:
            if not self._failed:
                log.warning("systemd cannot be told: errno %d", error.errno or 0)
            self._failed = True

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()


def notifier(environ: MutableMapping[str, str] = os.environ) -> Notifier | None:
    """The way to systemd; None where the terminal was not started by it."""
    address = environ.pop("NOTIFY_SOCKET", "")
    period, process = environ.pop("WATCHDOG_USEC", ""), environ.pop("WATCHDOG_PID", "")
    if not address.startswith(("/", "@")):
        return None
    watched = period.isdecimal() and int(period) > 0 and process in ("", str(os.getpid()))
    return Notifier(address, int(period) / 1e6 if watched else None)


class Watchdog:
    """Looks after the workers, and tells systemd while all of them get on. Called on the main thread only.

    `workers` may grow later; `summary()` is one line for people; `clock` monotonic seconds.
    """

    def __init__(
        self,
        to: Notifier | None,
        workers: Mapping[str, Watched],
        summary: Callable[[], str],
        clock: Callable[[], float],
    ) -> None:
        self._to, self._workers, self._summary, self._clock = to, workers, summary, clock
        period = to.watchdog_s if to else None
        self._look_s = min(LOOK_S, period / 3) if period else LOOK_S
        self._look_at = float("-inf")
        self._restarted: set[str] = set()
        self._stuck: frozenset[str] = frozenset()
        self._said = ""

    def ready(self) -> None:
        """The first picture is there and can be touched."""
        self._send("READY=1")

    def stopping(self) -> None:
        """The terminal is being closed."""
        self._send("STOPPING=1")
        if self._to:
            self._to.close()
            self._to = None

    def look(self) -> None:
        """Look after everything when it is time to; cheap otherwise."""
        now = self._clock()
        if now < self._look_at:
            return
        self._look_at = now + self._look_s
        self._note(frozenset(name for name, worker in dict(self._workers).items() if not self._gets_on(name, worker)))
        if not self._stuck and self._to and self._to.watchdog_s:
            self._send("WATCHDOG=1")
        self._say(self._summary())

    def _gets_on(self, name: str, worker: Watched) -> bool:
        if not worker.alive and name not in self._restarted:
            log.error("the thread of the device %s has ended; it is started again", Shown(name))
            self._restarted.add(name)
            worker.restart()
        return worker.alive and worker.stalled_s <= LONG_CALL_S.get(name, CALL_S)

    def _note(self, stuck: frozenset[str]) -> None:
        """Say a change once."""
        for name in sorted(stuck - self._stuck):
            log.error("the thread of the device %s does not get on", Shown(name))
        for name in sorted(self._stuck - stuck):
            log.info("the thread of the device %s gets on again", Shown(name))
        self._stuck = stuck

    def _say(self, summary: str) -> None:
        if summary != self._said:
            self._said = summary
            self._send(f"STATUS={summary}")

    def _send(self, line: str) -> None:
        if self._to:
            self._to.send(line)
