"""Writers that come while another one commits are committed together: a disk that is slow to sync serves them all at once.

Each work has its own savepoint in the shared transaction: what one does wrong is undone without the others. Nobody's
`write` returns before the commit that holds its work has.
"""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy.orm import Session

T = TypeVar("T")
MOST_TOGETHER = 32
"""So that nobody waits for a whole crowd."""


@dataclass
class _Job:
    work: Callable[[Session], Any]
    done: bool = False
    result: Any = None
    error: Exception | None = field(default=None, repr=False)

    def run(self, session: Session) -> None:
        """Do it in a savepoint; what it raises is kept for the thread that asked."""
        try:
            with session.begin_nested():
                self.result = self.work(session)
        except Exception as error:  # noqa: BLE001  raised in the thread that asked
            self.error = error
        session.expunge_all()

    def outcome(self) -> Any:
        """The result, or what was raised instead."""
        if self.error is not None:
            raise self.error
        return self.result


class Writers:
    """One transaction at a time; `opened` gives a session in a transaction that commits when it is left."""

    def __init__(self, opened: Callable[[], AbstractContextManager[Session]]) -> None:
        self._opened = opened
        self._turn = threading.Condition()
        self._waiting: list[_Job] = []
        self._busy = False

    def write(self, work: Callable[[Session], T]) -> T:
        """Run `work`, alone or with whoever waits; its result, or what it or the commit raised."""
        job = _Job(work)
        with self._turn:
            self._waiting.append(job)
        while batch := self._turn_of(job):
            self._commit(batch)
        return job.outcome()  # type: ignore[no-any-return]

    def _turn_of(self, job: _Job) -> list[_Job]:
        """The head of the line, once nobody commits; nothing when the job was done by somebody else. The job may stand
        further behind: then its thread commits for others first."""
        with self._turn:
            self._turn.wait_for(lambda: job.done or not self._busy)
            if job.done:
                return []
            batch, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
            self._busy = True
            return batch

    def _commit(self, batch: list[_Job]) -> None:
        try:
            self._together(batch)
        finally:
            with self._turn:
                self._busy = False
                for job in batch:
                    job.done = True
                self._turn.notify_all()

    def _together(self, batch: list[_Job]) -> None:
        try:
            with self._opened() as session:
                if len(batch) == 1:
                    batch[0].result = batch[0].work(session)
                    return
                for job in batch:
                    job.run(session)
        except Exception as error:  # noqa: BLE001  raised in every thread whose work was in it
            for job in batch:
                job.error = job.error or error
