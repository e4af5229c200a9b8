"""The same key, the same answer: a POST that creates something is done once, however often it is sent.

The answer is stored in the transaction that does the work, so there is no moment at which one exists without the
other. Two concurrent requests with one key meet at the primary key: the second is run again and finds the answer.

What a terminal asks while somebody waits is known by kiosk and key. What it keeps until the centre has it (cases, supplements,
drafts, ratings: letters) is known by its key alone: letters outlast the enrolment of the terminal that keeps them, and must
not be taken twice because it has another credential when they arrive. Such keys are 128 random bits; whoever sends one
without the very request it came with is refused, and learns nothing.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Row, Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from kiosk.approval.problems import Refusal
from kiosk.approval.record_tables import LetterKeyRow
from kiosk.approval.tables import IdempotencyRow, table_of

LETTERS_KEPT = timedelta(days=400)
"""A terminal that was put away with letters in it may be found again: within a year, nothing of it is taken twice."""
DRAFT_SUBMITTED = "draft-submitted"


@dataclass(frozen=True)
class Answer:
    """A status and a JSON body; `repeated` when it was given before."""

    status: int
    body: str
    repeated: bool = False


class _Book:
    """The statements of a table of answers. `own`: the columns that say whose answer it is."""

    def __init__(self, table: Table, *own: str) -> None:
        where = [table.c[name] == bindparam(f"own_{name}") for name in own]
        self._known = select(table.c.request_digest, table.c.status, table.c.body).where(*where)
        self._claim = insert(table)
        self._answer = update(table).where(*where)

    def once(
        self, session: Session, own: dict[str, str], digest: str, now: datetime, work: Callable[[], Answer]
    ) -> Answer:
        """Do `work`, or give the answer that is known. Raises Refusal 422."""
        connection, asked = session.connection(), {f"own_{name}": value for name, value in own.items()}
        known = connection.execute(self._known, asked).first()
        if known is not None:
            return _again(known, digest)
        # Whoever comes second waits here, or fails and is run again.
        connection.execute(self._claim, own | {"request_digest": digest, "status": 0, "body": "", "created_at": now})
        answer = work()
        connection.execute(self._answer, asked | {"status": answer.status, "body": answer.body})
        return answer


_KEYS = _Book(table_of(IdempotencyRow), "kiosk_id", "key")
_LETTERS = _Book(table_of(LetterKeyRow), "key")


def answer_once(
    session: Session, kiosk_id: str, key: str, request: BaseModel, now: datetime, work: Callable[[], Answer]
) -> Answer:
    """Do `work` once per kiosk and key. Raises Refusal 422 when the key came with another request before."""
    digest = hashlib.sha256(request.model_dump_json().encode()).hexdigest()
    return _KEYS.once(session, {"kiosk_id": kiosk_id, "key": key}, digest, now, work)


def answer_letter(
    session: Session, key: str, address: str, request: BaseModel, now: datetime, work: Callable[[], Answer]
) -> Answer:
    """Do `work` once per key, whichever kiosk brings it. `address`: what is asked for, and of what. Raises Refusal 422 when
    the key came with another request before, 409 draft-submitted when it was closed meanwhile."""
    return _LETTERS.once(session, {"key": key}, _digest(address, request), now, work)


def close_letter(session: Session, key: str, now: datetime) -> Answer | None:
    """From now on the draft of this key is not taken any more; the answer that it was given before."""
    known = session.get(LetterKeyRow, key, with_for_update=True)
    if known is None:
        session.add(LetterKeyRow(key=key, request_digest="", status=409, body="", created_at=now))
        session.flush()  # one that comes at the same time meets it at the primary key
        return None
    return Answer(known.status, known.body, repeated=True)


def forget_letters(session: Session, now: datetime) -> None:
    """Drop the keys of letters that nobody can bring again."""
    session.execute(delete(LetterKeyRow).where(LetterKeyRow.created_at < now - LETTERS_KEPT))


def _digest(address: str, request: BaseModel) -> str:
    """Of what it says, however it is written: the order of answers, or what a newer program adds, makes no other letter."""
    said = request.model_dump(mode="json", exclude_defaults=True)
    return hashlib.sha256(f"{address}\n{json.dumps(said, sort_keys=True)}".encode()).hexdigest()


def _again(row: Row[Any, Any, Any], digest: str) -> Answer:
    if not row.request_digest:
        raise draft_submitted()
    if row.request_digest != digest:
        raise Refusal(422, "idempotency-key-reused", "This Idempotency-Key was sent before with another request.")
    return Answer(row.status, row.body, repeated=True)


def draft_submitted() -> Refusal:
    """A draft came after the case that was made of it."""
    return Refusal(409, DRAFT_SUBMITTED, "The case of this draft was handed in; there is nothing to keep any more.")
