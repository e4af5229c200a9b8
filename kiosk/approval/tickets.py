"""Queue tickets: taken once per person, queue and day; numbered per letter and day; given up; called.

Every function runs inside one writing (or reading) transaction of `Database`. Refusals carry problem codes.
"""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from kiosk.approval import waits
from kiosk.approval.problems import Refusal
from kiosk.approval.queues import Hall, QueueSettings
from kiosk.approval.tables import OPEN, CentreFact, IdempotencyRow, TicketRow
from kiosk.catalogue.model import Catalogue
from kiosk.contract.tickets import ServiceQueue, Ticket, TicketRequest
from kiosk.errors import KioskError
from kiosk.texts import LocalText
from kiosk.ticket_state import TicketState

KEYS_KEPT = timedelta(days=35)
TOKEN_BYTES = 24


@dataclass(frozen=True)
class Call:
    """What a window's call did: whom it finished, whom it called. None: nobody."""

    served: str | None
    called: str | None
    queue: str | None


def queues(session: Session, hall: Hall, catalogue: Catalogue) -> tuple[ServiceQueue, ...]:
    """Every queue as it is now."""
    return tuple(_queue_now(session, hall, queue, catalogue) for queue in hall.book.queue)


def take(session: Session, hall: Hall, request: TicketRequest, kiosk_id: str) -> Ticket:
    """A new ticket. Raises Refusal 404 no-such-queue, 409 queue-closed, 409 ticket-already-open (ticket enclosed)."""
    queue = hall.book.by_id.get(request.queue)
    if queue is None:
        raise Refusal(404, "no-such-queue", f"There is no queue {request.queue}.")
    if not queue.open_at(hall.now()):
        raise Refusal(409, "queue-closed", f"Queue {queue.id} gives no tickets at this hour.")
    _one_at_a_time(session)
    _refuse_second(session, hall, queue, request.holder)
    row = _new_row(session, hall, queue, request.holder, kiosk_id)
    session.add(row)
    session.flush()
    return view(session, hall, row)


def open_tickets(session: Session, hall: Hall, holder: str) -> tuple[Ticket, ...]:
    """Today's waiting or called tickets of a holder, oldest first."""
    rows = session.scalars(select(TicketRow).where(*_open_of(holder, hall.today())).order_by(TicketRow.taken_at))
    return tuple(view(session, hall, row) for row in rows)


def find(session: Session, ticket_id: str, *, to_change: bool = False) -> TicketRow:
    """A ticket by id. Raises Refusal 404."""
    row = session.get(TicketRow, ticket_id, with_for_update=to_change or None)
    if row is None:
        raise Refusal(404, "no-such-ticket", "There is no such ticket.")
    return row


def by_token(session: Session, token: str, *, to_change: bool = False) -> TicketRow:
    """A ticket by the token on its slip. Raises Refusal 404."""
    ticket_id = session.scalar(select(TicketRow.id).where(TicketRow.token == token))
    return find(session, ticket_id or "", to_change=to_change)


def give_up(hall: Hall, row: TicketRow) -> None:
    """Give a ticket up; twice is harmless. Raises Refusal 409 ticket-closed when it was served or its day is over."""
    state = state_of(row, hall.today())
    if state in (TicketState.SERVED, TicketState.EXPIRED):
        raise Refusal(409, "ticket-closed", f"The ticket is {state.value}; it cannot be given up.")
    if state is not TicketState.GIVEN_UP:
        row.state, row.finished_at = TicketState.GIVEN_UP.value, hall.now()


