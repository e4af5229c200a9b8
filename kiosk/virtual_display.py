"""A screen where there is none: Xvfb, and x11vnc with noVNC on loopback so that a browser can look and touch.

Every helper process is ended by the kernel when this process ends (prctl PR_SET_PDEATHSIG, through util-linux'
setpriv), so that not even a `kill -9` leaves one behind. Xvfb is terminated, which lets it remove its lock; the others
are killed: websockify, busy forking, was seen to lose a SIGTERM.
"""

import os
import secrets
import select
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from kiosk.errors import SetupError

NOVNC = Path("/usr/share/novnc")
START_S, END_S, LOOK_S = 15.0, 1.0, 0.01
SOFTWARE_GL = {
    "LIBGL_ALWAYS_SOFTWARE": "1",  # Mesa draws in memory, where this screen is, whatever card the machine has
    "SDL_VIDEODRIVER": "x11",
}
_TYPED = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else when typed off a terminal
_FAMILY_WILD = 0xFFFF  # Xauth.h: an entry for whatever host and display


def has_display(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether this session has a screen of its own."""
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


@contextmanager
def virtual_display_if_needed(width: int, height: int, *, serve: bool) -> Iterator["VirtualDisplay | None"]:
    """Within it there is a display: the session's own (then this yields None), or a virtual one of `width` x `height`
    pixels. `serve`: also to a browser, said in one line on standard output. Raises SetupError."""
    if has_display():
        yield None
        return
    with VirtualDisplay(width, height, serve=serve) as display:
        if serve:
            print(display.invitation(), flush=True)  # noqa: T201
        yield display


class VirtualDisplay:
    """A context manager: an Xvfb of `width` x `height` pixels, as DISPLAY (and XAUTHORITY) of this process and those
    it starts. `number` None takes a free one. `url` and `password` are set when it is served.

    Entering raises SetupError when a program is missing or does not start.
    """

    def __init__(self, width: int, height: int, *, serve: bool = False, number: int | None = None) -> None:
        self.width, self.height, self.serve, self.number = width, height, serve, number
        self.url = self.password = ""
        self.processes: list[subprocess.Popen[bytes]] = []
        self.folder = Path()
        self._before: dict[str, str | None] = {}

    @property
    def name(self) -> str:
        """The display as X programs call it."""
        return f":{self.number}"

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="kiosk-display-"))  # for this user's eyes only
        try:
            self._start_screen()
            if self.serve:
                self._start_serving()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def invitation(self) -> str:
        """One line for the person who started it: where to look, and the password (which is not in the address)."""
        return f"No display here, so the screen is in your browser: {self.url}  password: {self.password}"

    def _start_screen(self) -> None:
        authority = self._private("authority", _authority(secrets.token_bytes(16)))
        wanted = [] if self.number is None else [self.name]
        size = ["-screen", "0", f"{self.width}x{self.height}x24"]
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb") as answer:
            try:
                command = ["Xvfb", *wanted, "-displayfd", str(writing), *size, "-auth", str(authority), "-noreset"]
                screen = self._start(command, keep=(writing,))
            finally:
                os.close(writing)
            self.number = self._number(answer, screen)
        self._set_environment({"DISPLAY": self.name, "XAUTHORITY": str(authority), **SOFTWARE_GL})

    def _number(self, answer: IO[bytes], screen: subprocess.Popen[bytes]) -> int:
        ready, _, _ = select.select([answer], [], [], START_S)
        line = answer.readline() if ready else b""
        if not line.strip():
            raise self._failure("Xvfb", screen)
        return int(line)

    def _start_serving(self) -> None:
        if not (NOVNC / "vnc.html").exists():
            raise SetupError(f"There is no noVNC in {NOVNC}; run `make install`.")
        self.password = "".join(secrets.choice(_TYPED) for _ in range(8))  # VNC looks at no more
        secret = self._private("password", self.password.encode() + b"\n")
        vnc, web = _free_port(), _free_port()
        where = ["-display", self.name, "-localhost", "-noipv6", "-rfbport", str(vnc), "-passwdfile", str(secret)]
        # -noshm: x11vnc leaves its shared memory behind when it is killed, pictures of the screen in it
        self._start(["x11vnc", *where, "-forever", "-shared", "-nosel", "-noxrecord", "-noshm", "-quiet"], port=vnc)
        self._start(["websockify", "--web", str(NOVNC), f"127.0.0.1:{web}", f"127.0.0.1:{vnc}"], port=web)
        self.url = f"http://127.0.0.1:{web}/vnc.html?autoconnect=true&resize=scale"

    def _private(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.touch(0o600)
        path.write_bytes(content)
        return path

    def _start(
        self, command: list[str], *, keep: tuple[int, ...] = (), port: int | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a helper in a session of its own (Ctrl-C is for the kiosk, which then ends its helpers in order)."""
        if shutil.which(command[0]) is None:
            raise SetupError(f"{command[0]} is not installed; run `make install`.")
        tied = ["setpriv", "--pdeathsig", "TERM" if command[0] == "Xvfb" else "KILL", *command]
        with self._log(command[0]).open("wb") as log:
            process = subprocess.Popen(
                tied, stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=keep, start_new_session=True
            )
        self.processes.append(process)
        if port is not None:
            self._await_port(command[0], process, port)
        return process

    def _await_port(self, program: str, process: subprocess.Popen[bytes], port: int) -> None:
        deadline = time.monotonic() + START_S
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise self._failure(program, process)
            time.sleep(LOOK_S)

    def _failure(self, program: str, process: subprocess.Popen[bytes]) -> SetupError:
        with suppress(subprocess.TimeoutExpired):
            process.wait(LOOK_S)  # it may be about to say why
        lines = self._log(program).read_text("utf-8", "replace").split("\n")
        said = next((line.strip() for line in lines if "rror" in line or "lready" in line), "it does not answer")
        return SetupError(f"{program} did not start: {said}. Check it by hand, or run `make install`.")

    def _log(self, program: str) -> Path:
        return self.folder / f"{program}.log"

    def _set_environment(self, values: Mapping[str, str]) -> None:
        self._before |= {name: os.environ.get(name) for name in values if name not in self._before}
        os.environ.update(values)

    def _end(self) -> None:
        for process in reversed(self.processes):
            _end_group(process)
        self.processes.clear()
        for name, value in self._before.items():
            os.environ.pop(name, None)
            os.environ.update({} if value is None else {name: value})
        shutil.rmtree(self.folder, ignore_errors=True)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End a helper and what it forked: politely, then not."""
    _signal(process, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(END_S)
    _signal(process, signal.SIGKILL)
    process.wait()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _authority(cookie: bytes) -> bytes:
    """An X authority file with one entry (Xau library: family, then counted address, number, name, data), so that no
    other user of this machine can read or touch the screen."""
    fields = (b"", b"", b"MIT-MAGIC-COOKIE-1", cookie)
    return struct.pack(">H", _FAMILY_WILD) + b"".join(struct.pack(">H", len(f)) + f for f in fields)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
