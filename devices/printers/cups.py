"""A4 printers through a CUPS queue: `lp` hands the pages over, IPP says what became of them.

A job that did not come out is cancelled and purged before anything else happens, so that it cannot be printed after a
refill, in front of the next person.
"""

import getpass
import logging
import os
import re
import subprocess
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from devices.health import status_of, worst
from devices.printers.ipp import Answer, Ipp
from devices.printers.pdf import pdf
from kiosk.errors import DeviceUnavailable, Fault, SettingsError
from kiosk.ports.device import ABSENT, Health, Status
from kiosk.ports.document import Document
from kiosk.ports.printer import Outcome, PrinterCapabilities, PrintOutcome

log = logging.getLogger(__name__)

POLL_S = 0.1
HAND_OVER_S = 10.0
JOBS_KEPT = 256
STOPPED = 5
"""printer-state: 3 idle, 4 processing, 5 stopped."""
PROCESSING = 4
OVER = {7, 8, 9}
"""job-state: 7 cancelled, 8 aborted, 9 completed."""
COMPLETED = 9
STEMS: tuple[tuple[str, Fault], ...] = (
    ("media-jam", Fault.PAPER_JAM),
    ("media-empty", Fault.PAPER_OUT),
    ("media-needed", Fault.PAPER_OUT),
    ("media-low", Fault.PAPER_LOW),
    ("input-tray-missing", Fault.PAPER_OUT),
    ("output-area-full", Fault.PAPER_JAM),
    ("output-tray-missing", Fault.COVER_OPEN),
    ("cover-open", Fault.COVER_OPEN),
    ("door-open", Fault.COVER_OPEN),
    ("interlock-open", Fault.COVER_OPEN),
    ("toner-low", Fault.TONER_LOW),
    ("toner-empty", Fault.TONER_OUT),
    ("marker-supply-low", Fault.TONER_LOW),
    ("marker-supply-empty", Fault.TONER_OUT),
    ("marker-waste-full", Fault.TONER_OUT),
    ("developer-empty", Fault.TONER_OUT),
    ("fuser", Fault.HARDWARE),
    ("opc-life-over", Fault.HARDWARE),
    ("offline", Fault.OFFLINE),
    ("connecting-to-device", Fault.UNPLUGGED),
    ("timed-out", Fault.NO_ANSWER),
    ("shutdown", Fault.OFFLINE),
)
"""Beginnings of printer-state-reasons (RFC 8011 5.4.12, PWG 5100.9); `-report` is no trouble, unknown ones stay out."""


