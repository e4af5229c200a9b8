"""How long people wait: from how long the last people took at the windows, and how many windows are at work."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from kiosk.approval.queues import Hall, QueueSettings
from kiosk.approval.tables import TicketRow

LAST_SERVED = 20
SHORTEST_SERVICE, LONGEST_SERVICE = timedelta(seconds=10), timedelta(hours=2)
"""A shorter one is somebody who did not turn up, a longer one a window that was left: neither is a service duration."""
AT_WORK = timedelta(minutes=15)
"""A window is at work while it serves somebody, and this long after its last call."""


@dataclass(frozen=True)
class Pace:
    """How a queue moves: seconds per person and window, windows at work, whether one of them is free."""

    service_s: float
    windows: int
    one_is_free: bool

    def wait_s(self, ahead: int) -> int:
        """Seconds until somebody with `ahead` people before them is called; rather too long than too short."""
        in_front = ahead if self.one_is_free else ahead + 1
        return math.ceil(in_front * self.service_s / max(1, self.windows))


def waiting(session: Session, queue: str, day: date) -> int:
    """How many people wait in a queue."""
    condition = (TicketRow.queue == queue, TicketRow.day == day, TicketRow.state == "waiting")
    return session.scalar(select(func.count()).where(*condition)) or 0


def pace(session: Session, hall: Hall, queue: QueueSettings) -> Pace:
    """How `queue` moves now."""
    at_work = _windows_at_work(session, queue, hall.now())
    busy = {window for window, state in at_work if state == "called"}
    windows = {window for window, _ in at_work}
    return Pace(_service_s(session, queue), len(windows), bool(windows - busy))


def _service_s(session: Session, queue: QueueSettings) -> float:
    served = session.execute(
        select(TicketRow.called_at, TicketRow.finished_at)
        .where(TicketRow.queue == queue.id, TicketRow.state == "served", TicketRow.called_at.is_not(None))
        .order_by(TicketRow.finished_at.desc())
        .limit(LAST_SERVED)
    )
    durations = list(_durations((start, end) for start, end in served if start and end))
    return sum(durations) / len(durations) if durations else queue.usual_minutes * 60


def _durations(spans: Iterable[tuple[datetime, datetime]]) -> Iterable[float]:
    return ((end - start).total_seconds() for start, end in spans if SHORTEST_SERVICE <= end - start <= LONGEST_SERVICE)


def _windows_at_work(session: Session, queue: QueueSettings, now: datetime) -> list[tuple[int, str]]:
    lately = or_(
        TicketRow.state == "called", TicketRow.called_at > now - AT_WORK, TicketRow.finished_at > now - AT_WORK
    )
    rows = session.execute(
        select(TicketRow.window, TicketRow.state).where(
            TicketRow.day == now.date(), TicketRow.window.in_(queue.windows), lately
        )
    )
    return [(window, state) for window, state in rows if window is not None]
