"""The approval service in a process of its own, as it always is, but by a clock that whoever plays the year turns.

`python -m tests.year.service FOLDER` serves until standard input closes.
"""

import mmap
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from kiosk.approval.publication import Publication
from kiosk.approval.queues import Hall, load_queues
from kiosk.approval.service import Service, open_database
from kiosk.catalogue.source import load_builtin
from tests.approval.hall import serving

_SECONDS = struct.Struct("d")


class SharedClock:
    """Stands where the year has come to, for every process that has opened it."""

    def __init__(self, memory: mmap.mmap) -> None:
        self._memory = memory

    @classmethod
    @contextmanager
    def in_folder(cls, folder: Path, now: datetime | None = None) -> Iterator["SharedClock"]:
        """The clock of a folder; set to `now` it is a new one."""
        path = folder / "clock"
        if now is not None:
            path.write_bytes(_SECONDS.pack(now.timestamp()))
        with path.open("r+b") as file, mmap.mmap(file.fileno(), _SECONDS.size) as memory:
            yield cls(memory)

    def __call__(self) -> datetime:
        """Now, in UTC."""
        return datetime.fromtimestamp(_SECONDS.unpack_from(self._memory)[0], UTC)

    def forward(self, to: datetime) -> None:
        """Turn it on, never back."""
        if to > self():
            _SECONDS.pack_into(self._memory, 0, to.timestamp())


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A service on the database and by the clock of a folder; its address."""
    command = [sys.executable, "-m", "tests.year.service", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()


def main() -> int:
    """Print the address, serve until standard input closes."""
    folder = Path(sys.argv[1])
    database = open_database(f"sqlite:///{folder / 'approval.db'}")
    with SharedClock.in_folder(folder) as clock:
        service = Service(database, Hall(load_queues(), clock), Publication.of(load_builtin()))
        with serving(service) as url:
            sys.stdout.write(f"{url}\n")
            sys.stdout.flush()
            sys.stdin.read()
    database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
