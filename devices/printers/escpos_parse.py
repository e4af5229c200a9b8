"""Cuts a stream of ESC/POS bytes into commands: pure, for the far end of the cable.

Every command the driver may send is known here, and the common ones beside it; anything else is `Unknown`, so that a
test can say that nothing unknown was sent.
"""

from dataclasses import dataclass


@dataclass(frozen=True, repr=False)
class Command:
    """A command by name with its operands, or text bytes (`name` "text"), or "unknown" bytes."""

    name: str
    data: bytes = b""


FIXED: dict[bytes, tuple[str, int]] = {
    b"\x1b@": ("init", 0),
    b"\x1ba": ("align", 1),
    b"\x1bE": ("bold", 1),
    b"\x1bd": ("feed-lines", 1),
    b"\x1bJ": ("feed-dots", 1),
    b"\x1bt": ("code-page", 1),
    b"\x1b!": ("mode", 1),
    b"\x1d!": ("size", 1),
    b"\x1dr": ("ask-paper", 1),
    b"\x1da": ("auto-status", 1),
    b"\x1c&": ("chinese-on", 0),
    b"\x1c.": ("chinese-off", 0),
    b"\x1c!": ("chinese-mode", 1),
    b"\x1cS": ("chinese-space", 2),
    b"\x1cC": ("chinese-code", 1),
    b"\x10\x04": ("ask-status", 1),
}
"""Two bytes -> name and number of operand bytes."""
SINGLE = {0x0A: "line-feed", 0x0D: "return", 0x09: "tab", 0x0C: "form-feed", 0x00: "nothing"}
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
WIDEST, HIGHEST = 256, 4095
"""Bytes across and rows of a picture: nothing larger is one."""
LEADERS = b"\x10\x1b\x1c\x1d"


class Parser:
    """Fed with bytes, gives commands; keeps what is incomplete."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> None:
        """Add bytes as they came."""
        self._buffer += data

    def clear(self) -> None:
        """Forget what waits."""
        self._buffer.clear()

    @property
    def waiting(self) -> int:
        """How many bytes wait."""
        return len(self._buffer)

    def take(self) -> Command | None:
        """The next command, or None until it is complete."""
        if not self._buffer:
            return None
        first = self._buffer[0]
        if first in LEADERS:
            return self._led()
        if first in SINGLE:
            return self._cut(SINGLE[first], 0, 1)
        return self._text()

    def take_clear(self) -> Command | None:
        """The last command to clear the buffer that waits anywhere, with all before it: it is obeyed even in a picture."""
        at = self._buffer.rfind(CLEAR)
        if at < 0:
            return None
        del self._buffer[: at + len(CLEAR)]
        return Command("clear")

    def take_real_time(self) -> list[Command]:
        """The real-time questions that wait anywhere, taken out: a stopped printer still answers them."""
        found = []
        at = self._buffer.find(b"\x10\x04")
        while 0 <= at < len(self._buffer) - 2:
            found.append(Command("ask-status", bytes(self._buffer[at + 2 : at + 3])))
            del self._buffer[at : at + 3]
            at = self._buffer.find(b"\x10\x04")
        return found

    def _cut(self, name: str, start: int, end: int) -> Command | None:
        """Take `end` bytes, of which those from `start` are operands."""
        if len(self._buffer) < end:
            return None
        command = Command(name, bytes(self._buffer[start:end]))
        del self._buffer[:end]
        return command

    def _led(self) -> Command | None:
        head = bytes(self._buffer[:2])
        if len(head) < 2:
            return None
        if head in FIXED:
            name, count = FIXED[head]
            return self._cut(name, 2, 2 + count)
        long = {
            b"\x1dv": self._raster,
            b"\x1d(": self._function,
            b"\x1dV": self._cutter,
            b"\x1de": self._ejector,
            b"\x10\x14": self._clear,
        }
        return long[head]() if head in long else self._cut("unknown", 0, 2)

    def _raster(self) -> Command | None:
        """GS v 0 m xL xH yL yH data."""
        if len(self._buffer) < 8:
            return None
        across, rows = (int.from_bytes(self._buffer[at : at + 2], "little") for at in (4, 6))
        if across > WIDEST or rows > HIGHEST:
            return self._cut("unknown", 0, 8)
        return self._cut("raster", 4, 8 + across * rows)

    def _function(self) -> Command | None:
        """GS ( x pL pH data."""
        if len(self._buffer) < 5:
            return None
        name = {0x6B: "code", 0x48: "ask-process"}.get(self._buffer[2], "unknown")
        return self._cut(name, 5, 5 + int.from_bytes(self._buffer[3:5], "little"))

    def _cutter(self) -> Command | None:
        """GS V m, or GS V 65/66 n."""
        if len(self._buffer) < 3:
            return None
        return self._cut("cut", 2, 4 if self._buffer[2] in (65, 66) else 3)

    def _ejector(self) -> Command | None:
        """GS e n, with one operand for 3 (present) and two for 32 (present for a time)."""
        if len(self._buffer) < 3:
            return None
        return self._cut("ejector", 2, {3: 4, 32: 5}.get(self._buffer[2], 3))

    def _clear(self) -> Command | None:
        if len(self._buffer) < len(CLEAR):
            return None
        return self._cut("clear" if self._buffer.startswith(CLEAR) else "unknown", 0, len(CLEAR))

    def _text(self) -> Command | None:
        end = next((at for at, byte in enumerate(self._buffer) if byte in LEADERS or byte in SINGLE), len(self._buffer))
        return self._cut("text", 0, end)
