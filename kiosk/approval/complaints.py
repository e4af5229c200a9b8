"""Complaints about how a case was handled: entered by staff, looked into, found justified or not."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.approval.case_tables import CaseRow, SubCaseRow
from kiosk.approval.complaint_tables import ComplaintRow
from kiosk.errors import KioskError


def enter(session: Session, now: datetime, number: str, justified: bool | None) -> str:
    """Enter a complaint (`justified` None), or say what was found of the oldest that is open; a sentence on what was done.

    `number`: of a sub-case, or of a case (then its first item's). Raises KioskError.
    """
    sub_case = _find(session, number)
    if justified is None:
        session.add(ComplaintRow(sub_case=sub_case.number, received_at=now, justified=None))
        return f"{sub_case.number}: a complaint is entered"
    open_one = session.scalar(
        select(ComplaintRow)
        .where(ComplaintRow.sub_case == sub_case.number, ComplaintRow.justified.is_(None))
        .order_by(ComplaintRow.received_at)
        .limit(1)
    )
    if open_one is None:
        raise KioskError(f"case {sub_case.number} has no open complaint; without --justified one is entered")
    open_one.justified = justified
    return f"{sub_case.number}: the complaint was {'justified' if justified else 'not justified'}"


def _find(session: Session, number: str) -> SubCaseRow:
    row = session.scalar(select(SubCaseRow).where(SubCaseRow.number == number)) or session.scalar(
        select(SubCaseRow)
        .join(CaseRow, CaseRow.number == SubCaseRow.case_number)
        .where(CaseRow.number == number)
        .order_by(SubCaseRow.place)
        .limit(1)
    )
    if row is None:
        raise KioskError(f"there is no case {number}")
    return row
