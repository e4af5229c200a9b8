"""A child that looks at pages (`kiosk.reading.child`), seen from the kiosk: every call has an end, and nothing outlives it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from select import POLLIN, POLLOUT, poll
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SLICE_S = 0.1
"""How often a wait looks whether it is still wanted."""
LONGEST_HEADER = 500_000
LARGEST_ANSWER = 20_000_000
KEPT = ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX", "VIRTUAL_ENV", "PYTHONPATH")
"""Of the kiosk's environment; settings and secrets are no business of a process that opens foreign files."""


class ChildFailed(Exception):
    """It ended, was not in time, said nothing sensible, or is not wanted any more; the message says which."""


class Child:
    """One process. One thread calls it; `kill` may come from any."""

    def __init__(self, job: str) -> None:
        """Start it and return at once. Raises ChildFailed when there is no starting."""
        pipe = subprocess.PIPE
        environment = {name: value for name in KEPT if (value := os.environ.get(name))} | {"OMP_THREAD_LIMIT": "1"}
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "kiosk.reading.child", job],
                cwd=ROOT,
                env=environment,
                stdin=pipe,
                stdout=pipe,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                bufsize=0,
            )
        except OSError as error:
            raise ChildFailed(f"it could not be started: {error.strerror}") from error
        assert self._process.stdin is not None  # noqa: S101  both opened as pipes above
        assert self._process.stdout is not None  # noqa: S101
        self._to, self._from = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._to, False)
        self._heard = bytearray()

    @property
    def pid(self) -> int:
        """Its process id, and that of its group."""
        return self._process.pid

    def tell(self, content: bytes, until: float, stop: threading.Event, **header: object) -> None:
        """Hand over a file. Raises ChildFailed."""
        left = memoryview(json.dumps({**header, "size": len(content)}).encode() + b"\n" + content)
        while left:
            self._wait(self._to, POLLOUT, until, stop)
            try:
                left = left[os.write(self._to, left) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise ChildFailed("it has ended") from error

    def hear(self, until: float, stop: threading.Event) -> tuple[dict[str, Any], bytes]:
        """Its next answer. Raises ChildFailed."""
        while b"\n" not in self._heard:
            self._hear_more(until, stop, LONGEST_HEADER)
        line, _, rest = bytes(self._heard).partition(b"\n")
        self._heard[:] = rest
        try:
            header: dict[str, Any] = json.loads(line)
            size = int(header["size"])
        except (ValueError, KeyError, TypeError):
            raise ChildFailed("it does not speak sensibly") from None
        while len(self._heard) < size:
            self._hear_more(until, stop, LARGEST_ANSWER)
        content = bytes(self._heard[:size])
        del self._heard[:size]
        return header, content

    def _hear_more(self, until: float, stop: threading.Event, most: int) -> None:
        self._wait(self._from, POLLIN, until, stop)
        piece = os.read(self._from, 1 << 16)
        if not piece:
            raise ChildFailed("it has ended")
        self._heard += piece
        if len(self._heard) > most:
            raise ChildFailed("it says too much")

    def _wait(self, file: int, what: int, until: float, stop: threading.Event) -> None:
        waiting = poll()
        waiting.register(file, what)
        ready = False
        while not ready:  # looks each time: one that talks without end must end, too
            if stop.is_set():
                raise ChildFailed("it is not wanted any more")
            if time.monotonic() > until:
                raise ChildFailed("it does not answer in time")
            ready = bool(waiting.poll(SLICE_S * 1000))

    def kill(self) -> None:
        """End it and what it has started, at once; harmless when it has ended."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Kill it, reap it, and forget what it said."""
        self.kill()
        self._process.wait()
        self._heard.clear()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()
