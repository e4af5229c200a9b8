"""The same key, the same answer: a POST that creates something is done once, however often it is sent.

The answer is stored in the transaction that does the work, so there is no moment at which one exists without the
other. Two concurrent requests with one key meet at the primary key: the second is run again and finds the answer.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy.orm import Session

from kiosk.approval.problems import Refusal
from kiosk.approval.tables import IdempotencyRow


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
    known = session.get(IdempotencyRow, (kiosk_id, key))
    if known is not None:
        return _again(known, digest)
    row = IdempotencyRow(kiosk_id=kiosk_id, key=key, request_digest=digest, status=0, body="", created_at=now)
    session.add(row)
    session.flush()  # claims the key: whoever comes second waits here, or fails and is run again
    answer = work()
    row.status, row.body = answer.status, answer.body
    return answer


def _again(row: IdempotencyRow, digest: str) -> Answer:
    if row.request_digest != digest:
        raise Refusal(422, "idempotency-key-reused", "This Idempotency-Key was sent before with another request.")
    return Answer(row.status, row.body, repeated=True)
