"""The readiness reports that the store keeps: the newest, and all that the centre does not have yet."""

from datetime import date
from typing import NamedTuple

from kiosk.store.store import Store

KEPT = 30
"""Reports that were sent are kept so long; what is not sent yet is never dropped."""


class Kept(NamedTuple):
    """A report: its idempotency key, the station's day it was made on, the wire model as JSON, whether the centre has it."""

    key: str
    day: date
    body: bytes
    sent: bool


class ReadinessShelf:
    """The reports in a store. May be used by several threads. Every method raises StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, key: str, day: date, body: bytes) -> None:
        """Keep a report; the same key again is harmless. Sent ones beyond the newest 30 go."""
        with self._store.writing() as connection:
            connection.execute(
                "INSERT INTO readiness (key, day, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (key, day.isoformat(), body),
            )
            connection.execute(
                "DELETE FROM readiness WHERE sent = 1 AND number NOT IN "
                "(SELECT number FROM readiness ORDER BY number DESC LIMIT ?)",
                (KEPT,),
            )

    def newest(self) -> Kept | None:
        """The report made last."""
        return next(iter(self._rows("ORDER BY number DESC LIMIT 1")), None)

    def last_morning(self) -> date | None:
        """The day of the newest report that the terminal made by itself."""
        rows = self._rows("WHERE key LIKE 'morning-%' ORDER BY number DESC LIMIT 1")
        return rows[0].day if rows else None

    def unsent(self) -> tuple[Kept, ...]:
        """What the centre does not have yet, in the order of making."""
        return self._rows("WHERE sent = 0 ORDER BY number")

    def sent(self, key: str) -> None:
        """The centre has it."""
        with self._store.writing() as connection:
            connection.execute("UPDATE readiness SET sent = 1 WHERE key = ?", (key,))

    def _rows(self, which: str) -> tuple[Kept, ...]:
        rows = self._store.all(f"SELECT key, day, body, sent FROM readiness {which}")  # noqa: S608  our own words
        return tuple(Kept(key, date.fromisoformat(day), body, bool(sent)) for key, day, body, sent in rows)
