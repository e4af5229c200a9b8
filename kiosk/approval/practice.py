"""A practice hall: people come and take numbers, windows call one now and then, so that waits are real without a hall.

Never on by itself; `kiosk approval serve --practice` says so.
"""

import logging
import random
import secrets
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from kiosk.approval import tickets, waits
from kiosk.approval.database import Database
from kiosk.approval.queues import Hall
from kiosk.approval.tables import KioskRow
from kiosk.contract.tickets import TicketRequest

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rhythm:
    """Seconds between two calls, at least and at most; `seed` makes a run repeatable."""

    least_s: float = 20
    most_s: float = 60
    seed: int | None = None


PEOPLE_AT_FIRST = 6
MOST_PEOPLE = 12
"""Nobody more comes while so many wait in the whole hall."""
PRACTICE = "practice"


class PracticeWindows:
    """One thread in which somebody comes and a random window calls, again and again, until it is stopped."""

    def __init__(self, database: Database, hall: Hall, rhythm: Rhythm) -> None:
        self._database, self._hall, self._rhythm = database, hall, rhythm
        self._random = random.Random(rhythm.seed)  # noqa: S311 (nothing secret)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="practice-windows", daemon=True)

    def start(self) -> None:
        """Begin calling."""
        self._thread.start()

    def stop(self) -> None:
        """Stop calling; returns when the thread has ended."""
        self._stop.set()
        self._thread.join()

    def call_once(self) -> tickets.Call:
        """One call at a random window; windows whose queues have people waiting come first."""

        def work(session: Session) -> tickets.Call:
            return tickets.call(session, self._hall, self._window(tickets.queues_with_people(session, self._hall)))

        return self._database.write(work)

    def arrive_once(self) -> bool:
        """Somebody without a card takes a number for a random open queue; False when the hall is full or closed."""

        def work(session: Session) -> bool:
            book, now = self._hall.book, self._hall.now()
            waiting = sum(waits.waiting(session, queue.id, self._hall.today()) for queue in book.queue)
            doors = [queue.id for queue in book.queue if queue.open_at(now)]
            if waiting >= MOST_PEOPLE or not doors:
                return False
            _practice_kiosk(session, self._hall)
            tickets.take(session, self._hall, TicketRequest(queue=self._random.choice(doors)), PRACTICE)
            return True

        return self._database.write(work)

    def _window(self, waiting: Collection[str]) -> int:
        book = self._hall.book
        wanted = [window for window in book.windows if any(q.id in waiting for q in book.served_by(window))]
        return self._random.choice(wanted or book.windows)

    def _run(self) -> None:
        for _ in range(PEOPLE_AT_FIRST):
            self._try(self.arrive_once)
        while not self._stop.wait(self._random.uniform(self._rhythm.least_s, self._rhythm.most_s)):
            self._try(self.call_once)
            self._try(self.arrive_once)

    @staticmethod
    def _try(work: Callable[[], object]) -> None:
        try:
            work()
        except SQLAlchemyError as error:
            logger.warning("the practice hall stumbled: %s", type(error).__name__)


def _practice_kiosk(session: Session, hall: Hall) -> None:
    """Whose tickets the practice people's are; nobody knows its credential."""
    if session.get(KioskRow, PRACTICE) is None:
        unknown = secrets.token_hex(32)
        session.add(KioskRow(id=PRACTICE, station=PRACTICE, credential_digest=unknown, enrolled_at=hall.now()))
        session.flush()
