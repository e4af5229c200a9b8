"""What the operator's commands print: queues as they are, kiosks and how they are."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.approval import waits
from kiosk.approval.queues import Hall, QueueSettings
from kiosk.approval.tables import HeartbeatRow, KioskRow, TicketRow
from kiosk.contract.kiosks import Heartbeat
from kiosk.texts import FIRST_LANGUAGE

SILENT_AFTER = timedelta(minutes=5)


def queue_lines(session: Session, hall: Hall) -> list[str]:
    """One line per queue: how many wait, how long, who is at which window."""
    return [_queue_line(session, hall, queue) for queue in hall.book.queue]


def kiosk_lines(session: Session, hall: Hall) -> list[str]:
    """One line per kiosk: station, when last seen, version, faults."""
    rows = session.execute(
        select(KioskRow, HeartbeatRow)
        .outerjoin(HeartbeatRow, HeartbeatRow.kiosk_id == KioskRow.id)
        .order_by(KioskRow.station, KioskRow.id)
    )
    return [_kiosk_line(kiosk, beat, hall.now()) for kiosk, beat in rows] or ["no kiosk is enrolled"]


def _queue_line(session: Session, hall: Hall, queue: QueueSettings) -> str:
    length = waits.waiting(session, queue.id, hall.today())
    minutes = round(waits.pace(session, hall, queue).wait_s(length) / 60)
    called = session.scalars(
        select(TicketRow).where(TicketRow.queue == queue.id, TicketRow.day == hall.today(), TicketRow.state == "called")
    )
    at_windows = ", ".join(f"{row.number} at {row.window}" for row in called) or "nobody called"
    title = queue.title.in_language(FIRST_LANGUAGE)
    return f"{queue.letter} {queue.id} {title}: {length} waiting, about {minutes} min; {at_windows}"


def _kiosk_line(kiosk: KioskRow, beat: HeartbeatRow | None, now: datetime) -> str:
    return f"{kiosk.id} {kiosk.station}: {_condition(kiosk, beat, now)}"


def _condition(kiosk: KioskRow, beat: HeartbeatRow | None, now: datetime) -> str:
    if kiosk.revoked_at:
        return "revoked"
    if beat is None:
        return "never seen"
    silent = now - beat.received_at
    seen = f"last seen {_ago(silent)}" + (", silent" if silent > SILENT_AFTER else "")
    said = Heartbeat.model_validate_json(beat.body)
    faults = [f"{device.name} {fault}" for device in said.devices for fault in device.faults]
    return f"{seen}, version {said.version}, {', '.join(faults) or 'no faults'}"


def _ago(silent: timedelta) -> str:
    seconds = max(0, round(silent.total_seconds()))
    if seconds < 120:
        return f"{seconds} s ago"
    return f"{seconds // 60} min ago" if seconds < 7200 else f"{seconds // 3600} h ago"
