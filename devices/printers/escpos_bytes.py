"""The ESC/POS bytes that nearly every ticket printer of the trade understands (facts 2.1, 2.2), and what it answers."""

from collections import deque
from collections.abc import Iterator, Mapping

from PIL import Image

from kiosk.errors import Fault

INIT = b"\x1b@"
CHINESE_ON = b"\x1c&"
CHINESE_OFF = b"\x1c."
CUT = {"full": b"\x1dV\x00", "partial": b"\x1dV\x01", "none": b""}
ASK_PAPER = b"\x1dr\x01"
"""GS r 1: paper sensor; not in real time, so that its answer says that all before it was printed."""
CLEAR_BUFFER = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
"""DLE DC4 fn 8: drop what was received and not printed, in real time (Epson; many others)."""
BAND_ROWS = 256
"""Rows per GS v 0: small printers hold little more."""


def feed(lines: int) -> bytes:
    """ESC d: feed lines."""
    return b"\x1bd" + bytes((lines,))


def align(centred: bool) -> bytes:
    """ESC a: left or centred."""
    return b"\x1ba" + bytes((centred,))


def bold(on: bool) -> bytes:
    """ESC E."""
    return b"\x1bE" + bytes((on,))


def size(times: int) -> bytes:
    """GS ! for Latin characters (1 to 8 times as wide and high) and FS ! for hanzi (once or twice)."""
    return b"\x1d!" + bytes(((times - 1) * 0x11,)) + b"\x1c!" + bytes((0x0C if times > 1 else 0,))


def raster(page: Image.Image) -> Iterator[bytes]:
    """GS v 0 bands of a 1-bit page whose ink is 1 and whose width is a multiple of 8."""
    across = page.width // 8
    data = page.tobytes()
    for top in range(0, page.height, BAND_ROWS):
        rows = min(BAND_ROWS, page.height - top)
        head = b"\x1dv0\x00" + across.to_bytes(2, "little") + rows.to_bytes(2, "little")
        yield head + data[top * across : (top + rows) * across]


def qr(data: bytes, module_dots: int) -> bytes:
    """GS ( k: model 2, module size, error correction M, store, print."""
    parts = (b"1A2\0", b"1C" + bytes((module_dots,)), b"1E1", b"1P0" + data, b"1Q0")
    return b"".join(b"\x1d(k" + len(part).to_bytes(2, "little") + part for part in parts)


def ask_process(number: int) -> bytes:
    """GS ( H fn 48: echo four digits when everything before was processed."""
    return b"\x1d(H\x06\x0000" + f"{number % 10000:04d}".encode()


def ask_status(kind: int) -> bytes:
    """DLE EOT n, in real time: 1 printer, 2 why offline, 3 error, 4 paper."""
    return b"\x10\x04" + bytes((kind,))


STATUS_BITS: Mapping[int, tuple[tuple[int, Fault], ...]] = {
    1: ((0x08, Fault.OFFLINE),),
    2: ((0x04, Fault.COVER_OPEN), (0x20, Fault.PAPER_OUT), (0x40, Fault.HARDWARE)),
    3: ((0x04, Fault.HARDWARE), (0x08, Fault.CUTTER), (0x20, Fault.HARDWARE), (0x40, Fault.HEAD_HOT)),
    4: ((0x0C, Fault.PAPER_LOW), (0x60, Fault.PAPER_OUT)),
}
"""n -> (bit, fault). Bits that report nothing wrong (drawer, feed button) are left out."""
VAGUE = (Fault.OFFLINE, Fault.HARDWARE)
"""Said only when nothing says why: a printer with an open cover is offline and in error, too."""


def faults_of(answers: Mapping[int, int]) -> frozenset[Fault]:
    """What the four status bytes report."""
    found = {fault for kind, byte in answers.items() for bit, fault in STATUS_BITS[kind] if byte & bit}
    if Fault.PAPER_OUT in found:
        found.discard(Fault.PAPER_LOW)
    for vague in VAGUE:
        if vague in found and found - {vague, Fault.PAPER_LOW}:
            found.discard(vague)
    return frozenset(found)


class Answers:
    """Sorts what a printer sends: real-time status bytes, the paper byte of GS r, and `37 .. 00` messages."""

    def __init__(self) -> None:
        self.statuses: deque[int] = deque()
        self.papers: deque[int] = deque()
        self.echoes: deque[bytes] = deque()
        self.strange = 0
        """How many bytes were none of these."""
        self._message: bytearray | None = None

    def feed(self, data: bytes) -> None:
        """Add bytes as they came."""
        for byte in data:
            self._sort(byte)

    def _sort(self, byte: int) -> None:
        if self._message is not None:
            self._add_to_message(byte)
        elif byte == 0x37:
            self._message = bytearray()
        elif byte & 0x93 == 0x12:
            self.statuses.append(byte)
        elif byte & 0xF0 == 0:
            self.papers.append(byte)
        else:
            self.strange += 1

    def _add_to_message(self, byte: int) -> None:
        assert self._message is not None  # noqa: S101  for the type checker; `_sort` looked
        if byte:
            self._message.append(byte)
        if not byte or len(self._message) > 80:
            self.echoes.append(bytes(self._message[1:]))
            self._message = None
