"""Prints of result documents at kiosks: granted one by one, counted unless nothing came out.

A print that is never reported counts: a document may be out there. Its PDF is to be had for a day; whoever has not fetched it
by then has printed nothing, and it counts no more (the answer with the leave was lost, or the power went). A report that comes
later, because the kiosk had no network, is still the first one, and holds.
"""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from kiosk.approval.case_tokens import sub_cases_of_token
from kiosk.approval.problems import Refusal
from kiosk.approval.result_tables import PrintRow, ResultRow
from kiosk.approval.results import OPEN_FOR, may_print, prints_left
from kiosk.contract.results import PrintEnd, PrintGrant


def permitted(session: Session, result: str, token: str) -> ResultRow:
    """A result that the holder of this token may print. Raises Refusal 404 no-such-result, 409 not-printable."""
    row = session.get(ResultRow, result)
    if row is None or row.sub_case not in sub_cases_of_token(session, token):
        raise Refusal(404, "no-such-result", "There is no such result of this case.")
    if not may_print(row):
        raise Refusal(409, "not-printable", "This result is not printed at kiosks.")
    return row


def grant(session: Session, result: str, kiosk: str, prints_per_result: int, now: datetime) -> PrintGrant:
    """Leave to print once. Raises Refusal 409 no-prints-left."""
    row = session.get_one(ResultRow, result, with_for_update=True)
    left = prints_left(session, row, prints_per_result, now)
    if left == 0:
        raise Refusal(
            409, "no-prints-left", f"This result was printed {prints_per_result} times; that is as often as may be."
        )
    print_row = PrintRow(id=uuid4().hex, result_id=row.id, kiosk_id=kiosk, granted_at=now)
    session.add(print_row)
    return PrintGrant(id=print_row.id, digest=row.digest or "", prints_left=left - 1)


def document_of(session: Session, print_id: str, kiosk: str, now: datetime) -> str:
    """The digest of the PDF of a grant, which is fetched now. Raises Refusal 404 no-such-print, 409 print-ended."""
    row = _of_kiosk(session, print_id, kiosk, to_change=True)
    result = session.get_one(ResultRow, row.result_id)
    if row.end is not None or now >= row.granted_at + OPEN_FOR or not may_print(result):
        raise Refusal(409, "print-ended", "This print is over; ask for another one.")
    row.known_at = row.known_at or now
    return result.digest or ""


def report(session: Session, print_id: str, kiosk: str, end: PrintEnd, now: datetime) -> None:
    """How it ended; the first report holds. Raises Refusal 404 no-such-print."""
    row = _of_kiosk(session, print_id, kiosk, to_change=True)
    if row.end is None:
        row.end, row.known_at = end.value, now


def _of_kiosk(session: Session, print_id: str, kiosk: str, *, to_change: bool = False) -> PrintRow:
    row = session.get(PrintRow, print_id, with_for_update=to_change or None)
    if row is None or row.kiosk_id != kiosk:
        raise Refusal(404, "no-such-print", "There is no such print of this kiosk.")
    return row
