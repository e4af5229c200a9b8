"""Ticket printers that speak ESC/POS, over a serial line, TCP 9100 or the kernel's USB printer device.

A slip is sent as one picture: Chinese looks the same on every printer, rare names included. What is said about a print
is what the printer confirmed: before it, that nothing stands in the way; after it, that every part of it was printed,
and that nothing happened meanwhile.
"""

import logging
import time
from collections import OrderedDict
from collections.abc import Iterator

from devices.connected import Connected
from devices.health import worst
from devices.printers import escpos_bytes as esc
from devices.printers import escpos_text, slip
from devices.printers.escpos_options import EscposOptions
from devices.printers.escpos_talk import ANSWER_S, Talk
from devices.transports.faults import NotTaking
from devices.transports.line import open_line
from kiosk import words
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.document import Document, ready_pages
from kiosk.ports.printer import Outcome, PrinterCapabilities, PrintOutcome, failed

log = logging.getLogger(__name__)

SLOWEST_MM_S = 50.0
"""No printer in service is slower: how long a slip may take to come out."""
MARGIN_S = 3.0
CHUNK = 2048
SIGN_EVERY = 8192
"""Bytes of a job between two signs, at least; they stand between its commands."""
JOBS_KEPT = 256
DOTS_PER_MM = 8
LOOK_S = 0.05
RETRACT_S = 3.0


