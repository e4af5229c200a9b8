"""The same key, the same answer: a POST that creates something is done once, however often it is sent.

The answer is stored in the transaction that does the work, so there is no moment at which one exists without the
other. Two concurrent requests with one key meet at the primary key: the second is run again and finds the answer.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.orm import Session

from kiosk.approval.problems import Refusal
from kiosk.approval.tables import IdempotencyRow, table_of

_KEYS = table_of(IdempotencyRow)
_OWN = (_KEYS.c.kiosk_id == bindparam("own_kiosk"), _KEYS.c.key == bindparam("own_key"))
_KNOWN = select(_KEYS.c.request_digest, _KEYS.c.status, _KEYS.c.body).where(*_OWN)
_CLAIM = insert(_KEYS)
_ANSWER = update(_KEYS).where(*_OWN)


@dataclass(frozen=True)
class Answer:
    """A status and a JSON body; `repeated` when it was given before."""

    status: int
    body: str
    repeated: bool = False


def answer_once(
    session: Session, kiosk_id: str, key: str, request: BaseModel, now: datetime, work: Callable[[], Answer]
) -> Answer:
    """Do `work` once per kiosk and key. Raises Refusal 422 when the key came with another request before."""
    digest = hashlib.sha256(request.model_dump_json().encode()).hexdigest()
    connection, own = session.connection(), {"own_kiosk": kiosk_id, "own_key": key}
    known = connection.execute(_KNOWN, own).first()
    if known is not None:
        return _again(known, digest)
    row = {"kiosk_id": kiosk_id, "key": key, "request_digest": digest, "status": 0, "body": "", "created_at": now}
    connection.execute(_CLAIM, row)  # whoever comes second waits here, or fails and is run again
    answer = work()
    connection.execute(_ANSWER, own | {"status": answer.status, "body": answer.body})
    return answer


def _again(row: Row[Any, Any, Any], digest: str) -> Answer:
    if row.request_digest != digest:
        raise Refusal(422, "idempotency-key-reused", "This Idempotency-Key was sent before with another request.")
    return Answer(row.status, row.body, repeated=True)
