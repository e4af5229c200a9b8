"""The engine's process seen from the kiosk: started without waiting, asked with a time-out, ended without fail.

It lives as long as the pipe to its standard input: when this process ends, however it ends, the child ends too.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from select import POLLIN, POLLOUT, poll
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FAREWELL_S = 0.2


class EngineFailed(Exception):
    """It ended, or did not answer in time; the message says which."""


class EngineSlow(EngineFailed):
    """It lives and has not answered yet."""


class EngineProcess:
    """One child. Whoever made it is the only one to call it."""

    def __init__(self, options: Mapping[str, str]) -> None:
        """Start the child and return at once. Raises EngineFailed when there is no starting. It has no use for what is
        installed (-S), which makes it smaller and quicker to start."""
        command = [sys.executable, "-S", "-m", "kiosk.writing.engine", json.dumps(options)]
        pipe = subprocess.PIPE
        try:
            self._child = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        except OSError as error:
            raise EngineFailed(f"it could not be started: {error.strerror}") from error
        assert self._child.stdin is not None  # noqa: S101  both opened as pipes above
        assert self._child.stdout is not None  # noqa: S101
        self._to, self._from = self._child.stdin.fileno(), self._child.stdout.fileno()
        self._heard = bytearray()
        os.set_blocking(self._to, False)
        self._to_poll, self._from_poll = poll(), poll()
        self._to_poll.register(self._to, POLLOUT)
        self._from_poll.register(self._from, POLLIN)
        self.started = time.monotonic()

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._child.pid

    def ask(self, request: Mapping[str, object], timeout_s: float) -> dict[str, Any]:
        """Its answer. Raises EngineFailed."""
        until = time.monotonic() + timeout_s
        left = memoryview(json.dumps(request).encode() + b"\n")
        while left:
            left = left[self._tell(left, until - time.monotonic()) :]
        return self.answer(until - time.monotonic())

    def answer(self, timeout_s: float) -> dict[str, Any]:
        """The next line it says. Raises EngineFailed when it ends, says nothing in time, or nothing sensible."""
        until = time.monotonic() + timeout_s
        while b"\n" not in self._heard:
            self._hear(until - time.monotonic())
        line, _, rest = bytes(self._heard).partition(b"\n")
        self._heard[:] = rest
        try:
            said: dict[str, Any] = json.loads(line)
        except ValueError:
            raise EngineFailed("it does not speak sensibly") from None
        return said

    def _tell(self, words: memoryview, timeout_s: float) -> int:
        """Write what the pipe takes; an engine that does not read must not hold us."""
        if not self._to_poll.poll(max(0, timeout_s) * 1000):
            raise EngineSlow("it does not listen")
        try:
            return os.write(self._to, words)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise EngineFailed("it has ended") from error

    def _hear(self, timeout_s: float) -> None:
        if not self._from_poll.poll(max(0, timeout_s) * 1000):
            raise EngineSlow("it does not answer")
        heard = os.read(self._from, 1 << 16)
        if not heard:
            raise EngineFailed("it has ended")
        self._heard += heard

    def end(self, patience_s: float = 0) -> None:
        """End the child and forget what it said; harmless when it has ended. `patience_s`: to let it end by itself."""
        self._heard.clear()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe:
                pipe.close()
        try:
            self._child.wait(patience_s)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
