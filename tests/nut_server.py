"""A private Network UPS Tools server: the real `upsd` and the real `dummy-ups`, whose supply is a text file."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

UPS = "kiosk"
PATIENCE_S = 10.0
NOT_YET = ("", f'VAR {UPS} ups.status "WAIT"', "ERR DRIVER-NOT-CONNECTED")
PROGRAMS = Path("/lib/nut")
"""Debian's wrapper /sbin/upsd heeds only /etc/nut."""


class NutServer:
    """Listens on a free port of loopback; its files are in a folder of its own. `close` ends both programs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700)
        self.port = _free_port()
        self._state = folder / "kiosk.dev"
        self._running: list[subprocess.Popen[bytes]] = []
        self._write()
        self.say("OL")
        self.start()

    def start(self) -> None:
        """Driver, then server. They are ready when the supply's state is known."""
        door = self.folder / f"dummy-ups-{UPS}"
        door.unlink(missing_ok=True)
        self._running = [self._run("dummy-ups", "-a", UPS, "-F")]
        self._until(door.exists)
        self._running.append(self._run("upsd", "-F", "-P", str(self.folder / "pid")))
        self._until(lambda: self.asked(f"GET VAR {UPS} ups.status") not in NOT_YET)

    def say(self, status: str, charge: int = 100) -> None:
        """The supply's state from now on; the driver looks once a second."""
        fresh = self._state.with_suffix(".new")
        fresh.write_text(f"ups.status: {status}\nbattery.charge: {charge}\nbattery.runtime: 1800\nTIMER 1\n")
        fresh.replace(self._state)

    def settle(self) -> None:
        """As in the morning: running, on the mains."""
        if not self._running:
            self.start()
        self.say("OL")
        self._until(lambda: self.asked(f"GET VAR {UPS} ups.status").endswith('"OL"'))

    def end_driver(self) -> None:
        """The supply's driver ends, as when its cable is pulled for good."""
        self._end(self._running[:1])

    def close(self) -> None:
        """End both; harmless when they have ended."""
        self._end(self._running)
        self._running = []

    def asked(self, line: str) -> str:
        """The server's own answer; nothing while it is not there."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                connection.sendall(line.encode() + b"\n")
                return connection.makefile().readline().strip()
        except OSError:
            return ""

    @property
    def log(self) -> str:
        """What the programs said."""
        return (self.folder / "log").read_text()

    def _write(self) -> None:
        files = {
            "ups.conf": f"[{UPS}]\n  driver = dummy-ups\n  port = {self._state}\n  mode = dummy-loop\n  pollinterval = 1\n",
            "upsd.conf": f"LISTEN 127.0.0.1 {self.port}\nMAXAGE 3\n",
            "upsd.users": "",
            "nut.conf": "MODE=standalone\n",
        }
        for name, text in files.items():
            (self.folder / name).write_text(text)

    def _run(self, program: str, *options: str) -> subprocess.Popen[bytes]:
        place = str(self.folder)
        names = ("NUT_CONFPATH", "NUT_STATEPATH", "NUT_ALTPIDPATH")
        user = ("-u", "root") if os.geteuid() == 0 else ()
        found = shutil.which(str(PROGRAMS / program)) or program
        with (self.folder / "log").open("ab") as log:
            environment = {**os.environ, **dict.fromkeys(names, place)}
            return subprocess.Popen((found, *options, *user), env=environment, stdout=log, stderr=log)

    def _until(self, there: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not there():
            assert time.monotonic() < deadline, self.log
            time.sleep(0.02)

    @staticmethod
    def _end(programs: Sequence[subprocess.Popen[bytes]]) -> None:
        for program in programs:
            program.terminate()
        for program in programs:
            program.wait(PATIENCE_S)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
