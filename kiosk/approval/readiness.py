"""Readiness reports: kept once per key, the newest of each kiosk; and what the operator reads of them."""

from collections.abc import Iterator

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.approval.idempotency import Answer, answer_once
from kiosk.approval.queues import Hall
from kiosk.approval.tables import KioskRow, ReadinessRow
from kiosk.contract.readiness import Examined, ReadinessReceipt, ReadinessReport

KEPT = 60
"""Reports per kiosk: two months of mornings."""


def keep(session: Session, hall: Hall, kiosk: str, report: ReadinessReport, key: str) -> Answer:
    """Keep a report exactly once per key. Raises Refusal 422 when the key came with another report before."""
    return answer_once(session, kiosk, key, report, hall.now(), lambda: _kept(session, hall, kiosk, report))


def _kept(session: Session, hall: Hall, kiosk: str, report: ReadinessReport) -> Answer:
    now = hall.now()
    session.add(
        ReadinessRow(
            kiosk_id=kiosk, made_at=report.made_at, received_at=now, ready=report.ready, body=report.model_dump_json()
        )
    )
    session.flush()
    newest = select(ReadinessRow.id).where(ReadinessRow.kiosk_id == kiosk).order_by(*_NEWEST_FIRST)
    session.execute(
        delete(ReadinessRow).where(ReadinessRow.kiosk_id == kiosk, ReadinessRow.id.not_in(newest.limit(KEPT)))
    )
    return Answer(201, ReadinessReceipt(received_at=now).model_dump_json())


_NEWEST_FIRST = (ReadinessRow.made_at.desc(), ReadinessRow.id.desc())


def lines(session: Session, hall: Hall) -> list[str]:
    """For the operator: the newest report of every kiosk, one line each, and below it what is not ready."""
    kiosks = session.scalars(select(KioskRow).where(KioskRow.revoked_at.is_(None)).order_by(KioskRow.station))
    found = [line for kiosk in kiosks for line in _of(session, hall, kiosk)]
    return found or ["no kiosk is enrolled"]


def _of(session: Session, hall: Hall, kiosk: KioskRow) -> Iterator[str]:
    newest = select(ReadinessRow).where(ReadinessRow.kiosk_id == kiosk.id).order_by(*_NEWEST_FIRST).limit(1)
    row = session.scalars(newest).first()
    if row is None:
        yield f"{kiosk.id} {kiosk.station}: no report yet"
        return
    made = row.made_at.astimezone(hall.now().tzinfo)
    yield f"{kiosk.id} {kiosk.station}: {made:%Y-%m-%d %H:%M} {'ready' if row.ready else 'NOT READY'}"
    report = ReadinessReport.model_validate_json(row.body)
    yield from (f"  {_trouble(part)}" for part in (*report.devices, *report.machine) if not part.ready or part.faults)


def _trouble(part: Examined) -> str:
    return f"{part.name} {part.model}".strip() + f": {', '.join(part.faults) or part.trouble}"
