"""What the kiosk remembers: who it is, the last catalogue, and what became of every print, counters. Nothing about
residents.

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
from kiosk.ports.ledger import PrintState
from kiosk.ports.tally import Counter
from kiosk.store.file import open_file
from kiosk.store.key import read_or_make_key

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


@dataclass(frozen=True)
class PrintRecord:
    """One print job. `document` is its kind (ticket, guide), never its content."""

    job_id: str
    document: str
    state: PrintState
    prepared_at: datetime
    changed_at: datetime


_BEFORE: dict[PrintState, tuple[PrintState, ...]] = {
    PrintState.SENT: (PrintState.PREPARED,),
    PrintState.OUT: (PrintState.PREPARED, PrintState.SENT),
    PrintState.TAKEN: (PrintState.SENT, PrintState.OUT),
    PrintState.VOID: (PrintState.PREPARED, PrintState.SENT, PrintState.OUT),
}
"""From which states a state may be reached."""


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
        """Enter a job before anything is sent; False when this job is known: it must not be printed again."""
        now = datetime.now(UTC).isoformat()
        with self.writing() as connection:
            done = connection.execute(
                "INSERT INTO print_ledger VALUES (?, ?, 'prepared', ?, ?) ON CONFLICT DO NOTHING",
                (job_id, document, now, now),
            )
            return bool(done.rowcount)

    def mark_print(self, job_id: str, state: PrintState) -> None:
        """Move a job on; repeating its state is harmless. Raises StoreError for an unknown job or a step back."""
        with self.writing() as connection:
            row = connection.execute("SELECT state FROM print_ledger WHERE job_id = ?", (job_id,)).fetchone()
            if row is None:
                raise StoreError(f"the print ledger has no job {job_id}")
            if row[0] == state:
                return
            if row[0] not in _BEFORE.get(state, ()):
                raise StoreError(f"print job {job_id} is {row[0]}; it cannot become {state.value}")
            connection.execute(
                "UPDATE print_ledger SET state = ?, changed_at = ? WHERE job_id = ?",
                (state.value, datetime.now(UTC).isoformat(), job_id),
            )

    def void_prints(self) -> tuple[str, ...]:
        """End of a visit: every job that was not taken is void; their ids, so that the printer can be told."""
        with self.writing() as connection:
            rows = connection.execute(
                "UPDATE print_ledger SET state = 'void', changed_at = ? "
                "WHERE state IN ('prepared', 'sent', 'out') RETURNING job_id",
                (datetime.now(UTC).isoformat(),),
            ).fetchall()
            return tuple(row[0] for row in rows)

    def print_record(self, job_id: str) -> PrintRecord | None:
        """What became of a job."""
        row = self._one("SELECT * FROM print_ledger WHERE job_id = ?", job_id)
        if row is None:
            return None
        return PrintRecord(
            row[0], row[1], PrintState(row[2]), datetime.fromisoformat(row[3]), datetime.fromisoformat(row[4])
        )

    def unsettled_prints(self) -> int:
        """How many jobs are neither out, nor taken, nor void: what became of their paper is not known."""
        return int(self._one("SELECT COUNT(*) FROM print_ledger WHERE state IN ('prepared', 'sent')")[0])

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

    def all(self, statement: str, *values: str) -> list[Any]:
        """All rows of a question of this package. Raises StoreError."""
        with self._lock, self._in_our_words():
            found: list[Any] = self._connection.execute(statement, values).fetchall()
        return found

    def _one(self, statement: str, *values: str) -> Any:
        with self._lock, self._in_our_words():
            return self._connection.execute(statement, values).fetchone()

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
