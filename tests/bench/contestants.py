"""The two that are compared: the kiosk, and Chromium in kiosk mode with the same home screen as a static page.

Each gets one folder of its own that is new to the benchmark, warmed by one start that is not timed; so neither pays
for its very first start. Both draw in software, on the same virtual screen.
"""

import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

WIDTH, HEIGHT = 1080, 1920
PAGE = Path(__file__).with_name("home.html")
CHROMIUM_FLAGS = (
    "--kiosk",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=Translate",
    "--noerrdialogs",
    "--hide-scrollbars",
    "--password-store=basic",
    "--lang=zh-CN",
)
END_S = 5


@dataclass(frozen=True)
class Contestant:
    """A program to start: its words, and what its environment has besides ours."""

    name: str
    command: Sequence[str]
    environ: dict[str, str]


@dataclass(frozen=True)
class Usage:
    """PSS in MB and CPU seconds so far, of the program itself and of the embedded approval service."""

    memory_mb: float
    cpu_s: float
    service_memory_mb: float
    service_cpu_s: float


def kiosk(folder: Path, command: str | None = None) -> Contestant:
    """The kiosk as a station runs it: whole screen, no dock; `command` replaces the words that start it."""
    words = shlex.split(command) if command else [sys.executable, "-m", "kiosk", "run", "--station", "demo"]
    environ = {
        "KIOSK_SCREEN__FULLSCREEN": "true",
        "KIOSK_PATHS__DATA": str(folder / "kiosk"),
        "KIOSK_READINESS__AT": "",  # idle is measured between the reports of the morning
    }
    return Contestant("kiosk", words, environ)


def chromium(folder: Path) -> Contestant:
    """Debian's Chromium in kiosk mode."""
    place = [f"--user-data-dir={folder / 'chromium'}", f"--window-size={WIDTH},{HEIGHT}", "--window-position=0,0"]
    return Contestant("chromium", ["chromium", *CHROMIUM_FLAGS, *place, PAGE.as_uri()], {})


@contextmanager
def running(contestant: Contestant) -> Iterator[psutil.Process]:
    """Start it in a session of its own; end it, and all it started, afterwards. Says so when it ended by itself."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            contestant.command,
            env=os.environ | contestant.environ,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        try:
            yield psutil.Process(process.pid)
        except RuntimeError as error:
            raise RuntimeError(f"{contestant.name}: {error}. {_last_words(process, said)}") from error
        finally:
            _end(process)


def _last_words(process: subprocess.Popen[bytes], said: IO[bytes]) -> str:
    state = "It is still running" if process.poll() is None else f"It ended with status {process.returncode}"
    said.seek(0)
    return f"{state}; it said: {said.read().decode('utf-8', 'replace').strip()[-400:]}"


def _end(process: subprocess.Popen[bytes]) -> None:
    family = _family(process.pid)
    process.send_signal(signal.SIGTERM)
    _, left = psutil.wait_procs(family, END_S)
    for straggler in left:
        with suppress(psutil.NoSuchProcess):
            straggler.kill()
    process.wait()


def usage(process: psutil.Process) -> Usage:
    """What it uses now, all its processes together; the embedded service (`kiosk approval serve`) apart."""
    if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
        raise RuntimeError("it ended by itself")
    memory, cpu = {False: 0.0, True: 0.0}, {False: 0.0, True: 0.0}
    for member in _family(process.pid):
        with suppress(psutil.NoSuchProcess):
            service = "approval" in member.cmdline()
            memory[service] += member.memory_full_info().pss / 1e6
            cpu[service] += sum(member.cpu_times()[:4])  # with those of children that have ended
    return Usage(memory[False], cpu[False], memory[True], cpu[True])


def _family(pid: int) -> list[psutil.Process]:
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
