"""Framing of the SDT protocol between host and security module (GA/T 467-2019 chapter 7): pure, no I/O.

    host -> reader   AA AA AA 96 69 | Len | CMD PARA          | data | CHK
    reader -> host   AA AA AA 96 69 | Len | SW1 SW2 SW3       | data | CHK

Len counts the bytes after itself, big-endian; CHK is the exclusive-or of everything between preamble and itself.
"""

from collections import deque
from dataclasses import dataclass
from functools import reduce
from operator import xor

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
HEADER = len(PREAMBLE) + 2
SHORTEST = 3
"""CMD PARA CHK."""
LONGEST = 4096
"""The longest reply of the protocol is 2,314 bytes; a longer Len is noise that looked like a preamble."""


@dataclass(frozen=True, repr=False)
class Body:
    """What a sound frame carries, without Len and CHK."""

    data: bytes


@dataclass(frozen=True)
class Damage:
    """A frame that cannot be believed, and why."""

    reason: str


@dataclass(frozen=True, repr=False)
class Reply:
    """A reader's answer: status SW3, the card's own SW1 SW2 where it relayed them, and data."""

    sw3: int
    data: bytes = b""
    sw1: int = 0
    sw2: int = 0

    @classmethod
    def of(cls, body: bytes) -> "Reply | Damage":
        """Read a body of at least three bytes."""
        return cls(body[2], body[3:], body[0], body[1]) if len(body) >= 3 else Damage("too short for a reply")


def checksum(data: bytes) -> int:
    """The exclusive-or of all bytes."""
    return reduce(xor, data, 0)


def frame(body: bytes) -> bytes:
    """Preamble, length, body and checksum."""
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return PREAMBLE + counted + bytes((checksum(counted),))


def request(cmd: int, para: int, data: bytes = b"") -> bytes:
    """A host's frame."""
    return frame(bytes((cmd, para)) + data)


def reply(sw3: int, data: bytes = b"", sw1: int = 0, sw2: int = 0) -> bytes:
    """A reader's frame."""
    return frame(bytes((sw1, sw2, sw3)) + data)


class Decoder:
    """Finds frames in a stream of bytes that may hold noise, broken frames and frames inside broken frames.

    Never raises; keeps at most one frame's worth of bytes.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._found: deque[Body | Damage] = deque()
        self.noise = 0
        """How many bytes belonged to no frame."""

    def feed(self, data: bytes) -> None:
        """Add bytes as they came."""
        self._buffer += data
        while self._step():
            pass

    def take(self) -> Body | Damage | None:
        """The next frame, or None until more bytes are fed."""
        return self._found.popleft() if self._found else None

    def reset(self) -> None:
        """Forget everything."""
        self._buffer.clear()
        self._found.clear()
        self.noise = 0

    @property
    def missing(self) -> int:
        """How many bytes can be waited for without waiting longer than the frame lasts (at least 1)."""
        if len(self._buffer) < HEADER:
            return HEADER - len(self._buffer)
        return HEADER + self._length() - len(self._buffer)

    @property
    def started(self) -> bool:
        """Whether a frame's length is known and its rest is awaited."""
        return len(self._buffer) >= HEADER

    def _length(self) -> int:
        return int.from_bytes(self._buffer[len(PREAMBLE) : HEADER], "big")

    def _step(self) -> bool:
        """Do what can be done with the buffer; False when more bytes are needed."""
        self._drop_noise()
        if len(self._buffer) < HEADER:
            return False
        if not SHORTEST <= self._length() <= LONGEST:
            return self._damaged("impossible length")
        if len(self._buffer) < HEADER + self._length():
            return False
        return self._judge()

    def _judge(self) -> bool:
        end = HEADER + self._length()
        counted = bytes(self._buffer[len(PREAMBLE) : end])
        if checksum(counted) != 0:
            return self._damaged("wrong checksum")
        self._found.append(Body(counted[2:-1]))
        del self._buffer[:end]
        return True

    def _damaged(self, reason: str) -> bool:
        """Skip this preamble only: a sound frame may begin inside what looked like this one."""
        self._found.append(Damage(reason))
        del self._buffer[:1]
        return True

    def _drop_noise(self) -> None:
        at = self._buffer.find(PREAMBLE)
        if at < 0:
            at = len(self._buffer) - self._tail()
        self.noise += at
        del self._buffer[:at]

    def _tail(self) -> int:
        """How many bytes at the end may be the beginning of a preamble."""
        longest = min(len(PREAMBLE) - 1, len(self._buffer))
        return next((n for n in range(longest, 0, -1) if self._buffer.endswith(PREAMBLE[:n])), 0)
