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
RETRACT = b"\x1de\x02"
"""GS e 2: pull the slip back (Custom, Pyramid: only where the printer's own settings allow it)."""
FULL_STATUS = 20
"""DLE EOT 20: six bytes, `10 0F`, paper, user, recoverable and unrecoverable errors (Custom VKP80, KPM150, Pyramid)."""
SLIP_LIES = 0x20
"""In the paper byte of the full status: a slip lies in the outlet."""
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


def present(steps: int) -> bytes:
    """GS e 3 n: push the slip out by so many steps of about 7 mm; nothing for 0, where the printer does it by itself."""
    return b"\x1de\x03" + bytes((steps,)) if steps else b""


STATUS_BITS: Mapping[int, tuple[tuple[int, Fault], ...]] = {
    1: ((0x08, Fault.OFFLINE),),
    2: ((0x04, Fault.COVER_OPEN), (0x20, Fault.PAPER_OUT), (0x40, Fault.HARDWARE)),
    3: ((0x04, Fault.HARDWARE), (0x08, Fault.CUTTER), (0x20, Fault.HARDWARE), (0x40, Fault.HEAD_HOT)),
    4: ((0x0C, Fault.PAPER_LOW), (0x60, Fault.PAPER_OUT)),
}
"""n -> (bit, fault). Bits that report nothing wrong (drawer, feed button) are left out."""
FULL_BITS: tuple[tuple[int, int, Fault], ...] = (
    (2, 0x01, Fault.HEAD_HOT),
    (2, 0x40, Fault.PAPER_JAM),
    (3, 0x01, Fault.CUTTER),
)
"""Which byte of the full status, bit, fault: what the four single bytes do not say, or not as clearly."""
MESSAGE = 0x37
"""The first byte of an answer that ends with 00."""
LONGEST_MESSAGE = 80
KEPT = 1024
"""Answers that wait to be looked at; of a device that talks without end only the last."""
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


def full_faults(answer: bytes) -> frozenset[Fault]:
    """What the last four bytes of a full status report beyond the single ones."""
    return frozenset(fault for at, bit, fault in FULL_BITS if answer[at] & bit)


class Answers:
    """Sorts what a printer sends: real-time status bytes, the paper byte of GS r, `37 .. 00` messages, the full status
    `10 0F ....`, and reports of four bytes that nobody asked for (automatic status back): they say nothing here."""

    def __init__(self) -> None:
        self.statuses: deque[int] = deque(maxlen=KEPT)
        self.papers: deque[int] = deque(maxlen=KEPT)
        self.echoes: deque[bytes] = deque(maxlen=KEPT)
        self.full: deque[bytes] = deque(maxlen=KEPT)
        self.strange = 0
        """How many bytes were none of these."""
        self._part = bytearray()

    def feed(self, data: bytes) -> None:
        """Add bytes as they came."""
        for byte in data:
            self._sort(byte)

    def _sort(self, byte: int) -> None:
        if self._part or byte == MESSAGE or byte & 0x93 == 0x10:
            self._add(byte)
        elif byte & 0x93 == 0x12:
            self.statuses.append(byte)
        elif byte & 0xF0 == 0:
            self.papers.append(byte)
        else:
            self.strange += 1

    def _add(self, byte: int) -> None:
        """One more byte of an answer that has several."""
        self._part.append(byte)
        if self._part[0] == MESSAGE:
            self._end_message(byte)
        elif self._part[1:2] == b"\x0f":
            self._end_full()
        elif len(self._part) > 1 and byte & 0x90:
            self.strange += len(self._part)
            self._part.clear()
        elif len(self._part) == 4:
            self._part.clear()

    def _end_message(self, byte: int) -> None:
        if not byte:
            self.echoes.append(bytes(self._part[2:-1]))
            self._part.clear()
        elif len(self._part) > LONGEST_MESSAGE:
            self.strange += len(self._part)
            self._part.clear()

    def _end_full(self) -> None:
        if len(self._part) == 6:
            self.full.append(bytes(self._part[2:]))
            self._part.clear()
