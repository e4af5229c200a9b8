"""A folder in memory for the pages of one feeder scan: nobody else can read it, and each page leaves it when it was read.

scanimage writes the sheets of a feeder into files. They never reach a disk (/dev/shm is memory), and what a crash leaves
behind is removed by `sweep` when the scanner is opened next.
"""

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from kiosk.errors import Fault, ScanFailed

PREFIX = "bianmin-pages-"
MOST_BYTES = 96 * 1024 * 1024
"""A page is never larger: A4 in colour at 1200 dpi has 50 MB as a JPEG file."""


def memory() -> Path:
    """Where files are memory. Raises ScanFailed on a machine that has no such place for this user."""
    places = ("/dev/shm", os.environ.get("RUNTIME_DIRECTORY", ""), os.environ.get("XDG_RUNTIME_DIR", ""))  # noqa: S108
    for place in places:
        if place and os.access(place, os.W_OK | os.X_OK):
            return Path(place)
    raise ScanFailed("There is no memory file system for scanned pages: mount a tmpfs at /dev/shm.", Fault.HARDWARE)


class PrivateFolder:
    """Exists from the start of a scan to its end, mode 0700. Its lock says that its owner lives."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=memory()))
        self._lock = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def take(self, name: str) -> bytes:
        """A file's content; the file is gone then. Raises ScanFailed where there is none, or a monster."""
        path = self.path / name
        try:
            if path.parent != self.path or path.stat().st_size > MOST_BYTES:
                raise ScanFailed("The scanner delivered something that is no page.", Fault.HARDWARE)
            return path.read_bytes()
        except OSError as error:
            raise ScanFailed("A scanned page could not be taken over.", Fault.HARDWARE) from error
        finally:
            with suppress(OSError):
                path.unlink()

    def close(self) -> None:
        """Remove it with all that is left in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


def sweep() -> None:
    """Remove the folders of ours whose owner has died. Never raises."""
    with suppress(OSError, ScanFailed):
        for left in memory().glob(f"{PREFIX}*"):
            if left.stat().st_uid == os.getuid() and not left.is_symlink():
                _remove_dead(left)


def _remove_dead(folder: Path) -> None:
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        pass  # its owner lives and is scanning
    finally:
        os.close(lock)
