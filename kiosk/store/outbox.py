"""What waits for the centre, in the store: letters in lanes, the files they name, and for a day what became of them.

A letter leaves when the centre has confirmed its key, and its files with the last letter that names them; what stays is
the key, so that the same press is never handed in twice. Deleted bytes are overwritten (`secure_delete`).
"""

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.ports.outbox import Delivered, Later, Letter, LetterKind, LetterState, SetAside
from kiosk.store.store import Store

DAY_S = 86_400.0
ANSWERS_KEPT_S, KEYS_KEPT_S = DAY_S, 30 * DAY_S
"""Answers are personal; keys are random, and are kept as long as the centre remembers them."""
FARTHEST_S = 3_600.0
"""No letter is put off for longer: one that is due after that was put off before the clock was set back."""

_PUT = (
    "INSERT INTO outbox (key, lane, kind, address, put_at, body) SELECT ?, ?, ?, ?, ?, ? "
    "WHERE NOT EXISTS (SELECT 1 FROM outcomes WHERE key = ?) ON CONFLICT DO NOTHING"
)
DISCARDED = "discarded"
"""What is written in the place of a refusal: nothing of the letter is left, but that it was there, and why it is gone."""
AFRESH = 3
"""Attempts that count when the centre answers again: the next ones are seconds apart, not minutes."""
_HURRY = "UPDATE outbox SET due_at = 0, attempts = min(attempts, ?) WHERE refused IS NULL AND due_at > 0"
_FIRST = (
    "refused IS NULL AND NOT EXISTS (SELECT 1 FROM outbox AS earlier "
    "WHERE earlier.lane = outbox.lane AND earlier.id < outbox.id AND earlier.refused IS NULL)"
)
_DUE = (
    "SELECT key, lane, kind, body, address, attempts FROM outbox "  # noqa: S608  our own words
    f"WHERE (due_at <= ? OR due_at > ?) AND {_FIRST} ORDER BY id LIMIT ?"
)
_FILES_OF = (
    "SELECT digest FROM outbox_files WHERE letter = ?1 AND NOT EXISTS "
    "(SELECT 1 FROM outbox_files AS other WHERE other.digest = outbox_files.digest AND other.letter <> ?1)"
)


@dataclass(frozen=True)
class Standing:
    """How many letters of a kind wait (`refused` "") or were set aside for a reason; since when the oldest does
    (seconds since 1970), and how often it was tried (since the centre answers again, when that was after `AFRESH` times)."""

    kind: LetterKind
    refused: str
    letters: int
    since: float
    attempts: int


@dataclass(frozen=True)
class Aside:
    """A letter that waits for a person. Nothing of what it says."""

    key: str
    kind: LetterKind
    code: str
    since: float


@dataclass(frozen=True)
class Gone:
    """A letter that a person discarded: what the centre had refused it for, when it was put here and when discarded
    (seconds since 1970), and why."""

    key: str
    kind: LetterKind
    code: str
    since: float
    at: float
    reason: str


