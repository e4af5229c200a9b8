"""Where files are kept, by the SHA-256 of their bytes: a folder beside the database, or an S3-compatible store.

A file is put there whole or not at all, and never changes. Names come from digests alone, never from outside.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from kiosk.errors import SettingsError

PIECE_BYTES = 256 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")


class FileStore(Protocol):
    """Blocking calls. OSError where the store cannot be used."""

    incoming: Path
    """A local folder for files that are still coming, from which `put` takes them."""

    def put(self, digest: str, file: Path) -> None:
        """Keep `file`, whose digest this is; it is gone afterwards. Harmless where it is kept already."""

    def pieces(self, digest: str) -> Iterator[bytes]:
        """The file from its beginning. Raises FileNotFoundError before the first piece."""

    def drop(self, digest: str) -> None:
        """Keep it no longer; harmless where it is not kept."""


class FolderStore:
    """A folder with two levels of folders in it (ab/cd/abcd...), for its owner alone."""

    def __init__(self, folder: Path) -> None:
        """Raises SettingsError where the folder cannot be made."""
        self.folder, self.incoming = folder, folder / "incoming"
        make_private(self.incoming)

    def put(self, digest: str, file: Path) -> None:
        """Move it in: on the disk before it has its name, and its name on the disk before this returns."""
        target = self._path(digest)
        changed = [target.parent] if target.parent.is_dir() else [target.parent, target.parent.parent, self.folder]
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _settle(file)
        file.replace(target)
        for folder in changed:
            _settle(folder)

    def pieces(self, digest: str) -> Iterator[bytes]:
        """The file in pieces; it is open when this returns, so that it may be dropped meanwhile."""
        stream = self._path(digest).open("rb")

        def read() -> Iterator[bytes]:
            with stream:
                yield from iter(lambda: stream.read(PIECE_BYTES), b"")

        return read()

    def drop(self, digest: str) -> None:
        """Unlink it."""
        self._path(digest).unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        checked(digest)
        return self.folder / digest[:2] / digest[2:4] / digest


def checked(digest: str) -> str:
    """The digest. Raises ValueError for anything that is none: it becomes a file's name."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError("a file is named by 64 hexadecimal digits")
    return digest


def make_private(folder: Path) -> None:
    """Make a folder for its owner alone. Raises SettingsError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"--files: the folder {folder} cannot be made ({error.strerror}); check its rights"
        ) from error


def _settle(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_store(address: str, database_folder: Path) -> FileStore:
    """The store at `address`: a folder, `s3://BUCKET/PREFIX?endpoint=URL&region=NAME`, or "" for the folder `files` beside
    the database. Raises SettingsError."""
    if address.startswith("s3://"):
        from kiosk.approval.file_store_s3 import open_s3  # noqa: PLC0415  (only where it is set; boto3 is an extra)

        return open_s3(address, database_folder / "incoming")
    return FolderStore(Path(address) if address else database_folder / "files")
