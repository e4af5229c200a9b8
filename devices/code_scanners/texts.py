"""From the bytes a scanner sends to the text of a code; what is no code is refused whole.

A QR code holds at most 2,953 bytes (ISO/IEC 18004, version 40-L). Chinese codes are written in UTF-8 or GB18030. Which
symbology was read is told by an AIM prefix of three characters, such as `]Q1` (ISO/IEC 15424), where the scanner is set so.
"""

import logging
import re
import unicodedata
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.journal import Shown
from kiosk.ports.code_scanner import Code

log = logging.getLogger(__name__)

LONGEST = 2953
"""Bytes of the largest QR code."""
SHORTEST = 3
"""Characters; fewer are what a plug sends when it goes in."""
QUEUED = 8
"""Codes that wait to be asked for."""
SEPARATORS = frozenset("\t\r\n\x1d\x1e")
"""Control characters that codes do contain: lines of a visiting card, and group separators (ISO/IEC 15434)."""
NOT_TEXT = frozenset({"Cc", "Cn", "Co", "Cs"})
AIM = re.compile(rb"\][A-Za-z][0-9A-Za-z]")
ENCODINGS = ("utf-8", "gb18030")


class NoCode(ValueError):
    """What was sent is no code. The text says why, and nothing of what was sent."""


@dataclass(frozen=True)
class Marks:
    """What the scanner puts before each code: a fixed `prefix`, an AIM identifier (`aim`)."""

    prefix: bytes = b""
    aim: bool = False

    @property
    def longest(self) -> int:
        """Bytes of the longest code with its marks."""
        return LONGEST + len(self.prefix) + (3 if self.aim else 0)

    def removed(self, frame: bytes) -> bytes:
        """The code alone. Raises NoCode where a mark is missing: the beginning was lost."""
        if not frame.startswith(self.prefix):
            raise NoCode("its prefix is missing")
        frame = frame[len(self.prefix) :]
        if self.aim and not AIM.match(frame):
            raise NoCode("its AIM identifier is missing")
        return frame[3:] if self.aim else frame


def code_of(frame: bytes, marks: Marks = Marks()) -> Code:
    """The code in a frame, line end removed. Raises NoCode for what is oversize, too short, or no text."""
    content = marks.removed(frame)
    if len(content) > LONGEST:
        raise NoCode("it is longer than any code")
    text = _decoded(content)
    if len(text) < SHORTEST:
        raise NoCode("it is shorter than any code")
    if any(unicodedata.category(char) in NOT_TEXT and char not in SEPARATORS for char in text):
        raise NoCode("it holds control characters")
    return Code(text)


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NoCode("it is text in no known encoding")


class Inbox:
    """Codes that were read and not asked for yet. Refusals are logged once in a row, without their content."""

    def __init__(self, device: str, marks: Marks = Marks()) -> None:
        self.marks = marks
        self._device = device
        self._codes: deque[Code] = deque(maxlen=QUEUED)
        self._refusing = False

    def put(self, frames: Iterable[bytes]) -> bool:
        """Keep the codes of frames that came in one breath; one that is no code makes all of them noise."""
        try:
            codes = [code_of(frame, self.marks) for frame in frames]
        except NoCode as reason:
            self.refuse(str(reason))
            return False
        self._codes.extend(codes)
        self._refusing = False
        return True

    def refuse(self, why: str) -> None:
        """What came is no code."""
        if not self._refusing:
            log.warning("what the code scanner at %s sent is no code: %s", Shown(self._device), Shown(why))
        self._refusing = True

    def take(self) -> Code | None:
        """The oldest code, if any."""
        return self._codes.popleft() if self._codes else None

    def clear(self) -> None:
        """Forget them."""
        self._codes.clear()
