"""The service's side of the helpers: as many as there are processors, started when the first file comes."""

import json
import os
import queue
import select
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kiosk.approval.examine.verdict import WALL_S, Bad, Verdict
from kiosk.contract.files import Fault, MediaType

ROOT = Path(__file__).resolve().parents[3]
START_S, END_S = 20.0, 3.0
_MODULE = "kiosk.approval.examine.helper"


class _Helper:
    """One child process; started again when it has died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "subprocess.Popen[bytes]":
        """The running process."""
        if self._process is None or self._process.poll() is not None:
            self.end()
            self._process = subprocess.Popen(
                [sys.executable, "-m", _MODULE],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # libraries may quote what they find in a file
                bufsize=0,
                start_new_session=True,
            )
        return self._process

    def ask(self, request: dict[str, object]) -> dict[str, Any]:
        """Its answer. Raises OSError when it died or is stuck; the next request gets a new process."""
        process = self.start()
        assert process.stdin  # noqa: S101 (a pipe, as opened above)
        assert process.stdout  # noqa: S101
        said = b""
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            while not said.endswith(b"\n"):
                said += _piece(process.stdout.fileno())
        except OSError:
            self.end()
            raise
        answer: dict[str, Any] = json.loads(said)
        return answer

    def end(self) -> None:
        """End it; harmless when it has ended."""
        process, self._process = self._process, None
        if process is None:
            return
        with process:  # closes the pipes, which ends it
            assert process.stdin  # noqa: S101
            process.stdin.close()
            try:
                process.wait(END_S)
            except subprocess.TimeoutExpired:
                process.kill()


def _piece(out: int) -> bytes:
    if not select.select([out], [], [], START_S + WALL_S)[0]:
        raise TimeoutError("the examiner of files does not answer")
    piece = os.read(out, 65_536)
    if not piece:
        raise BrokenPipeError("the examiner of files has ended")
    return piece


class Examiner:
    """Looks through files, a few at a time. Safe to use from any thread."""

    def __init__(self, helpers: int = 0) -> None:
        """`helpers`: how many processes; 0: one per processor, four at most."""
        count = helpers or max(1, min(4, os.cpu_count() or 1))
        self._all = [_Helper() for _ in range(count)]
        self._idle: queue.LifoQueue[_Helper] = queue.LifoQueue()
        self._warmed = threading.Event()
        for helper in self._all:
            self._idle.put(helper)

    def warm(self) -> None:
        """A file is coming: have one helper read its libraries meanwhile. Only the first call does anything."""
        if self._warmed.is_set():
            return
        self._warmed.set()
        with self._free() as helper:
            helper.start()

    def examine(self, file: Path, accepted: Collection[str]) -> Verdict:
        """Look through a file, which must be one of the `accepted` media types. Raises Bad; OSError when it cannot be done."""
        with self._free() as helper:
            said = helper.ask({"file": str(file), "accepted": sorted(accepted)})
        if "fault" in said:
            raise Bad(Fault(said["fault"]))
        return Verdict(MediaType(said["media_type"]), said.get("pages", 1), said.get("converted", False))

    def close(self) -> None:
        """End all helpers; a later file starts them again."""
        for helper in self._all:
            helper.end()
        self._warmed.clear()

    @contextmanager
    def _free(self) -> Iterator[_Helper]:
        helper = self._idle.get()
        try:
            yield helper
        finally:
            self._idle.put(helper)
