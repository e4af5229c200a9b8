"""The store's tables, as numbered steps; `PRAGMA user_version` says how many a file has seen."""

from collections.abc import Callable, Mapping
from typing import Any

Connection = Any
"""A sqlcipher3 connection; the package has no types."""


def _first(connection: Connection) -> None:
    for statement in (
        """CREATE TABLE identity (
            one        INTEGER PRIMARY KEY CHECK (one = 1),
            centre_url TEXT NOT NULL,
            kiosk_id   TEXT NOT NULL,
            credential TEXT NOT NULL,
            holder_key TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE catalogue (
            one        INTEGER PRIMARY KEY CHECK (one = 1),
            version    TEXT NOT NULL,
            body       BLOB NOT NULL,
            fetched_at TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE print_ledger (
            job_id      TEXT PRIMARY KEY,
            document    TEXT NOT NULL,
            state       TEXT NOT NULL CHECK (state IN ('prepared', 'sent', 'out', 'taken', 'void')),
            prepared_at TEXT NOT NULL,
            changed_at  TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX print_ledger_by_state ON print_ledger (state)",
    ):
        connection.execute(statement)


def _tally(connection: Connection) -> None:
    connection.execute(
        """CREATE TABLE tally (
            device  TEXT NOT NULL,
            counter TEXT NOT NULL,
            amount  INTEGER NOT NULL,
            PRIMARY KEY (device, counter)
        ) STRICT, WITHOUT ROWID"""
    )


def _pin_attempts(connection: Connection) -> None:
    connection.execute(
        """CREATE TABLE pin_attempts (
            one    INTEGER PRIMARY KEY CHECK (one = 1),
            wrong  INTEGER NOT NULL CHECK (wrong >= 0),
            left_s REAL NOT NULL CHECK (left_s >= 0)
        ) STRICT"""
    )


def _readiness(connection: Connection) -> None:
    connection.execute(
        """CREATE TABLE readiness (
            number  INTEGER PRIMARY KEY AUTOINCREMENT,
            key     TEXT NOT NULL UNIQUE,
            day     TEXT NOT NULL,
            body    BLOB NOT NULL,
            sent    INTEGER NOT NULL DEFAULT 0 CHECK (sent IN (0, 1))
        ) STRICT"""
    )


def _voided_from(connection: Connection) -> None:
    connection.execute("ALTER TABLE print_ledger ADD COLUMN voided_from TEXT")


def _outbox(connection: Connection) -> None:
    """Columns that are looked at often stand before the body: what follows a long one has to be searched for."""
    for statement in (
        """CREATE TABLE outbox (
            id       INTEGER PRIMARY KEY AUTOINCREMENT,
            key      TEXT NOT NULL UNIQUE,
            lane     TEXT NOT NULL,
            kind     TEXT NOT NULL,
            address  TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            due_at   REAL NOT NULL DEFAULT 0,
            put_at   REAL NOT NULL,
            refused  TEXT,
            body     BLOB NOT NULL
        ) STRICT""",
        "CREATE INDEX outbox_by_lane ON outbox (lane, id) WHERE refused IS NULL",
        "CREATE TABLE files (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
        """CREATE TABLE outbox_files (
            letter INTEGER NOT NULL REFERENCES outbox (id),
            digest TEXT NOT NULL REFERENCES files (digest),
            PRIMARY KEY (letter, digest)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX outbox_files_by_digest ON outbox_files (digest)",
        """CREATE TABLE outcomes (
            key    TEXT PRIMARY KEY,
            answer BLOB,
            at     REAL NOT NULL
        ) STRICT""",
        "CREATE INDEX outcomes_by_time ON outcomes (at)",
    ):
        connection.execute(statement)


STEPS: Mapping[int, Callable[[Connection], None]] = {
    1: _first,
    2: _tally,
    3: _pin_attempts,
    4: _readiness,
    5: _voided_from,
    6: _outbox,
}
NEWEST = max(STEPS)