class StoreOutbox:
    """`kiosk.ports.outbox.Outbox` in a store, with the courier's side of it. May be used by several threads. Every
    method raises StoreError."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.time) -> None:
        """`clock`: seconds since 1970; it may jump."""
        self._store, self._clock = store, clock

    # --- whoever hands in --------------------------------------------------------------------------------------

    def put(self, letter: Letter, files: Mapping[str, bytes]) -> bool:
        """Keep a letter and its files in one step; False when its key is known."""
        values = (letter.key, letter.lane, letter.kind.value, letter.address, self._clock(), letter.body, letter.key)
        if not files:
            return bool(self._store.write(_PUT, *values))
        with self._store.writing() as connection:
            done = connection.execute(_PUT, values)
            if done.rowcount:
                _keep_files(connection, done.lastrowid, files)
        return bool(done.rowcount)

    def state(self, key: str) -> tuple[LetterState, bytes] | None:
        """What became of a letter, for a day after."""
        waiting = self._store.all("SELECT refused FROM outbox WHERE key = ?", key)
        if waiting:
            code = waiting[0][0]
            return (LetterState.WAITING, b"") if code is None else (LetterState.SET_ASIDE, code.encode())
        known = self._store.all("SELECT answer FROM outcomes WHERE key = ? AND answer IS NOT NULL", key)
        return (LetterState.DELIVERED, known[0][0]) if known else None

    def waiting(self) -> int:
        """How many letters wait; those that were set aside do not."""
        return int(self._store.all("SELECT count(*) FROM outbox WHERE refused IS NULL")[0][0])

    # --- the courier -------------------------------------------------------------------------------------------

    def due(self, now: float, most: int) -> list[tuple[Letter, int]]:
        """The oldest letters that are due and have none before them in their lane, with how often they were tried."""
        rows = self._store.all(_DUE, now, now + FARTHEST_S, most)
        return [
            (Letter(key, lane, LetterKind(kind), body, address), attempts)
            for key, lane, kind, body, address, attempts in rows
        ]

    def next_due(self) -> float | None:
        """When the next letter is due (seconds since 1970); None when none waits."""
        found = self._store.all(f"SELECT min(due_at) FROM outbox WHERE {_FIRST}")  # noqa: S608  our own words
        at: float | None = found[0][0]
        return at

    def file(self, digest: str) -> bytes | None:
        """A file that a letter names; None when it is not here."""
        found = self._store.all("SELECT bytes FROM files WHERE digest = ?", digest)
        return bytes(found[0][0]) if found else None

    def settle(self, outcomes: Iterable[tuple[str, Delivered | Later | SetAside]]) -> None:
        """Write down what became of letters, by their keys, in one step; and forget what is old."""
        now = self._clock()
        with self._store.writing() as connection:
            for key, outcome in outcomes:
                _settle(connection, key, outcome, now)
            _tidy(connection, now)

    def hurry(self) -> None:
        """Whatever was put off is due now: the centre answers again. Attempts that met nobody say little about a letter: if
        the next one fails, it is not put off for minutes."""
        self._store.write(_HURRY, AFRESH)

    # --- whoever looks after it ----------------------------------------------------------------------------------

    def standings(self) -> tuple[Standing, ...]:
        """What is here, by kind and reason; nothing personal."""
        rows = self._store.all(
            "SELECT kind, ifnull(refused, ''), count(*), min(put_at), max(attempts) FROM outbox "
            "WHERE refused IS NOT ? GROUP BY 1, 2 ORDER BY 2, 1",
            DISCARDED,
        )
        return tuple(Standing(LetterKind(kind), *rest) for kind, *rest in rows)

    def aside(self) -> tuple[Aside, ...]:
        """Every letter that waits for a person, oldest first."""
        rows = self._store.all(
            "SELECT key, kind, refused, put_at FROM outbox WHERE refused <> ? ORDER BY id", DISCARDED
        )
        return tuple(Aside(key, LetterKind(kind), code, since) for key, kind, code, since in rows)

    def retry(self, key: str) -> bool:
        """A letter that was set aside waits again, under the same key; False when there is none."""
        with self._store.writing() as connection:
            done = connection.execute(
                "UPDATE outbox SET refused = NULL, attempts = 0, due_at = 0 WHERE key = ? AND refused <> ?",
                (key, DISCARDED),
            )
        return bool(done.rowcount)

    def discard(self, key: str, reason: str) -> bool:
        """Give up a letter that was set aside: what it says is deleted, its key stays, with what it was, when and why; so it
        is never handed in again, and never silently gone. False when there is none."""
        with self._store.writing() as connection:
            found = connection.execute(
                "SELECT id, refused FROM outbox WHERE key = ? AND refused <> ?", (key, DISCARDED)
            )
            letter = found.fetchone()
            if letter is None:
                return False
            _drop_files(connection, letter[0])
            record = json.dumps({"code": letter[1], "at": self._clock(), "reason": reason}).encode()
            connection.execute(
                "UPDATE outbox SET refused = ?, body = ?, lane = '', address = '' WHERE id = ?",
                (DISCARDED, record, letter[0]),
            )
        return True

    def discarded(self) -> tuple[Gone, ...]:
        """Every letter that was discarded, oldest first."""
        rows = self._store.all("SELECT key, kind, put_at, body FROM outbox WHERE refused = ? ORDER BY id", DISCARDED)
        return tuple(Gone(key, LetterKind(kind), since=since, **json.loads(body)) for key, kind, since, body in rows)


def _keep_files(connection: Any, letter: int, files: Mapping[str, bytes]) -> None:
    for digest, content in files.items():
        connection.execute("INSERT INTO files VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, content))
        connection.execute("INSERT INTO outbox_files VALUES (?, ?)", (letter, digest))


def _settle(connection: Any, key: str, outcome: Delivered | Later | SetAside, now: float) -> None:
    if isinstance(outcome, Later):
        connection.execute("UPDATE outbox SET attempts = attempts + 1, due_at = ? WHERE key = ?", (outcome.at, key))
    elif isinstance(outcome, SetAside):
        connection.execute("UPDATE outbox SET attempts = attempts + 1, refused = ? WHERE key = ?", (outcome.code, key))
    else:
        _drop(connection, key)
        connection.execute("INSERT INTO outcomes VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (key, outcome.answer, now))


def _drop(connection: Any, key: str) -> None:
    """The letter goes, and the files that no other letter names."""
    row = connection.execute("SELECT id FROM outbox WHERE key = ?", (key,)).fetchone()
    if row is None:
        return
    _drop_files(connection, row[0])
    connection.execute("DELETE FROM outbox WHERE id = ?", row)


def _drop_files(connection: Any, letter: int) -> None:
    only_here = [found[0] for found in connection.execute(_FILES_OF, (letter,)).fetchall()]
    connection.execute("DELETE FROM outbox_files WHERE letter = ?", (letter,))
    for digest in only_here:
        connection.execute("DELETE FROM files WHERE digest = ?", (digest,))


def _tidy(connection: Any, now: float) -> None:
    """What lies in the future was written before the clock was set back, and is old, too."""
    connection.execute(
        "UPDATE outcomes SET answer = NULL WHERE answer IS NOT NULL AND (at < ? OR at > ?)",
        (now - ANSWERS_KEPT_S, now + ANSWERS_KEPT_S),
    )
    connection.execute("DELETE FROM outcomes WHERE at < ? OR at > ?", (now - KEYS_KEPT_S, now + KEYS_KEPT_S))
