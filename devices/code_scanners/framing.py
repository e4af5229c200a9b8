"""Where a code ends on a serial line: at a line end, or where the scanner falls silent.

What comes without a pause belongs together: as soon as one piece of it cannot be a code, all of it is refused, until the
line is quiet again. So noise in which a line end happens to stand never becomes a short code. For the same reason a code
is given out only when nothing followed it for `AFTER_END_S`.
"""

from typing import Literal, TypeAlias

from devices.code_scanners.texts import Inbox

AFTER_END_S = 0.03
"""Quiet after a line end that makes a code whole; a USB converter holds bytes back for 16 ms."""
SILENCE_S = 0.08
"""Quiet that ends a code of a scanner that sends no line end."""
REST_S = 0.5
"""How long the rest of a code may be held up where a line end is sure to come."""
FORGET_S = 2.0
"""Quiet after which what follows is no longer the rest of what was refused."""
PIECES = 8
"""Codes without a pause between them; more is noise."""
ENDS = b"\r\n"

Suffix: TypeAlias = Literal["auto", "line", "none"]
"""line: every code ends in CR, LF or both. none: it ends in silence. auto: silence, until a code came with a line end."""


class Framer:
    """Bytes as they come, cut anywhere, become codes in the inbox. Times are monotonic seconds."""

    def __init__(self, inbox: Inbox, suffix: Suffix = "auto") -> None:
        self._inbox, self._suffix = inbox, suffix
        self._longest = inbox.marks.longest
        self._ends_in_line = suffix == "line"
        self._part = bytearray()
        self._pieces: list[bytes] = []
        self._last_at = float("-inf")
        self._last_byte = -1
        self._deaf = False

    def feed(self, data: bytes, at: float) -> None:
        """Take what a read gave. Only a read that gave nothing proves that the line was quiet: a thread that comes late
        finds the bytes of a whole second at once, and must not take its own absence for the end of a code."""
        if not data:
            self.settle(at)
            return
        self._last_at, self._last_byte = at, data[-1]
        if not self._deaf:
            self._cut(data)

    def settle(self, at: float) -> None:
        """Nothing has come up to now: close what that quiet has ended."""
        if at - self._last_at < self._wait_s:
            return
        if self._deaf:
            self._deaf = False
        elif self._part or self._pieces:
            self._end()

    def due(self) -> float | None:
        """When `settle` will have something if nothing more comes; None while nothing is under way."""
        return self._last_at + self._wait_s if self._part or self._pieces or self._deaf else None

    def deafen(self, at: float) -> None:
        """Forget what has come; when something is under way, its rest too."""
        self._deaf = self._deaf or at - self._last_at < self._wait_s
        self._forget()

    @property
    def _wait_s(self) -> float:
        """The quiet that settles what is under way."""
        if self._deaf:
            return SILENCE_S if self._suffix == "none" or self._last_byte in ENDS else FORGET_S
        if not self._part:
            return AFTER_END_S
        return REST_S if self._ends_in_line or self._pieces else SILENCE_S

    def _cut(self, data: bytes) -> None:
        if self._suffix == "none":
            self._part += data
        else:
            self._cut_at_ends(data)
        if len(self._part) > self._longest + len(ENDS) or len(self._pieces) > PIECES:
            self._refuse("it is longer than any code")

    def _cut_at_ends(self, data: bytes) -> None:
        *ended, rest = data.replace(b"\r", b"\n").split(b"\n")
        for piece in ended:
            if self._part or piece:
                self._pieces.append(bytes(self._part) + piece)
            self._part.clear()
        self._part += rest

    def _end(self) -> None:
        if self._part and (self._ends_in_line or self._pieces):
            self._refuse("its end is missing")
            return
        line_ended, frames = bool(self._pieces), self._pieces or [bytes(self._part).rstrip(ENDS)]
        self._pieces = []
        self._forget()
        if self._inbox.put(frames) and line_ended:
            self._ends_in_line = True

    def _refuse(self, why: str) -> None:
        self._inbox.refuse(why)
        self._deaf = True
        self._forget()

    def _forget(self) -> None:
        self._part.clear()
        self._pieces.clear()
