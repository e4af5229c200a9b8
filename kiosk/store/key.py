"""The store's key: 32 random bytes in a file that only the kiosk's user can read."""

import os
import stat
from pathlib import Path

from kiosk.errors import StoreError

KEY_BYTES = 32


def read_or_make_key(path: Path) -> bytes:
    """The key of a key file; made when there is none. Raises StoreError when others could read it, or it is no key."""
    try:
        _make(path)
        return _read(path)
    except OSError as error:
        raise StoreError(f"the key file {path} cannot be used ({error.strerror}); check its folder's owner") from error


def _make(path: Path) -> None:
    """Write a new key beside the place and link it there: it is there whole or not at all, and never replaced."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        _link(draft, path)
    finally:
        draft.unlink()


def _link(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return  # another process was faster; its key counts


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        facts = os.fstat(file.fileno())
        if facts.st_mode & (stat.S_IRWXG | stat.S_IRWXO) or facts.st_uid != os.geteuid():
            raise StoreError(
                f"the key file {path} can be used by others than this user; "
                f"give it to the kiosk's user alone (chown, chmod 600)"
            )
        key = file.read()
    if len(key) != KEY_BYTES:
        raise StoreError(
            f"the key file {path} holds {len(key)} bytes instead of {KEY_BYTES}: it is damaged; "
            "restore it from the backup, or move it and the store aside to begin anew"
        )
    return key