def call(session: Session, hall: Hall, window: int, only: str | None = None) -> Call:
    """A window finishes whom it served and calls who has waited longest in its queues (or in queue `only`).

    Raises KioskError for a window or a queue that does not exist, or that do not belong together.
    """
    served_queues = _queues_of(hall, window, only)
    _one_at_a_time(session)
    served = _finish(session, hall, window)
    row = session.scalar(
        select(TicketRow)
        .where(TicketRow.state == "waiting", TicketRow.day == hall.today(), TicketRow.queue.in_(served_queues))
        .order_by(TicketRow.taken_at, TicketRow.serial)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None:
        return Call(served, None, None)
    row.state, row.window, row.called_at = TicketState.CALLED.value, window, hall.now()
    return Call(served, row.number, row.queue)


def queues_with_people(session: Session, hall: Hall) -> frozenset[str]:
    """The ids of the queues in which somebody waits."""
    waiting = (TicketRow.day == hall.today(), TicketRow.state == "waiting")
    return frozenset(session.scalars(select(TicketRow.queue).where(*waiting).distinct()))


def close_earlier_days(session: Session, today: date) -> None:
    """Expire what was left open, and forget whose tickets they were: the day is over."""
    earlier = TicketRow.day < today
    session.execute(update(TicketRow).where(earlier, TicketRow.state.in_(OPEN)).values(state="expired"))
    session.execute(update(TicketRow).where(earlier, TicketRow.holder.is_not(None)).values(holder=None))


def forget_old_keys(session: Session, hall: Hall) -> None:
    """Drop idempotency keys after 35 days; the contract promises 30."""
    session.execute(delete(IdempotencyRow).where(IdempotencyRow.created_at < hall.now() - KEYS_KEPT))


def state_of(row: TicketRow, today: date) -> TicketState:
    """The state as it is today, whether or not the night's tidying came by."""
    return TicketState.EXPIRED if row.day < today and row.state in OPEN else TicketState(row.state)


def view(session: Session, hall: Hall, row: TicketRow) -> Ticket:
    """The wire's ticket as it stands now. A queue that the file no longer has shows its letter as its title."""
    state = state_of(row, hall.today())
    queue = hall.book.by_id.get(row.queue)
    ahead = _ahead(session, row) if state is TicketState.WAITING else 0
    waits_on = queue if state is TicketState.WAITING else None
    return Ticket(
        id=row.id,
        number=row.number,
        queue=row.queue,
        queue_title=queue.title if queue else _letter_title(row.letter),
        windows=queue.windows if queue else (),
        state=state,
        ahead=ahead,
        estimated_wait_s=waits.pace(session, hall, waits_on).wait_s(ahead) if waits_on else 0,
        taken_at=hall.local(row.taken_at),
        window=row.window,
        token=row.token,
    )


def _one_at_a_time(session: Session) -> None:
    """Numbers are given and called one after the other; the constraints alone would make many callers try again."""
    session.get(CentreFact, "hall_lock", with_for_update=True)


def _letter_title(letter: str) -> LocalText:
    return LocalText({"zh_CN": letter, "zh_HK": letter, "en": letter})


def _queue_now(session: Session, hall: Hall, queue: QueueSettings, catalogue: Catalogue) -> ServiceQueue:
    length = waits.waiting(session, queue.id, hall.today())
    return ServiceQueue(
        id=queue.id,
        title=queue.title,
        detail=queue.detail,
        letter=queue.letter,
        windows=queue.windows,
        accepts=queue.accepted(catalogue),
        waiting=length,
        estimated_wait_s=waits.pace(session, hall, queue).wait_s(length),
        open=queue.open_at(hall.now()),
    )


def _open_of(holder: str, today: date) -> tuple[ColumnElement[bool], ...]:
    return (TicketRow.holder == holder, TicketRow.day == today, TicketRow.state.in_(OPEN))


def _refuse_second(session: Session, hall: Hall, queue: QueueSettings, holder: str | None) -> None:
    if holder is None:
        return
    row = session.scalar(select(TicketRow).where(*_open_of(holder, hall.today()), TicketRow.queue == queue.id))
    if row is not None:
        ticket = view(session, hall, row).model_dump(mode="json")
        detail = "This person already has an open ticket in this queue; it is enclosed."
        raise Refusal(409, "ticket-already-open", detail, {"ticket": ticket})


def _new_row(session: Session, hall: Hall, queue: QueueSettings, holder: str | None, kiosk_id: str) -> TicketRow:
    same_day = (TicketRow.letter == queue.letter, TicketRow.day == hall.today())
    last = session.scalar(select(func.max(TicketRow.serial)).where(*same_day)) or 0
    return TicketRow(
        id=uuid4().hex,
        queue=queue.id,
        letter=queue.letter,
        day=hall.today(),
        serial=last + 1,
        state=TicketState.WAITING.value,
        holder=holder,
        token=secrets.token_urlsafe(TOKEN_BYTES),
        kiosk_id=kiosk_id,
        taken_at=hall.now(),
    )


def _ahead(session: Session, row: TicketRow) -> int:
    before = (TicketRow.queue == row.queue, TicketRow.day == row.day, TicketRow.serial < row.serial)
    return session.scalar(select(func.count()).where(*before, TicketRow.state == "waiting")) or 0


def _queues_of(hall: Hall, window: int, only: str | None) -> tuple[str, ...]:
    served = tuple(queue.id for queue in hall.book.served_by(window))
    if not served:
        known = ", ".join(str(number) for number in hall.book.windows)
        raise KioskError(f"window {window} serves no queue; windows are {known}")
    if only is None:
        return served
    if only not in served:
        raise KioskError(f"window {window} does not serve queue {only!r}; it serves {', '.join(served)}")
    return (only,)


def _finish(session: Session, hall: Hall, window: int) -> str | None:
    row = session.scalar(
        select(TicketRow).where(
            TicketRow.window == window, TicketRow.day == hall.today(), TicketRow.state == TicketState.CALLED.value
        )
    )
    if row is None:
        return None
    row.state, row.finished_at = TicketState.SERVED.value, hall.now()
    session.flush()
    return row.number
