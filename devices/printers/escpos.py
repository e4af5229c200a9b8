"""Ticket printers that speak ESC/POS, over a serial line, TCP 9100 or the kernel's USB printer device.

A slip is sent as one picture: Chinese looks the same on every printer, rare names included. What is said about a print
is what the printer confirmed: before it, that nothing stands in the way; after it, that everything before the question
was printed, and that nothing happened meanwhile.
"""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from devices.health import status_of, worst
from devices.printers import escpos_bytes as esc
from devices.printers import escpos_text, slip
from devices.transports.faults import NotTaking
from devices.transports.line import Line, open_line
from kiosk import words
from kiosk.errors import DeviceUnavailable, Fault, SettingsError
from kiosk.ports.device import ABSENT, Status
from kiosk.ports.document import Document
from kiosk.ports.printer import Outcome, PrinterCapabilities, PrintOutcome

log = logging.getLogger(__name__)

ANSWER_S = 0.3
SLOWEST_MM_S = 50.0
"""No printer in service is slower: how long a slip may take to come out."""
MARGIN_S = 3.0
CHUNK = 2048
STRAY = 2
"""So many bytes beside an answer may come from a plug that was just put in."""
JOBS_KEPT = 256
DOTS_PER_MM = 8


class EscposPrinter:
    """Prints slips."""

    @dataclass(frozen=True)
    class Options:
        """`url`: serial URL, socket://host:9100 or /dev/usb/lp0. `width_dots`: 384 (58 mm roll) or 576 (80 mm).

        `encoding`: "raster", or "gb18030" for serial lines too slow for pictures. `answers`: whether it can be asked at all.
        `confirm`: how it says that a job is out: "paper" (GS r), "process" (GS ( H), "none". `clear`: knows DLE DC4 8.
        `stall_s`: how long it may take no data before the job has failed.
        """

        url: str
        width_dots: int = 576
        baud: int = 115200
        encoding: Literal["raster", "gb18030"] = "raster"
        cut: Literal["partial", "full", "none"] = "partial"
        feed_lines: int = 5
        answers: bool = True
        confirm: Literal["paper", "process", "none"] = "paper"
        clear: bool = True
        stall_s: float = 3.0

        def __post_init__(self) -> None:
            if self.width_dots % 8 or not 200 <= self.width_dots <= 1280:
                raise SettingsError(
                    f"width_dots is {self.width_dots}; it must be a multiple of 8 from 200 to 1280, such as 576."
                )

    def __init__(self, options: Options) -> None:
        self.options = options
        self._line: Line | None = None
        self._answers = esc.Answers()
        self._done: OrderedDict[str, PrintOutcome] = OrderedDict()
        self._jobs = 0
        self._unsure = False
        """Whether the printer, or the way to it, may hold bytes of a job that is over."""
        self._begun = False
        """Whether part of that job may be on the paper already."""

    @property
    def capabilities(self) -> PrinterCapabilities:
        """A printer without a sensor at the outlet: it cannot tell when the slip is taken."""
        confirms = self.options.answers and self.options.confirm != "none"
        return PrinterCapabilities(self.options.width_dots / DOTS_PER_MM, confirms, can_tell_taken=False)

    def open(self) -> None:
        """Connect, see that a printer answers, drop what an earlier run left in it. Raises DeviceUnavailable."""
        if self._line:
            return
        self._line = open_line(self.options.url, self.options.baud)
        try:
            self._greet()
        except DeviceUnavailable:
            self.close()
            raise
        slip.warm_up(self.options.width_dots, "zh_CN")

    def close(self) -> None:
        """Disconnect."""
        if self._line:
            self._line.close()
        self._line = None

    def status(self) -> Status:
        """Ask the printer; one that went away is closed, so that it can be opened again."""
        if not self._line:
            return ABSENT
        try:
            if self._unsure:
                self._forget()
            return status_of(self._faults())
        except DeviceUnavailable as error:
            self.close()
            return status_of((error.fault,))

    def print(self, job_id: str, document: Document) -> PrintOutcome:
        """Print once; the same `job_id` again prints nothing and answers as before. Raises DeviceUnavailable if closed."""
        if job_id in self._done:
            return self._done[job_id]
        if not self._line:
            raise DeviceUnavailable(f"The ticket printer on {self.options.url} is not open.", Fault.UNPLUGGED)
        job = b"".join(self._job(document))
        self._remember(job_id, PrintOutcome(Outcome.FAILED, Fault.HARDWARE))
        self._remember(job_id, self._attempt(job))
        return self._done[job_id]

    def await_taken(self, timeout_s: float) -> bool | None:
        """This model cannot tell."""
        return None

    def discard(self) -> None:
        """Drop what is on the way to the printer, and what it received and did not print. Where that fails it is done
        when the printer is there again, before anything else."""
        if not self._line or not self._unsure:
            return
        try:
            self._forget()
        except DeviceUnavailable as error:
            log.warning("the ticket printer's buffer could not be cleared yet: %s", error.fault)

    # --- a job ---------------------------------------------------------------------------------------------

    def _job(self, document: Document) -> Iterator[bytes]:
        yield esc.INIT
        if self.options.encoding == "raster" or words.load(document.language).rtl:
            yield from esc.raster(slip.render(document, self.options.width_dots))
        else:
            yield from escpos_text.lines(document, self.options.width_dots)
        yield self._end_of_slip()

    def _attempt(self, job: bytes) -> PrintOutcome:
        """Send and confirm; a failed job leaves nothing in the printer that could come out later."""
        try:
            outcome = self._sent_and_confirmed(job)
        except NotTaking:
            outcome = PrintOutcome(Outcome.FAILED, self._why_stuck())
        except DeviceUnavailable as error:
            self.close()
            return PrintOutcome(Outcome.FAILED, error.fault)
        if outcome.outcome is Outcome.OUT:
            self._unsure = self._begun = False
        if outcome.outcome is Outcome.FAILED:
            self.discard()
        return outcome

    def _sent_and_confirmed(self, job: bytes) -> PrintOutcome:
        if self._unsure:
            self._forget()
        if self.options.answers and (fault := worst(self._faults())):
            return PrintOutcome(Outcome.FAILED, fault)
        self._unsure = self._begun = True
        self._send(job)
        return self._confirmed(len(job)) if self.options.answers else PrintOutcome(Outcome.SENT)

    def _send(self, job: bytes) -> None:
        for at in range(0, len(job), CHUNK):
            self._open_line.write(job[at : at + CHUNK], self.options.stall_s)

    def _confirmed(self, size: int) -> PrintOutcome:
        """Ask for a sign at the end of the job, look for trouble until it comes."""
        self._ask_for_sign()
        end = time.monotonic() + self._longest_s(size)
        while not (signed := self._sign_came(ANSWER_S)) and time.monotonic() < end:
            if fault := worst(self._faults()):
                return PrintOutcome(Outcome.FAILED, fault)
        fault = worst(self._faults())
        if fault:
            return PrintOutcome(Outcome.FAILED, fault)
        return PrintOutcome(Outcome.OUT if signed else Outcome.SENT)

    def _longest_s(self, size: int) -> float:
        """From the job's size as if it were all picture; nothing to wait for where no sign will come."""
        if self.options.confirm == "none":
            return 0.0
        return size / (self.options.width_dots / 8) / DOTS_PER_MM / SLOWEST_MM_S + MARGIN_S

    def _ask_for_sign(self) -> None:
        self._answers = esc.Answers()
        self._jobs += 1
        question = {"paper": esc.ASK_PAPER, "process": esc.ask_process(self._jobs), "none": b""}[self.options.confirm]
        self._open_line.write(question, self.options.stall_s)

    def _sign_came(self, timeout_s: float) -> bool:
        if self.options.confirm == "none":
            return False
        self._hear(timeout_s, self._signed)
        return self._signed()

    def _signed(self) -> bool:
        """The echo of this job's number, or a paper byte that does not say that the paper ended."""
        if self.options.confirm == "process":
            return f"{self._jobs % 10000:04d}".encode() in self._answers.echoes
        return any(not byte & 0x0C for byte in self._answers.papers)

    def _why_stuck(self) -> Fault:
        """Why it takes no data, where it still answers; NO_ANSWER where it does not."""
        try:
            return worst(self._faults()) or Fault.NO_ANSWER
        except DeviceUnavailable as error:
            return error.fault

    def _remember(self, job_id: str, outcome: PrintOutcome) -> None:
        self._done[job_id] = outcome
        while len(self._done) > JOBS_KEPT:
            self._done.popitem(last=False)

    # --- questions -----------------------------------------------------------------------------------------

    @property
    def _open_line(self) -> Line:
        if not self._line:
            raise DeviceUnavailable(f"The ticket printer on {self.options.url} is not open.", Fault.UNPLUGGED)
        return self._line

    def _greet(self) -> None:
        self._answers = esc.Answers()
        self._open_line.drain()
        self._faults()
        self._unsure = True
        self.discard()

    def _forget(self) -> None:
        """Clear the way and the printer; cut off what was printed of a job that failed, so that it does not hang on the
        next person's slip."""
        self._open_line.abandon()
        clear = esc.CLEAR_BUFFER if self.options.clear else b""
        cut = self._end_of_slip() if self._begun else b""
        self._open_line.write(clear, ANSWER_S)
        self._open_line.write(esc.INIT + cut, ANSWER_S)
        self._unsure = False
        # A stopped printer only keeps the cut, and the next greeting drops it: it is owed until it could be made.
        self._begun = self._begun and bool(worst(self._faults()))

    def _end_of_slip(self) -> bytes:
        return esc.feed(self.options.feed_lines) + esc.CUT[self.options.cut]

    def _faults(self) -> frozenset[Fault]:
        """What the four real-time questions report. Raises DeviceUnavailable when it does not answer them."""
        if not self.options.answers:
            self._open_line.drain()
            return frozenset()
        return esc.faults_of({kind: self._asked(kind) for kind in esc.STATUS_BITS})

    def _asked(self, kind: int) -> int:
        """One status byte; asked twice, because some printers miss a question while they feed."""
        for _ in range(2):
            self._answers.statuses.clear()
            before = self._answers.strange
            self._open_line.write(esc.ask_status(kind), ANSWER_S)
            self._hear(ANSWER_S, lambda: bool(self._answers.statuses))
            # An answer amid noise is none.
            if self._answers.statuses and self._answers.strange <= before + STRAY:
                return self._answers.statuses.popleft()
        raise self._no_answer()

    def _hear(self, timeout_s: float, enough: Callable[[], bool]) -> None:
        end = time.monotonic() + timeout_s
        while not enough() and (left := end - time.monotonic()) > 0:
            self._answers.feed(self._open_line.read(1, left))

    def _no_answer(self) -> DeviceUnavailable:
        if self._answers.strange:
            reason = f"What answers on {self.options.url} is no ESC/POS printer. Check address and baud rate in the settings."
            return DeviceUnavailable(reason, Fault.WRONG_DEVICE)
        reason = f"The ticket printer on {self.options.url} does not answer. Check its power and cable."
        return DeviceUnavailable(reason, Fault.NO_ANSWER)
