"""A practice clerk: takes every case one step further some seconds after its last one, so that a whole case can be practised.

Never on by itself; `kiosk approval serve --practice` says so.
A case whose telephone ends in 00 is returned once for a supplement.
"""

import logging
import random
import threading
from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from sqlalchemy import Select, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from kiosk.approval import cases
from kiosk.approval.case_tables import AskedRow, CaseRow, SubCaseRow
from kiosk.approval.centre import Centre
from kiosk.approval.database import Database
from kiosk.approval.decisions import Action, Decision, apply
from kiosk.catalogue.kinds import ResultDelivery
from kiosk.contract.cases import CaseState

logger = logging.getLogger(__name__)
BY = "practice-clerk"
LOOKS_EVERY_S = 0.5
AT_ONCE = 50
"""Sub-cases that one look takes further; each in a transaction of its own, so that nobody waits."""
RETURNED_TAIL = "00"
REASON = "图像不清楚，请重新扫描。"
NEXT: Mapping[CaseState, Action] = {
    CaseState.RECEIVED: Action.ACCEPT,
    CaseState.ACCEPTED: Action.REVIEW,
    CaseState.REVIEW: Action.GRANT,
    CaseState.GRANTED: Action.MAKE,
    CaseState.MADE: Action.ISSUE,
    CaseState.ISSUED: Action.DELIVER,
}
_ARRIVES = (ResultDelivery.POST.value, ResultDelivery.ELECTRONIC.value)
"""What is delivered without the applicant; the rest waits for them."""


class PracticeClerk:
    """One thread that works through what is due, again and again, until it is stopped. `step_s`: seconds between steps."""

    def __init__(self, database: Database, centre: Centre, step_s: float) -> None:
        self._database, self._centre, self._step = database, centre, timedelta(seconds=step_s)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="practice-clerk", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """Stop; returns when the thread has ended."""
        self._stop.set()
        self._thread.join()

    def work_once(self) -> int:
        """Take what is due one step further; how many sub-cases that were."""
        with self._database.reading() as session:
            due = session.scalars(self._due()).all()
        return sum(self._database.write(partial(self._step_of, number=each)) for each in due)

    def _due(self) -> Select[str]:
        states = [state.value for state in NEXT if state is not CaseState.ISSUED]
        before = self._centre.hall.now() - self._step
        arriving = (SubCaseRow.state == CaseState.ISSUED.value) & SubCaseRow.delivery.in_(_ARRIVES)
        able = (SubCaseRow.state.in_(states) | arriving) & (SubCaseRow.changed_at <= before)
        return select(SubCaseRow.number).where(able).order_by(SubCaseRow.changed_at).limit(AT_ONCE)

    def _step_of(self, session: Session, number: str) -> bool:
        part = session.get(SubCaseRow, number, with_for_update=True)
        action = NEXT.get(CaseState(part.state)) if part else None
        if part is None or action is None:  # somebody else was faster
            return False
        apply(session, self._centre, part, self._decision(session, part, action))
        return True

    def _decision(self, session: Session, part: SubCaseRow, action: Action) -> Decision:
        if action is Action.ACCEPT and (material := self._asks_for(session, part)):
            return Decision(Action.RETURN, asked=((material, REASON),), by=BY)
        posted = action is Action.ISSUE and part.delivery == ResultDelivery.POST.value
        return Decision(action, parcel=parcel_number() if posted else "", by=BY)

    def _asks_for(self, session: Session, part: SubCaseRow) -> str:
        """A material that was handed in for the item, for a telephone that asks to be practised with; else ""."""
        case = session.get(CaseRow, part.case_number)
        if case is None or not case.phone4.endswith(RETURNED_TAIL) or self._was_asked(session, part):
            return ""
        item = self._centre.catalogue.by_id.get(part.item)
        known = {each.id for each in item.materials} if item else set()
        given = (row.material for row in cases.handed_in(session, case) if not row.on_file)
        return next((material for material in given if material in known), "")

    @staticmethod
    def _was_asked(session: Session, part: SubCaseRow) -> bool:
        return bool(session.scalar(select(func.count()).where(AskedRow.sub_case == part.number)))

    def _run(self) -> None:
        while not self._stop.wait(LOOKS_EVERY_S):
            try:
                self.work_once()
            except SQLAlchemyError as error:
                logger.warning("the practice clerk stumbled: %s", type(error).__name__)


def parcel_number() -> str:
    """An invented tracking number (UPU S10: two letters, eight digits and their check digit, the country)."""
    digits = f"{random.randrange(10**8):08d}"  # noqa: S311 (nothing secret)
    rest = 11 - sum(int(d) * w for d, w in zip(digits, (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11
    check = {10: 0, 11: 5}.get(rest, rest)
    return f"EX{digits}{check}CN"
