"""One job in a CUPS queue: handed over through a pipe, and watched until it is known what became of it.

"Completed" is the only state that means paper. A job that was cancelled at the printer, aborted, held, or that vanished
from the queue was not printed as far as anybody can say.
"""

import logging
import os
import re
import subprocess
import time
from collections.abc import Callable

from devices.health import worst
from devices.printers.ipp import Answer, Ipp
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.printer import Outcome, PrintOutcome, failed

log = logging.getLogger(__name__)

JOB_NAME = "kiosk"
POLL_S = 0.1
HAND_OVER_S = 10.0
AWAY_S = 10.0
"""How long the print service may be away in the middle of a job: as long as a restart takes."""
STUCK_S = 5.0
"""How long a job may be held, or stopped, without any reason given."""
OLD_S = 20.0
"""How long a queue may go on remembering what was wrong before a job, while no page of it comes out."""
HELD, PROCESSING_STOPPED, COMPLETED = 4, 6, 9
OVER = {7, 8, COMPLETED}
"""job-state: 3 pending, 4 held, 5 processing, 6 stopped, 7 cancelled, 8 aborted, 9 completed."""
GONE = 0x0406
"""client-error-not-found."""


def hand_over(server: str, queue: str, options: tuple[str, ...], pages: bytes) -> int:
    """Give the pages to `lp` through a pipe, so that they are in no file of ours; the job's number. Raises
    DeviceUnavailable."""
    told = [word for option in options for word in ("-o", option)]
    command = ("lp", "-h", server, "-d", queue, "-t", JOB_NAME, *told, "-")
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(
            command, input=pages, capture_output=True, timeout=HAND_OVER_S, check=True, env=environment
        )
    except FileNotFoundError as error:
        reason = "The command lp is missing. Install the Debian package cups-client."
        raise DeviceUnavailable(reason, Fault.WRONG_DEVICE) from error
    except subprocess.SubprocessError as error:
        raise DeviceUnavailable(f"The print queue {queue} did not take the pages.", Fault.OFFLINE) from error
    number = re.search(rb"-(\d+) \(", done.stdout)
    if not number:
        raise DeviceUnavailable("The command lp did not say the job's number.", Fault.WRONG_DEVICE)
    return int(number[1])


class Watch:
    """Follows job `number`. `faults`: what stands in the printer's way now. `timeout_s`: how long it may take per page.
    `old`: what the queue remembered before, which may be out of date; it counts when it stays."""

    def __init__(
        self,
        queue: Ipp,
        number: int,
        faults: Callable[[], frozenset[Fault]],
        timeout_s: float,
        old: frozenset[Fault] = frozenset(),
    ) -> None:
        self._queue, self._number, self._faults, self._timeout_s = queue, number, faults, timeout_s
        self._old = old
        self._pages = 0
        self._moved_at = time.monotonic()
        self._stuck_since: float | None = None
        self._away_since: float | None = None

    def outcome(self) -> PrintOutcome:
        """Watch it to its end; trouble of the printer, or too long a time, ends it. Raises DeviceUnavailable when the print
        service went away for good."""
        while (found := self._looked()) is None:
            if time.monotonic() > self._moved_at + self._timeout_s:
                return failed(Fault.NO_ANSWER, self._pages)
            time.sleep(POLL_S)
        return found

    def _looked(self) -> PrintOutcome | None:
        try:
            found = self._judged(self._queue.job(self._number))
        except DeviceUnavailable:
            self._away_since = self._away_since or time.monotonic()
            if time.monotonic() > self._away_since + AWAY_S:
                raise
            return None
        self._away_since = None
        return found

    def _judged(self, job: Answer) -> PrintOutcome | None:
        state = job.number("job-state")
        if job.status == GONE:
            log.warning("print job %d is no longer in the queue; CUPS needs PreserveJobHistory Yes", self._number)
            return PrintOutcome(Outcome.SENT, pages=self._pages)
        self._count(job)
        if state in OVER:
            return self._ended(job, state)
        if fault := worst(self._fresh_faults()):
            return failed(fault, self._pages)
        return failed(Fault.OFFLINE, self._pages) if self._is_stuck(state) else None

    def _fresh_faults(self) -> frozenset[Fault]:
        faults = self._faults()
        return faults - self._old if time.monotonic() < self._moved_at + OLD_S else faults

    def _count(self, job: Answer) -> None:
        pages = max(job.number("job-impressions-completed"), job.number("job-media-sheets-completed"))
        if pages > self._pages:
            self._pages, self._moved_at = pages, time.monotonic()

    def _ended(self, job: Answer, state: int) -> PrintOutcome:
        if state != COMPLETED:
            return failed(worst(self._faults()) or Fault.HARDWARE, self._pages)
        if "job-completed-with-errors" in job.words("job-state-reasons"):
            return PrintOutcome(Outcome.SENT, pages=self._pages)
        return PrintOutcome(Outcome.OUT, pages=max(1, self._pages))

    def _is_stuck(self, state: int) -> bool:
        """Somebody held the job, or stopped it, and the printer gives no reason."""
        if state not in (HELD, PROCESSING_STOPPED):
            self._stuck_since = None
            return False
        self._stuck_since = self._stuck_since or time.monotonic()
        return time.monotonic() > self._stuck_since + STUCK_S
