"""Opens the encrypted file: right key, right settings, right version; a damaged file is set aside, never deleted."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from kiosk.errors import StoreError
from kiosk.private_file import make_private
from kiosk.store.migrations import NEWEST, STEPS

BUSY_TIMEOUT_MS = 5000
_COMPANIONS = ("", "-wal", "-shm")


def open_file(path: Path, key: bytes) -> Any:
    """A connection in autocommit mode. Raises StoreError: another key, damaged (set aside), newer, not writable."""
    _create_private(path)
    _compare_key(path, key)
    connection = _connect(path)
    try:
        _set_up(connection, key)
        _check(connection)
        _migrate(connection, path)
        _remember_key(path, key)
    except sqlcipher.DatabaseError as error:
        connection.close()
        raise _unusable(path, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _compare_key(path: Path, key: bytes) -> None:
    """Tell another key from a damaged file: to SQLCipher they look alike, but only the second is to be set aside."""
    note = _key_note(path)
    if note.exists() and note.read_text(encoding="ascii") != _key_id(key):
        raise StoreError(
            f"the store {path} was made with another key; give the kiosk the key file that belongs to it, "
            f"or move {path.name} and {note.name} aside and enrol this kiosk anew"
        )


def _remember_key(path: Path, key: bytes) -> None:
    note = _key_note(path)
    if not note.exists():
        note.write_text(_key_id(key), encoding="ascii")


def _key_note(path: Path) -> Path:
    return path.with_name(f"{path.name}.key-id")


def _key_id(key: bytes) -> str:
    """Says which key without saying the key: it has 256 random bits, so its digest gives nothing away."""
    return hashlib.sha256(b"bianmin store key id" + key).hexdigest()[:16]


def _create_private(path: Path) -> None:
    try:
        make_private(path)
    except OSError as error:
        raise StoreError(f"the store {path} cannot be opened ({error.strerror}); check its folder's owner") from error


def _connect(path: Path) -> Any:
    return sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)


def _set_up(connection: Any, key: bytes) -> None:
    # A raw key needs no derivation, and must come first. The other settings hold per connection (architecture 5.8).
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for pragma in (
        "cipher_memory_security=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        "temp_store=MEMORY",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _check(connection: Any) -> None:
    """Read every page once: SQLCipher authenticates each, so a flipped bit or a wrong key shows here, not later."""
    broken = connection.execute("PRAGMA cipher_integrity_check").fetchone()
    if broken is None:
        verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        broken = None if verdict == "ok" else verdict
    if broken is not None:
        raise sqlcipher.DatabaseError("a page is damaged")


def _migrate(connection: Any, path: Path) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found > NEWEST:
            raise StoreError(
                f"the store {path} was written by a newer version of this program ({found}, this one knows {NEWEST}); "
                "update the program"
            )
        for number in range(found + 1, NEWEST + 1):
            STEPS[number](connection)
        connection.execute(f"PRAGMA user_version = {NEWEST}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _unusable(path: Path, error: Exception) -> StoreError:
    if isinstance(error, sqlcipher.OperationalError):
        return StoreError(f"the store {path} cannot be used now ({error}); check the disk and that no other kiosk runs")
    if not _key_note(path).exists():
        return StoreError(
            f"the store {path} does not open with this key: it is damaged, not a store, or belongs to another key; "
            "give the kiosk the right key file, or move the store aside and enrol this kiosk anew"
        )
    aside = _set_aside(path)
    return StoreError(
        f"the store {path} is damaged; it was set aside as {aside.name}. Restore it from the backup, "
        "or start again: the kiosk then has to be enrolled anew"
    )


def _set_aside(path: Path) -> Path:
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    for suffix in _COMPANIONS:
        companion = path.with_name(path.name + suffix)
        if companion.exists():
            companion.rename(aside.with_name(aside.name + suffix))
    return aside
