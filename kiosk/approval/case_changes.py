"""Changes of a sub-case: each is checked against the table of states, recorded with who and when, and counted."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.approval import case_states, terms
from kiosk.approval.case_tables import SubCaseRow, TransitionRow
from kiosk.approval.offices import FRONT_DESK, ISSUING
from kiosk.approval.queues import Hall
from kiosk.contract.cases import CaseState


def change(session: Session, hall: Hall, row: SubCaseRow, to: CaseState, by: str, note: str = "") -> None:
    """Make it so. `by`: a kiosk's id, `clerk`, `practice-clerk`. Raises NotPossible where its state does not allow it."""
    case_states.check(CaseState(row.state), to)
    now = hall.now()
    row.state, row.changed_at = to.value, now
    office = _office(row, to)
    session.add(TransitionRow(sub_case=row.number, state=to.value, at=now, office=office, by=by, note=note))
    _note_days(session, hall, row, to)


def history(session: Session, row: SubCaseRow) -> tuple[TransitionRow, ...]:
    """Everything that happened to a sub-case, in order."""
    own = select(TransitionRow).where(TransitionRow.sub_case == row.number)
    return tuple(session.scalars(own.order_by(TransitionRow.id)))


def days_of(hall: Hall, transitions: tuple[TransitionRow, ...]) -> terms.Count:
    """The count of a history, as of today."""
    changes = [terms.Change(CaseState(each.state), hall.local(each.at).date()) for each in transitions]
    return terms.count(changes, hall.today())


def _office(row: SubCaseRow, state: CaseState) -> str:
    desk = state in (CaseState.RECEIVED, CaseState.ACCEPTED, CaseState.WITHDRAWN)
    if desk or (state is CaseState.RETURNED and row.accepted_on is None):
        return FRONT_DESK
    if state in (CaseState.ISSUED, CaseState.DELIVERED):
        return ISSUING
    return row.office


def _note_days(session: Session, hall: Hall, row: SubCaseRow, to: CaseState) -> None:
    today = hall.today()
    if to is CaseState.ACCEPTED:
        row.accepted_on = row.accepted_on or today
    if to in case_states.DECISIONS:
        row.decided_on, row.used_days = today, days_of(hall, history(session, row)).used
        row.on_time, row.early = row.used_days <= row.statutory_days, row.used_days < row.statutory_days
    if to in case_states.CLOSED:
        row.closed_on = today
