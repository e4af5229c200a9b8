"""What the government holds about people: learnt from granted cases, never asked for again.

Learnt are the answers to fields that may be known from the centre (`record.<name>`), and those materials that the offices file
says are kept: what was made for one application (a form, a plan, a promise) is made anew for the next.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Table, bindparam, delete, insert, select
from sqlalchemy.orm import Session

from kiosk.approval.case_tables import CaseFileRow, CaseRow
from kiosk.approval.record_tables import HeldFieldRow, HeldMaterialRow
from kiosk.approval.tables import table_of
from kiosk.catalogue.model import ServiceItem
from kiosk.contract.cases import HolderRecord

RECORD = "record."
Row: TypeAlias = dict[str, Any]
_FIELDS, _HELD, _CASE_FILES = table_of(HeldFieldRow), table_of(HeldMaterialRow), table_of(CaseFileRow)
_SEEN = select(_CASE_FILES.c.material).where(_CASE_FILES.c.case_number == bindparam("of_case"))
_NEW = {table: insert(table) for table in (_FIELDS, _HELD)}
_OLD = {
    table: delete(table).where(table.c.holder == bindparam("of_holder"), table.c[name] == bindparam("named"))
    for table, name in ((_FIELDS, "field"), (_HELD, "material"))
}


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
    since: Row = {"holder": case.holder, "learnt_at": now}
    answers = json.loads(case.fields)
    _replace(
        session, _FIELDS, "field", [since | {"field": name, "value": value} for name, value in _answers(item, answers)]
    )
    kept = _materials(session, case, item, keeps)
    _replace(session, _HELD, "material", [since | {"material": each, "case_number": case.number} for each in kept])


def _replace(session: Session, table: Table, name: str, rows: Sequence[Row]) -> None:
    """Two statements for all rows, which go by `holder` and `name`; two at once meet at the key, and the second is run again."""
    if not rows:
        return
    connection = session.connection()
    connection.execute(_OLD[table], [{"of_holder": row["holder"], "named": row[name]} for row in rows])
    connection.execute(_NEW[table], rows)


def _answers(item: ServiceItem, answers: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each name once: two fields of a form may be known as the same thing."""
    found: dict[str, str] = {}
    for field in item.form.fields:
        value = answers.get(field.id, "")
        if value and field.known_from.startswith(RECORD):
            found[field.known_from.removeprefix(RECORD)] = value
    yield from found.items()


def _materials(session: Session, case: CaseRow, item: ServiceItem, keeps: Collection[str]) -> list[str]:
    kept = {each.id for each in item.materials if each.id in keeps}
    seen = session.connection().scalars(_SEEN, {"of_case": case.number}) if kept else ()
    return sorted(kept & set(seen))
