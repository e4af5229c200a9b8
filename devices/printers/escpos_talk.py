"""Questions to an ESC/POS printer, and what it answers: faults, signs that a job is out, whether a slip lies there.

A sign is asked for at several places of a job, in its stream of bytes: a printer that lost power on the way lost some of
the questions with the picture, and answers fewer than were asked.
"""

import time
from collections import deque
from collections.abc import Callable
from typing import TypeVar

from devices.printers import escpos_bytes as esc
from devices.printers.escpos_options import EscposOptions
from devices.transports.faults import NotTaking, another_answers, silent
from devices.transports.line import Line, read_some
from kiosk.errors import DeviceUnavailable, Fault

ANSWER_S = 0.3
Answer = TypeVar("Answer", int, bytes)
PIECE = 512


class Talk:
    """An open line to a printer. Raises DeviceUnavailable from everything that asks or sends."""

    def __init__(self, line: Line, options: EscposOptions) -> None:
        self.line, self._options = line, options
        self._answers = esc.Answers()
        self._numbers: list[int] = []
        """The signs that were asked for in this job."""
        self._last = 0

    def close(self) -> None:
        """Let go of the line."""
        self.line.close()

    def begin_job(self) -> None:
        """Forget what was answered before."""
        self.line.drain()
        self._answers = esc.Answers()
        self._numbers = []

    def send(self, data: bytes) -> None:
        """Bytes of a job. Raises NotTaking when it stops taking them."""
        self.line.write(data, self._options.stall_s)

    def ask_for_sign(self) -> None:
        """Ask, in the stream, to be told when everything before this was printed."""
        self._last += 1
        self._numbers.append(self._last % 10_000)
        questions = {"paper": esc.ASK_PAPER, "process": esc.ask_process(self._last), "none": b""}
        self.send(questions[self._options.confirm])

    def signed(self, timeout_s: float) -> bool:
        """Whether all signs came. A paper byte that says that the paper ended is none, and amid noise there is none."""
        if not self._options.confirms:
            return False
        self._hear(timeout_s, self._all_signs)
        return self._all_signs() and not self._answers.strange

    def _all_signs(self) -> bool:
        if self._options.confirm == "process":
            return all(f"{number:04d}".encode() in self._answers.echoes for number in self._numbers)
        return sum(not byte & 0x0C for byte in self._answers.papers) >= len(self._numbers)

    def faults(self) -> frozenset[Fault]:
        """What the real-time questions report. Raises DeviceUnavailable when it does not answer them."""
        if not self._options.answers:
            self.line.drain()
            return self.line.reported() & {Fault.PAPER_OUT}
        found = esc.faults_of({kind: self._status(kind) for kind in esc.STATUS_BITS})
        return found | esc.full_faults(self._full()) if self._options.tells_taken else found

    def slip_lies(self) -> bool:
        """Whether a slip lies in the outlet."""
        return bool(self._full()[0] & esc.SLIP_LIES)

    def _status(self, kind: int) -> int:
        return self._asked(kind, self._answers.statuses)

    def _full(self) -> bytes:
        return self._asked(esc.FULL_STATUS, self._answers.full)

    def _asked(self, kind: int, answers: deque[Answer]) -> Answer:
        """One answer to a real-time question; asked twice, because some printers miss one while they feed, and because
        an answer that came amid other bytes may be none."""
        strange = 0
        for _ in range(2):
            strange = self._ask_once(kind, answers)
            if answers and not strange:
                return answers.popleft()
            if strange:
                self.line.drain()
        raise self._no_answer(strange)

    def _ask_once(self, kind: int, answers: deque[Answer]) -> int:
        """Ask and hear; how many bytes came that are no answer."""
        before = self._answers.strange
        answers.clear()
        self.line.write(esc.ask_status(kind), ANSWER_S)
        self._hear(ANSWER_S, lambda: bool(answers) or self._answers.strange > before + PIECE)
        return self._answers.strange - before

    def _hear(self, timeout_s: float, enough: Callable[[], bool]) -> None:
        end = time.monotonic() + timeout_s
        while not enough() and (left := end - time.monotonic()) > 0:
            self._answers.feed(read_some(self.line, PIECE, left))

    def _no_answer(self, strange: int) -> DeviceUnavailable:
        where = f"on {self._options.url}"
        return another_answers("ESC/POS printer", where) if strange else silent("ticket printer", where)

    def why_stuck(self) -> frozenset[Fault]:
        """Why it takes no data, as far as it, or the cable, still says; NO_ANSWER where neither does."""
        if known := self.line.reported():
            return known
        try:
            return self.faults() or frozenset({Fault.NO_ANSWER})
        except NotTaking:
            return frozenset({Fault.NO_ANSWER})
        except DeviceUnavailable as error:
            return frozenset({error.fault})
