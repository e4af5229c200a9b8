"""A child process that is told things in JSON lines and answers in JSON lines, without a thread and without waiting."""

import contextlib
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
END_S = 1.0
WRITE_S = 0.2
_PIECE = 65_536


class Child:
    """A Python module run as a program; it ends when the pipe to it does, so it never outlives this process."""

    def __init__(
        self,
        module: str,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        shares: Sequence[int] = (),
    ) -> None:
        """`shares`: open files of this process that the child may use, too, by the same numbers."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            bufsize=0,
            pass_fds=shares,
        )
        assert self._process.stdin  # noqa: S101 (opened as a pipe above)
        assert self._process.stdout  # noqa: S101
        self._in, self._out = self._process.stdin, self._process.stdout
        os.set_blocking(self._in.fileno(), False)
        os.set_blocking(self._out.fileno(), False)
        self._rest = b""

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def tell(self, **command: object) -> None:
        """Send a command. A child that does not listen any more is ended."""
        line = json.dumps(command).encode() + b"\n"
        until = time.monotonic() + WRITE_S
        with contextlib.suppress(BrokenPipeError):  # it has died: `alive` says so
            while line and time.monotonic() < until:
                line = line[self._written(line) :]
            if line:
                self._process.kill()

    def events(self) -> list[dict[str, Any]]:
        """What it has said since the last call."""
        while piece := self._read():
            self._rest += piece
        *lines, self._rest = self._rest.split(b"\n")
        return [json.loads(line) for line in lines]

    def end(self) -> None:
        """End it now: the pipe is closed, and what has not ended a second later is killed."""
        self._in.close()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._out.close()

    def _written(self, line: bytes) -> int:
        try:
            return os.write(self._in.fileno(), line)
        except BlockingIOError:
            select.select([], [self._in], [], WRITE_S)
            return 0

    def _read(self) -> bytes:
        try:
            return os.read(self._out.fileno(), _PIECE)
        except BlockingIOError:
            return b""
