"""Runs SANE's `scanimage` as a child that can be stopped, and killed when it does not stop.

A backend that hangs in the USB stack hangs its own process only. Nothing here waits longer than it was told to.
"""

import fcntl
import os
import selectors
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass

from kiosk.errors import DeviceUnavailable, Fault

PROGRAM = "scanimage"
TIED = ("setpriv", "--pdeathsig", "KILL")
"""Ties it to our life: a scanner must not go on for a kiosk that has died."""
PIECE = 1 << 20
"""So much fits into a pipe that was widened: scanimage writes 4 KB at a time, and a wake-up for each would take as long
as the page."""
GATHER_S = 0.003
"""How long output is left to gather between two reads."""
SAID_KEPT = 4096
ANSWER_KEPT = 1 << 20
REAP_S = 0.5
PARTING_S = 8.0
"""How long a scanner may take to bring its lamp home after it was stopped, until it is killed."""


@dataclass(frozen=True)
class Answer:
    """What a short question gave: exit code, standard output, standard error."""

    code: int
    text: str
    said: str


class Scanimage:
    """One running scanimage. `config`: SANE_CONFIG_DIR, the machine's own when empty. Raises DeviceUnavailable when it
    cannot be started."""

    def __init__(self, arguments: list[str], config: str) -> None:
        environment = {**os.environ, "LC_ALL": "C.UTF-8"} | ({"SANE_CONFIG_DIR": config} if config else {})
        pipe = subprocess.PIPE
        try:
            self._process = subprocess.Popen(
                [*TIED, PROGRAM, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=pipe,
                stderr=pipe,
                env=environment,
                process_group=0,  # backends fork readers, and signal their whole group
            )
        except OSError as error:
            raise DeviceUnavailable("scanimage cannot be started.", Fault.HARDWARE) from error
        self._pipes = selectors.DefaultSelector()
        self._said, self._read_at = b"", 0.0
        self._out = self._process.stdout
        self._kill_at: float | None = None
        for stream in (self._process.stdout, self._process.stderr):
            if stream:
                os.set_blocking(stream.fileno(), False)
                _widen(stream.fileno())
                self._pipes.register(stream, selectors.EVENT_READ)

    @property
    def said(self) -> str:
        """The end of what it said on standard error."""
        return self._said.decode(errors="replace")

    def read(self, wait_s: float) -> bytes | None:
        """What it has put out within `wait_s`; b"" for nothing yet, None once it has closed its output."""
        if not self._pipes.get_map():
            return None
        time.sleep(max(0.0, min(wait_s, self._read_at + GATHER_S - time.monotonic())))
        found = b""
        for key, _events in self._pipes.select(wait_s):
            piece = os.read(key.fd, PIECE)
            if not piece:
                self._pipes.unregister(key.fileobj)
            elif key.fileobj is self._out:
                found = piece
            else:
                self._said = (self._said + piece)[-SAID_KEPT:]
        self._read_at = time.monotonic()
        return found

    def code(self, wait_s: float = REAP_S) -> int | None:
        """Its exit code; None while it runs."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(wait_s)
        return None

    def part(self) -> None:
        """Ask it to stop: it cancels the scan and lets the device come to rest. Returns at once."""
        if self._kill_at is None and self.code(0) is None:
            self._kill_at = time.monotonic() + PARTING_S
            self._process.send_signal(signal.SIGTERM)

    def gone(self, wait_s: float) -> bool:
        """Whether a parting one has ended; one that takes too long is killed."""
        until = time.monotonic() + wait_s
        while self.read(max(0.0, until - time.monotonic())) is not None and time.monotonic() < until:
            pass  # what it still puts out is nobody's; unread it would never end
        self.code(max(0.0, until - time.monotonic()))
        if self._kill_at is not None and time.monotonic() > self._kill_at:
            self.kill()
        return self.code(0) is not None

    def kill(self) -> None:
        """End it now with what it has forked, and let go of it."""
        if self.code(0) is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self.code()
        self._pipes.close()
        for stream in (self._process.stdout, self._process.stderr):
            if stream:
                stream.close()


def _widen(pipe: int) -> None:
    with suppress(OSError):  # an unprivileged user has a quota for all pipes; a narrow one works, too
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIECE)


def ask(arguments: list[str], config: str, timeout_s: float) -> Answer:
    """Run scanimage for a short answer. Raises DeviceUnavailable when it gives none in time."""
    run, until, text = Scanimage(arguments, config), time.monotonic() + timeout_s, b""
    try:
        while (piece := run.read(max(0.0, until - time.monotonic()))) is not None:
            text += piece
            if time.monotonic() > until or len(text) > ANSWER_KEPT:
                break
        code = run.code()
    finally:
        run.kill()
    if code is None:
        raise DeviceUnavailable("The scanner does not answer in time.", Fault.NO_ANSWER)
    return Answer(code, text.decode(errors="replace"), run.said)
