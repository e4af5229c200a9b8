"""Practice windows: somebody at the windows calls a number now and then, so that waits are real without a hall.

Never on by itself; `kiosk approval serve --practice` says so.
"""

import logging
import random
import threading
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from kiosk.approval import tickets
from kiosk.approval.database import Database
from kiosk.approval.queues import Hall

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rhythm:
    """Seconds between two calls, at least and at most; `seed` makes a run repeatable."""

    least_s: float = 20
    most_s: float = 60
    seed: int | None = None


class PracticeWindows:
    """One thread that calls at a random window, again and again, until it is stopped."""

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

    def _window(self, waiting: Collection[str]) -> int:
        book = self._hall.book
        wanted = [window for window in book.windows if any(q.id in waiting for q in book.served_by(window))]
        return self._random.choice(wanted or book.windows)

    def _run(self) -> None:
        while not self._stop.wait(self._random.uniform(self._rhythm.least_s, self._rhythm.most_s)):
            try:
                call = self.call_once()
                logger.info("practice window called %s", call.called or "nobody")
            except SQLAlchemyError as error:
                logger.warning("practice window could not call: %s", type(error).__name__)
