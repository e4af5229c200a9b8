"""What the government holds about people: learnt from granted cases, never asked for again.

Learnt are the answers to fields that may be known from the centre (`record.<name>`), and those materials that the offices file
says are kept: what was made for one application (a form, a plan, a promise) is made anew for the next.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.approval.case_tables import CaseFileRow, CaseRow
from kiosk.approval.record_tables import HeldFieldRow, HeldMaterialRow
from kiosk.catalogue.model import ServiceItem
from kiosk.contract.cases import HolderRecord

RECORD = "record."


def record_of(session: Session, holder: str) -> HolderRecord:
    """What is held about a person; nothing, for one who was never here."""
    rows = session.scalars(select(HeldFieldRow).where(HeldFieldRow.holder == holder).order_by(HeldFieldRow.field))
    return HolderRecord(fields={row.field: row.value for row in rows}, materials=tuple(materials_of(session, holder)))


def materials_of(session: Session, holder: str) -> Sequence[str]:
    """The materials that are held about a person."""
    own = select(HeldMaterialRow.material).where(HeldMaterialRow.holder == holder)
    return session.scalars(own.order_by(HeldMaterialRow.material)).all()


def learn(session: Session, case: CaseRow, item: ServiceItem, keeps: Collection[str], now: datetime) -> None:
    """Keep what a granted sub-case tells about its applicant; newer answers take the place of older ones. `keeps`: the
    materials that are held from then on, where they were handed in."""
    answers = json.loads(case.fields)
    for name, value in _answers(item, answers):
        session.merge(HeldFieldRow(holder=case.holder, field=name, value=value, learnt_at=now))
    for material in _materials(session, case, item, keeps):
        row = HeldMaterialRow(holder=case.holder, material=material, case_number=case.number, learnt_at=now)
        session.merge(row)


def _answers(item: ServiceItem, answers: dict[str, str]) -> Iterator[tuple[str, str]]:
    for field in item.form.fields:
        value = answers.get(field.id, "")
        if value and field.known_from.startswith(RECORD):
            yield field.known_from.removeprefix(RECORD), value


def _materials(session: Session, case: CaseRow, item: ServiceItem, keeps: Collection[str]) -> set[str]:
    kept = {each.id for each in item.materials if each.id in keeps}
    seen = select(CaseFileRow.material).where(CaseFileRow.case_number == case.number)
    return kept & set(session.scalars(seen))
