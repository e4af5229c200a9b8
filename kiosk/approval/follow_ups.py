"""Follow-ups of low ratings (GB/T 39735): whoever was not satisfied is heard, and what came of it is written down."""

import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.approval.queues import Hall
from kiosk.approval.record_tables import FollowUpRow, RatingRow
from kiosk.errors import KioskError

LONGEST = 1_000
"""Of an outcome, in characters."""


def open_lines(session: Session, hall: Hall) -> list[str]:
    """One line for each that is open, oldest first: its number, since when, the case, the level, the reasons. What people
    wrote is in `words_of`: it may say who they are."""
    rows = session.execute(
        select(FollowUpRow, RatingRow)
        .join(RatingRow, RatingRow.id == FollowUpRow.rating_id)
        .where(FollowUpRow.closed_at.is_(None))
        .order_by(FollowUpRow.opened_at, FollowUpRow.rating_id)
    )
    return [_line(hall, follow_up, rating) for follow_up, rating in rows] or ["no follow-up is open"]


def words_of(session: Session, number: int) -> str:
    """What was written with the rating, "" for nothing. Raises KioskError."""
    _find(session, number)
    return session.get_one(RatingRow, number).words


def close(session: Session, now: datetime, number: int, outcome: str) -> str:
    """Close it with what came of it; a sentence on what was done. Raises KioskError: no such, closed before, nothing said."""
    said = outcome.strip()
    if not 0 < len(said) <= LONGEST:
        raise KioskError(f"say what came of it, in at most {LONGEST} characters: --outcome TEXT")
    row = _find(session, number)
    if row.closed_at is not None:
        raise KioskError(f"follow-up {number} was closed before; what was written then stays")
    row.closed_at, row.outcome = now, said
    return f"follow-up {number}: closed"


def _find(session: Session, number: int) -> FollowUpRow:
    row = session.get(FollowUpRow, number, with_for_update=True)
    if row is None:
        raise KioskError(f"there is no follow-up {number}; `kiosk approval follow-up` lists those that are open")
    return row


def _line(hall: Hall, follow_up: FollowUpRow, rating: RatingRow) -> str:
    since = f"{hall.local(follow_up.opened_at):%Y-%m-%d %H:%M}"
    about = f"case {rating.case_number}" if rating.case_number else f"a visit at {rating.kiosk_id}"
    reasons = ", ".join(json.loads(rating.reasons)) or "no reason"
    words = ", with words" if rating.words else ""
    return f"{rating.id}: since {since}, {about}, level {rating.level}: {reasons}{words}"
