"""What the kiosk remembers: who it is, the last catalogue, and what became of every print, counters. Nothing about
residents, but for what waits to be handed in to the centre (kiosk.store.outbox), until the centre has it.

One connection behind one lock: calls take well under a millisecond, and every write is on the disk when it returns.
"""

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from kiosk.errors import StoreError
from kiosk.ports.attempts import Attempts
from kiosk.ports.ledger import PrintState, Recovered
from kiosk.ports.tally import Counter
from kiosk.store import prints
from kiosk.store.file import open_file
from kiosk.store.key import read_or_make_key
from kiosk.store.prints import PrintRecord

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Identity:
    """Who this kiosk is to which centre."""

    centre_url: str
    kiosk_id: str
    credential: str = field(repr=False)
    holder_key: str = field(repr=False)


@dataclass(frozen=True, repr=False)
class CatalogueCopy:
    """The last catalogue that was fetched: its version (ETag), its JSON, and when."""

    version: str
    body: bytes
    fetched_at: datetime


class Store:
    """The kiosk's own encrypted file. May be used by several threads."""

    def __init__(self, connection: Any, path: Path) -> None:
        self._connection, self._path = connection, path
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: Path, key_file: Path) -> "Store":
        """Open or create. Raises StoreError naming the file and what to do; a damaged file was then set aside."""
        return cls(open_file(path, read_or_make_key(key_file)), path)

    def close(self) -> None:
        """Close the file; harmless when it is closed."""
        with self._lock:
            self._connection.close()

    def identity(self) -> Identity | None:
        """Who we are, or None before the enrolment."""
        row = self._one("SELECT centre_url, kiosk_id, credential, holder_key FROM identity")
        return Identity(*row) if row else None

    def save_identity(self, identity: Identity) -> None:
        """Remember who we are, instead of who we were."""
        with self.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO identity VALUES (1, ?, ?, ?, ?)",
                (identity.centre_url, identity.kiosk_id, identity.credential, identity.holder_key),
            )

    def forget_identity(self) -> None:
        """Forget who we are: the centre revoked it."""
        with self.writing() as connection:
            connection.execute("DELETE FROM identity")

    def catalogue(self) -> CatalogueCopy | None:
        """The last catalogue, or None."""
        row = self._one("SELECT version, body, fetched_at FROM catalogue")
        return CatalogueCopy(row[0], row[1], datetime.fromisoformat(row[2])) if row else None

    def save_catalogue(self, version: str, body: bytes, fetched_at: datetime | None = None) -> None:
        """Keep a catalogue instead of the one before; `fetched_at` now when not given."""
        moment = (fetched_at or datetime.now(UTC)).isoformat()
        with self.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO catalogue VALUES (1, ?, ?, ?)", (version, body, moment))

    def prepare_print(self, job_id: str, document: str) -> bool:
        """Enter a job before anything is sent; False when it is known: it must not be printed again."""
        with self.writing() as connection:
            return prints.prepare(connection, job_id, document)

    def mark_print(self, job_id: str, state: PrintState) -> None:
        """Move a job on; repeating its state is harmless. Raises StoreError for an unknown job or a step back."""
        with self.writing() as connection:
            prints.mark(connection, job_id, state)

    def void_prints(self) -> tuple[str, ...]:
        """End of a visit: every job that was not taken is void; their ids."""
        with self.writing() as connection:
            return prints.void(connection)

    def recover_prints(self) -> Recovered:
        """Start of the program: void what an earlier run left open, and say where it stood."""
        with self.writing() as connection:
            return prints.recover(connection)

    def over_prints(self, document: str, since: datetime) -> dict[str, PrintState | None]:
        """Prints of a kind of document that are over since a moment, by job, with what is known of them."""
        with self._lock, self._in_our_words():
            return prints.over(self._connection, document, since)

    def unknown_prints(self, since: datetime | None = None) -> int:
        """How many prints, since a moment, ended without anybody knowing whether paper came out."""
        with self._lock, self._in_our_words():
            return prints.count_unknown(self._connection, since)

    def print_record(self, job_id: str) -> PrintRecord | None:
        """What became of a job."""
        row = self._one("SELECT * FROM print_ledger WHERE job_id = ?", job_id)
        return prints.record(row) if row else None

    def check(self) -> int:
        """Read every page again, as at the start; the file's size in bytes. Raises StoreError where one is damaged."""
        damaged = [*self.all("PRAGMA cipher_integrity_check"), *self.all("PRAGMA quick_check(1)")]
        if [row[0] for row in damaged] != ["ok"]:
            raise StoreError(f"the store {self._path} is damaged; restore it from the backup at the next restart")
        return self._path.stat().st_size

    def count(self, device: str, counter: Counter, amount: int = 1) -> None:
        """Something happened on a device. Never raises: a full disk must not end a visit."""
        try:
            with self.writing() as connection:
                connection.execute(
                    "INSERT INTO tally VALUES (?, ?, ?) "
                    "ON CONFLICT (device, counter) DO UPDATE SET amount = amount + excluded.amount",
                    (device, counter.value, amount),
                )
        except StoreError as error:
            log.warning("something was not counted: %s", error)

    def counted(self, device: str) -> Mapping[Counter, int]:
        """All counters of a device that are not zero."""
        rows = self.all("SELECT counter, amount FROM tally WHERE device = ? AND amount > 0", device)
        return {Counter(counter): amount for counter, amount in rows}

    def refilled(self, device: str) -> None:
        """Somebody acknowledged a refill."""
        with self.writing() as connection:
            connection.execute(
                "DELETE FROM tally WHERE device = ? AND counter = ?", (device, Counter.PAGES_SINCE_REFILL.value)
            )

    def attempts(self) -> Attempts:
        """The technician's wrong PINs, as they were kept last."""
        row = self._one("SELECT wrong, left_s FROM pin_attempts")
        return Attempts(*row) if row else Attempts()

    def keep_attempts(self, attempts: Attempts) -> None:
        """Keep these instead."""
        with self.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO pin_attempts VALUES (1, ?, ?)", (attempts.wrong, float(attempts.left_s))
            )

    def all(self, statement: str, *values: float | str) -> list[Any]:
        """All rows of a question of this package. Raises StoreError."""
        with self._lock, self._in_our_words():
            found: list[Any] = self._connection.execute(statement, values).fetchall()
        return found

    def _one(self, statement: str, *values: float | str) -> Any:
        with self._lock, self._in_our_words():
            return self._connection.execute(statement, values).fetchone()

    def write(self, statement: str, *values: float | str | bytes) -> int:
        """One statement of this package, which is a transaction by itself, in half the time; how many rows it touched.
        Raises StoreError."""
        with self._lock, self._in_our_words():
            touched: int = self._connection.execute(statement, values).rowcount
        return touched

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """A transaction of this package: all of it is on the disk when it ends, or nothing is. Raises StoreError."""
        with self._lock, self._in_our_words():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _in_our_words(self) -> Iterator[None]:
        try:
            yield
        except sqlcipher.Error as error:
            raise StoreError(
                f"the store {self._path} cannot be used now ({error}); check the disk and that no other kiosk runs"
            ) from error