class EscposPrinter(Connected[Talk]):
    """Prints slips."""

    Options = EscposOptions

    def __init__(self, options: EscposOptions) -> None:
        super().__init__(f"ticket printer on {options.url}")
        self.options = options
        self._done: OrderedDict[str, PrintOutcome] = OrderedDict()
        self._unsure = False
        """Whether the printer, or the way to it, may hold bytes of a job that is over."""
        self._begun = False
        """Whether part of that job may be on the paper already."""
        self._due_at = 0.0
        """Until then a job that was sent may still be coming out, and is left alone unless something is wrong."""

    @property
    def capabilities(self) -> PrinterCapabilities:
        """As the options say what this model can do."""
        tells = self.options.tells_taken
        return PrinterCapabilities(
            self.options.width_dots / DOTS_PER_MM,
            self.options.confirms,
            tells,
            tells and self.options.left == "retract",
        )

    def _connect(self) -> Talk:
        return Talk(open_line(self.options.url, self.options.baud), self.options)

    def _greet(self, talk: Talk) -> None:
        """What an earlier run left in it is dropped."""
        talk.line.drain()
        self._faults(talk)
        self._doubt(begun=self._begun)
        self._try_to_forget(talk)
        slip.warm_up(self.options.width_dots, "zh_CN")

    def print(self, job_id: str, document: Document) -> PrintOutcome:
        """Print once; the same `job_id` again prints nothing and answers as before. Raises DeviceUnavailable if closed."""
        if job_id in self._done:
            return self._done[job_id]
        talk = self._open_way
        if ready_pages(document) is not None:
            return failed(Fault.WRONG_DEVICE)
        parts = tuple(self._job(document))
        self._remember(job_id, failed(Fault.HARDWARE))
        self._remember(job_id, self._attempt(talk, parts))
        return self._done[job_id]

    def await_taken(self, timeout_s: float) -> bool | None:
        """Wait until nothing lies in the outlet; None: this model cannot tell. Raises DeviceUnavailable."""
        if not self.options.tells_taken:
            return None
        end = time.monotonic() + timeout_s
        while lies := self._open_way.slip_lies():
            if time.monotonic() >= end:
                break
            time.sleep(LOOK_S)
        return not lies

    def retract(self) -> bool:
        """Pull back a slip that nobody took; whether the outlet is free now. Raises DeviceUnavailable."""
        self._open_way.send(esc.RETRACT)
        return self.await_taken(RETRACT_S) is True

    def discard(self, begun: bool = False) -> None:
        """Drop what is on the way to the printer, and what it received and did not print; cut off what it printed of it.
        Where that fails it is done when the printer is there again, before anything else."""
        if begun:
            self._doubt(begun=True)
        if self._way and self._unsure and time.monotonic() >= self._due_at:
            self._try_to_forget(self._way)

    # --- a job ---------------------------------------------------------------------------------------------

    def _job(self, document: Document) -> Iterator[bytes]:
        yield esc.INIT
        if self.options.encoding == "raster" or words.load(document.language).rtl:
            yield from esc.raster(slip.render(document, self.options.width_dots))
        else:
            yield from escpos_text.lines(document, self.options.width_dots)
        yield self._end_of_slip() + esc.present(self.options.present_steps)

    def _attempt(self, talk: Talk, parts: tuple[bytes, ...]) -> PrintOutcome:
        """Send and confirm; a failed job leaves nothing in the printer that could come out later."""
        try:
            outcome = self._sent_and_confirmed(talk, parts)
        except NotTaking:
            outcome = failed(worst(talk.why_stuck()) or Fault.NO_ANSWER)
        except DeviceUnavailable as error:
            self.close()
            return failed(error.fault)
        if outcome.outcome is Outcome.OUT:
            self._unsure = self._begun = False
        if outcome.outcome is Outcome.FAILED:
            self.discard()
        return outcome

    def _sent_and_confirmed(self, talk: Talk, parts: tuple[bytes, ...]) -> PrintOutcome:
        if self._unsure and time.monotonic() >= self._due_at:
            self._forget(talk)
        if fault := worst(talk.faults()):
            return failed(fault)
        self._doubt(begun=True)
        self._send(talk, parts)
        size = sum(map(len, parts))
        if self.options.answers and (fault := self._trouble_until_signed(talk, size)):
            return failed(fault)
        return self._as_signed(talk, size)

    def _send(self, talk: Talk, parts: tuple[bytes, ...]) -> None:
        talk.begin_job()
        unsigned = 0
        for part in parts:
            for at in range(0, len(part), CHUNK):
                talk.send(part[at : at + CHUNK])
            unsigned += len(part)
            if part is parts[-1] or (unsigned >= SIGN_EVERY and self.options.signs == "part"):
                talk.ask_for_sign()
                unsigned = 0

    def _trouble_until_signed(self, talk: Talk, size: int) -> Fault | None:
        """Look for trouble until all signs came, and once more then."""
        end = time.monotonic() + (self._longest_s(size) if self.options.confirms else 0.0)
        while not talk.signed(ANSWER_S) and time.monotonic() < end:
            if fault := worst(talk.faults()):
                return fault
        return worst(talk.faults())

    def _as_signed(self, talk: Talk, size: int) -> PrintOutcome:
        """A printer that gives no signs may be at it for a while; one that should have given them had its time."""
        if talk.signed(0):
            return PrintOutcome(Outcome.OUT)
        if not self.options.confirms:
            self._begun, self._due_at = False, time.monotonic() + self._longest_s(size)
        return PrintOutcome(Outcome.SENT)

    def _longest_s(self, size: int) -> float:
        """How long a job may take to come out, from its size as if it were all picture."""
        return size / (self.options.width_dots / 8) / DOTS_PER_MM / SLOWEST_MM_S + MARGIN_S

    def _remember(self, job_id: str, outcome: PrintOutcome) -> None:
        self._done[job_id] = outcome
        while len(self._done) > JOBS_KEPT:
            self._done.popitem(last=False)

    # --- what an earlier job left --------------------------------------------------------------------------

    def _doubt(self, begun: bool) -> None:
        self._unsure, self._begun, self._due_at = True, begun, 0.0

    def _faults(self, talk: Talk) -> frozenset[Fault]:
        """The printer's faults; what a job left is dropped on the way, so that it never waits for a refill. One that takes
        nothing, and whose cable says why, is no lost printer."""
        try:
            faults = talk.faults()
            owes_cut = self._begun and not self._unsure and not worst(faults)
            if owes_cut or (self._unsure and (worst(faults) or time.monotonic() >= self._due_at)):
                self._forget(talk)
        except NotTaking:
            if not (faults := talk.line.reported()):
                raise
            talk.line.abandon()
        return faults

    def _try_to_forget(self, talk: Talk) -> None:
        try:
            self._forget(talk)
        except DeviceUnavailable as error:
            log.warning("the ticket printer's buffer could not be cleared yet: %s", error.fault)

    def _forget(self, talk: Talk) -> None:
        """Clear the way and the printer; cut off what was printed of a job that failed, so that it does not hang on the
        next person's slip."""
        talk.line.abandon()
        clear = esc.CLEAR_BUFFER if self.options.clear else b""
        cut = self._end_of_slip() if self._begun else b""
        talk.line.write(clear, ANSWER_S)
        talk.line.write(esc.INIT + cut, ANSWER_S)
        self._unsure = False
        # A stopped printer only keeps the cut, and the next greeting drops it: it is owed until it could be made.
        self._begun = self._begun and bool(worst(talk.faults()))

    def _end_of_slip(self) -> bytes:
        return esc.feed(self.options.feed_lines) + esc.CUT[self.options.cut]
