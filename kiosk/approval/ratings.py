"""Ratings (GB/T 39735): one per case, and the first one stays; the two low levels open a follow-up."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.approval import cases
from kiosk.approval.case_rules import refuse_controls
from kiosk.approval.case_tables import CaseRow
from kiosk.approval.queues import Hall
from kiosk.approval.record_tables import FollowUpRow, RatingRow
from kiosk.contract.ratings import LOW, RatingReceipt, RatingRequest


def rate(session: Session, hall: Hall, request: RatingRequest, kiosk: str) -> RatingReceipt:
    """Keep a rating. Raises Refusal 404 no-such-case, 422 bad-field."""
    refuse_controls({"words": request.words})
    case = cases.by_token(session, request.token) if request.token else None
    known = _of(session, case) if case else None
    if known is not None:
        return RatingReceipt(received_at=hall.local(known.received_at), first=False)
    row = _new(hall, request, case, kiosk)
    session.add(row)
    session.flush()  # two at once meet at the constraint: the second is run again and finds the first
    if request.level in LOW:
        session.add(FollowUpRow(rating_id=row.id, opened_at=row.received_at, outcome=""))
    return RatingReceipt(received_at=row.received_at, first=True)


def is_rated(session: Session, case: CaseRow) -> bool:
    """Whether a case has been rated."""
    return _of(session, case) is not None


def _of(session: Session, case: CaseRow) -> RatingRow | None:
    return session.scalar(select(RatingRow).where(RatingRow.case_number == case.number))


def _new(hall: Hall, request: RatingRequest, case: CaseRow | None, kiosk: str) -> RatingRow:
    return RatingRow(
        case_number=case.number if case else None,
        level=int(request.level),
        reasons=json.dumps(request.reasons),
        words=request.words,
        kiosk_id=kiosk,
        made_at=request.made_at,
        received_at=hall.now(),
    )