class CupsPrinter:
    """Prints A4 pages."""

    @dataclass(frozen=True)
    class Options:
        """`queue` on the CUPS server `server` (host:port, loopback); `timeout_s`: how long a job may take."""

        queue: str
        server: str = "localhost:631"
        timeout_s: float = 120.0
        media: str = "iso_a4_210x297mm"

        def __post_init__(self) -> None:
            if not re.fullmatch(r"[A-Za-z0-9_.-]+", self.queue):
                raise SettingsError("queue must be the name of a CUPS queue: letters, digits, '_', '.', '-'.")

    def __init__(self, options: Options) -> None:
        self.options = options
        self._ipp = Ipp(options.server, options.queue)
        self._user = getpass.getuser()
        self._is_open = False
        self._done: OrderedDict[str, PrintOutcome] = OrderedDict()
        self._jobs: set[int] = set()

    @property
    def capabilities(self) -> PrinterCapabilities:
        """A4; the queue says when a job is complete, no sensor says when it was taken."""
        return PrinterCapabilities(width_mm=210.0, can_confirm=True, can_tell_taken=False)

    def open(self) -> None:
        """See that the queue is there. Raises DeviceUnavailable."""
        if not self._ipp.printer().ok:
            reason = f"There is no print queue {self.options.queue!r} at {self.options.server}. See 'lpstat -p'."
            raise DeviceUnavailable(reason, Fault.WRONG_DEVICE)
        self._is_open = True

    def close(self) -> None:
        """Nothing is held open."""
        self._is_open = False

    def status(self) -> Status:
        """The queue's state, with the printer's own reasons."""
        if not self._is_open:
            return ABSENT
        try:
            answer = self._ipp.printer()
        except DeviceUnavailable as error:
            self._is_open = False
            return status_of((error.fault,))
        found = status_of(_faults(answer))
        busy = found.health is Health.READY and answer.number("printer-state") == PROCESSING
        return Status(Health.BUSY) if busy else found

    def print(self, job_id: str, document: Document) -> PrintOutcome:
        """Print once; the same `job_id` again prints nothing and answers as before. Raises DeviceUnavailable if closed."""
        if job_id in self._done:
            return self._done[job_id]
        if not self._is_open:
            raise DeviceUnavailable(f"The print queue {self.options.queue} is not open.", Fault.UNPLUGGED)
        self._remember(job_id, PrintOutcome(Outcome.FAILED, Fault.HARDWARE))
        self._remember(job_id, self._attempt(document))
        return self._done[job_id]

    def await_taken(self, timeout_s: float) -> bool | None:
        """A page printer cannot tell."""
        return None

    def discard(self) -> None:
        """Cancel and purge every job of ours that may still be in the queue."""
        for number in sorted(self._jobs):
            try:
                self._ipp.cancel(number, self._user)
                self._jobs.discard(number)
            except DeviceUnavailable:
                log.warning("job %d could not be cancelled yet: the print service does not answer", number)
                return

    # --- a job ---------------------------------------------------------------------------------------------

    def _attempt(self, document: Document) -> PrintOutcome:
        try:
            if fault := worst(_faults(self._ipp.printer())):
                return PrintOutcome(Outcome.FAILED, fault)
            number = self._hand_over(pdf(document))
            return self._followed(number)
        except DeviceUnavailable as error:
            return PrintOutcome(Outcome.FAILED, error.fault)
        finally:
            self.discard()

    def _hand_over(self, pages: bytes) -> int:
        """Give the pages to `lp` through a pipe, so that they are in no file of ours; the job's number."""
        command = (
            "lp",
            "-h",
            self.options.server,
            "-d",
            self.options.queue,
            "-t",
            "kiosk",
            "-o",
            f"media={self.options.media}",
            "-",
        )
        environment = {**os.environ, "LC_ALL": "C"}
        try:
            done = subprocess.run(
                command, input=pages, capture_output=True, timeout=HAND_OVER_S, check=True, env=environment
            )
        except FileNotFoundError as error:
            raise DeviceUnavailable(
                "The command lp is missing. Install the Debian package cups-client.", Fault.WRONG_DEVICE
            ) from error
        except subprocess.SubprocessError as error:
            reason = f"The print queue {self.options.queue} did not take the pages."
            raise DeviceUnavailable(reason, Fault.OFFLINE) from error
        number = re.search(rb"-(\d+) \(", done.stdout)
        if not number:
            raise DeviceUnavailable("The command lp did not say the job's number.", Fault.WRONG_DEVICE)
        self._jobs.add(int(number[1]))
        return int(number[1])

    def _followed(self, number: int) -> PrintOutcome:
        """Watch the job to its end; trouble of the printer or too long a time ends it."""
        end = time.monotonic() + self.options.timeout_s
        while time.monotonic() < end:
            state = self._ipp.job(number).number("job-state")
            if state in OVER:
                return self._ended(number, state)
            faults = _faults(self._ipp.printer())
            if fault := worst(faults):
                return PrintOutcome(Outcome.FAILED, fault)
            time.sleep(POLL_S)
        return PrintOutcome(Outcome.FAILED, Fault.NO_ANSWER)

    def _ended(self, number: int, state: int) -> PrintOutcome:
        if state == COMPLETED:
            self._jobs.discard(number)
            return PrintOutcome(Outcome.OUT)
        return PrintOutcome(Outcome.FAILED, worst(_faults(self._ipp.printer())) or Fault.HARDWARE)

    def _remember(self, job_id: str, outcome: PrintOutcome) -> None:
        self._done[job_id] = outcome
        while len(self._done) > JOBS_KEPT:
            self._done.popitem(last=False)


def _faults(answer: Answer) -> frozenset[Fault]:
    """What the queue reports; a stopped or refusing queue that does not say why is offline."""
    if not answer.ok:
        return frozenset({Fault.WRONG_DEVICE})
    found = set(_by_stem(answer.words("printer-state-reasons")))
    refuses = answer.attributes.get("printer-is-accepting-jobs") == (False,)
    if not worst(found) and (answer.number("printer-state") == STOPPED or refuses):
        found.add(Fault.OFFLINE)
    return frozenset(found)


def _by_stem(reasons: Iterable[str]) -> Iterable[Fault]:
    serious = [reason for reason in reasons if not reason.endswith("-report")]
    return (fault for stem, fault in STEMS for reason in serious if reason.startswith(stem))
