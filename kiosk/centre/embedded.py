"""The reference approval service as a child of the kiosk, for machines without a centre's address.

It lives as long as the pipe to its standard input: when this process ends, however it ends, the child ends too.
"""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kiosk.errors import SetupError

START_TIMEOUT_S = 20.0
STOP_TIMEOUT_S = 8.0


@dataclass(frozen=True)
class EmbeddedOptions:
    """How the child serves; `None` leaves it to the service's defaults."""

    database: str | None = None
    catalogue: Path | None = None
    public_url: str = ""
    practice: bool = False
    port: int = 0
    log: Path | None = None


class EmbeddedCentre:
    """A running service: its `url` on loopback, and a one-time `enrolment_code` for whoever started it."""

    def __init__(self, process: "subprocess.Popen[str]", url: str, enrolment_code: str) -> None:
        self._process = process
        self.url = url
        self.enrolment_code = enrolment_code

    @classmethod
    def start(
        cls, options: EmbeddedOptions = EmbeddedOptions(), timeout_s: float = START_TIMEOUT_S
    ) -> "EmbeddedCentre":
        """Start the child and wait until it serves. Raises SetupError with the child's own last sentence."""
        process = _spawn(options)
        try:
            return cls(process, *_announcement(process, options, timeout_s))
        except BaseException:
            _stop(process)
            raise

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the child still serves."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the child; harmless when it has ended."""
        _stop(self._process)


def _spawn(options: EmbeddedOptions) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "kiosk", "approval", "serve", "--embedded", "--port", str(options.port)]
    command += _arguments(options)
    root = Path(__file__).resolve().parents[2]
    if options.log is None:
        return _popen(command, root, None)
    with options.log.open("ab") as log:
        return _popen(command, root, log)


def _popen(command: Sequence[str], folder: Path, log: IO[bytes] | None) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        start_new_session=True,
    )


def _arguments(options: EmbeddedOptions) -> list[str]:
    words = []
    if options.database:
        words += ["--database", options.database]
    if options.catalogue:
        words += ["--catalogue", str(options.catalogue.resolve())]
    if options.public_url:
        words += ["--public-url", options.public_url]
    return [*words, "--practice"] if options.practice else words


def _announcement(process: "subprocess.Popen[str]", options: EmbeddedOptions, timeout_s: float) -> tuple[str, str]:
    line = _first_line(process, timeout_s)
    try:
        said = json.loads(line)
        return said["url"], said["enrolment_code"]
    except (ValueError, KeyError, TypeError) as error:
        where = f"; see {options.log}" if options.log else ""
        raise SetupError(f"the approval service of this machine did not start{where}") from error


def _first_line(process: "subprocess.Popen[str]", timeout_s: float) -> str:
    """The first line of the child's output, or "" when it ends or takes too long."""
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    assert process.stdout is not None  # noqa: S101 (opened as a pipe above)
    reader = threading.Thread(target=lambda out: lines.put(out.readline()), args=(process.stdout,), daemon=True)
    reader.start()
    try:
        return lines.get(timeout=timeout_s)
    except queue.Empty:
        return ""


def _stop(process: "subprocess.Popen[str]") -> None:
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()
