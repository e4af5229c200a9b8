"""Changes of a sub-case: each is checked against the table of states, recorded with who and when, and counted.

A change is two statements, sent at once and without the unit of work: cases are changed six times, and a year has thousands.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from kiosk.approval import case_states, terms
from kiosk.approval.case_tables import SubCaseRow, TransitionRow
from kiosk.approval.offices import FRONT_DESK, ISSUING
from kiosk.approval.queues import Hall
from kiosk.approval.tables import table_of
from kiosk.contract.cases import CaseState

_PARTS, _STEPS = table_of(SubCaseRow), table_of(TransitionRow)
_SET = update(_PARTS).where(_PARTS.c.number == bindparam("of_part"))
_ADD = insert(_STEPS)
_COUNTED = select(_STEPS.c.state, _STEPS.c.at).where(_STEPS.c.sub_case == bindparam("of_part")).order_by(_STEPS.c.id)
_TOLD = select(TransitionRow).where(TransitionRow.sub_case == bindparam("of_part")).order_by(TransitionRow.id)


def change(session: Session, hall: Hall, row: SubCaseRow, to: CaseState, by: str, note: str = "") -> None:
    """Make it so. `by`: a kiosk's id, `clerk`, `practice-clerk`. Raises NotPossible where its state does not allow it."""
    case_states.check(CaseState(row.state), to)
    now, connection = hall.now(), session.connection()
    step = {"sub_case": row.number, "state": to.value, "at": now, "office": _office(row, to), "by": by, "note": note}
    connection.execute(_ADD, step)
    new = {"state": to.value, "changed_at": now, **_days(session, hall, row, to)}
    connection.execute(_SET, {"of_part": row.number, **new})
    for name, value in new.items():
        set_committed_value(row, name, value)


def history(session: Session, row: SubCaseRow) -> tuple[TransitionRow, ...]:
    """Everything that happened to a sub-case, in order."""
    return tuple(session.scalars(_TOLD, {"of_part": row.number}))


def days_of(hall: Hall, transitions: Iterable[TransitionRow]) -> terms.Count:
    """The count of a history, as of today."""
    return _count(hall, ((each.state, each.at) for each in transitions))


def _count(hall: Hall, steps: Iterable[tuple[str, datetime]]) -> terms.Count:
    changes = [terms.Change(CaseState(state), hall.local(at).date()) for state, at in steps]
    return terms.count(changes, hall.today())


def _office(row: SubCaseRow, state: CaseState) -> str:
    desk = state in (CaseState.RECEIVED, CaseState.ACCEPTED, CaseState.WITHDRAWN)
    if desk or (state is CaseState.RETURNED and row.accepted_on is None):
        return FRONT_DESK
    if state in (CaseState.ISSUED, CaseState.DELIVERED):
        return ISSUING
    return row.office


def _days(session: Session, hall: Hall, row: SubCaseRow, to: CaseState) -> Mapping[str, Any]:
    """What a change says about the yearly report."""
    days: dict[str, Any] = {}
    if to is CaseState.ACCEPTED:
        days["accepted_on"] = row.accepted_on or hall.today()
    if to in case_states.DECISIONS:
        days |= _decided(session, hall, row)
    if to in case_states.CLOSED:
        days["closed_on"] = hall.today()
    return days


def _decided(session: Session, hall: Hall, row: SubCaseRow) -> Mapping[str, Any]:
    steps = session.connection().execute(_COUNTED, {"of_part": row.number})
    used = _count(hall, ((state, at) for state, at in steps)).used
    limit = row.statutory_days
    return {"decided_on": hall.today(), "used_days": used, "on_time": used <= limit, "early": used < limit}
