"""Fuzz targets of the code scanners', the power supply's and the board's languages: each takes any bytes and returns.

What a target checks of every input: nothing is raised but the errors that the port names, nothing that is no code becomes
one, nothing is kept beyond its bounds.
"""

import unicodedata
from contextlib import suppress

from devices.boards import serial_wire
from devices.boards.serial_board import SerialBoard, understood, with_checksum
from devices.code_scanners.framing import PIECES, Framer
from devices.code_scanners.hid_keys import EVENT, Keys
from devices.code_scanners.sample_codes import CODES
from devices.code_scanners.texts import LONGEST, NOT_TEXT, SEPARATORS, Inbox, Marks
from devices.power.nut import NutPower
from kiosk.errors import DeviceUnavailable
from kiosk.ports.board import Lamp
from tests.benches.codes import Typist

SUFFIXES = ("auto", "line", "none")
UPS = NutPower(NutPower.Options("kiosk"))
BOARD = SerialBoard(SerialBoard.Options("fuzz"))


class Answering:
    """A cable whose far end answers everything with the same bytes."""

    url = "fuzz"

    def __init__(self, data: bytes) -> None:
        self._data, self._left = data, b""

    def write(self, _data: bytes, _timeout_s: float) -> None:
        self._left = self._data

    def read(self, size: int, _timeout_s: float) -> bytes:
        got, self._left = self._left[:size], self._left[size:]
        return got

    def drain(self) -> None:
        self._left = b""

    def abandon(self) -> None:
        self._left = b""

    def close(self) -> None:
        self._left = b""


def sound(inbox: Inbox) -> None:
    """Only what may be a code became one."""
    while (code := inbox.take()) is not None:
        assert 0 < len(code.text) <= LONGEST
        assert not [char for char in code.text if unicodedata.category(char) in NOT_TEXT and char not in SEPARATORS]


def fuzz_serial_code(data: bytes) -> None:
    """The first byte chooses marks, suffix and how the rest is cut; pauses stand where a byte says so."""
    how, rest = (data[0], data[1:]) if data else (0, b"")
    inbox = Inbox("fuzz", Marks(b"~S" if how & 8 else b"", aim=bool(how & 16)))
    framer = Framer(inbox, SUFFIXES[how % 3])  # type: ignore[arg-type]
    step, at = 1 + (how >> 2), 0.0
    for start in range(0, len(rest), step):
        piece = rest[start : start + step]
        at += (piece[0] % 8) * 0.02
        if piece[0] & 1:
            framer.feed(b"", at)
        framer.feed(piece, at)
        assert len(framer._part) <= inbox.marks.longest + 2
        assert len(framer._pieces) <= PIECES
    if how & 128:
        framer.deafen(at)
    for later in (10, 20):
        framer.settle(at + later)
    assert framer.due() is None
    sound(inbox)


def fuzz_hid(data: bytes) -> None:
    """Bytes of input events, the first byte chooses how they are cut."""
    how, rest = (data[0], data[1:]) if data else (0, b"")
    inbox = Inbox("fuzz")
    keys = Keys(inbox, alt="unicode" if how & 1 else "gbk")
    step = 1 + how // 2
    for start in range(0, len(rest), step):
        keys.feed(rest[start : start + step])
        assert len(keys._typed) <= inbox.marks.longest + 4
        assert len(keys._rest) < EVENT.size
    sound(inbox)


def fuzz_nut(data: bytes) -> None:
    """A server's answer to every question."""
    UPS._way = Answering(data)
    with suppress(DeviceUnavailable):
        UPS.charge()
    UPS._way = Answering(data)
    assert UPS.status().health
    UPS.close()


def fuzz_board(data: bytes) -> None:
    """A board's answer to every line, and a line to the simulated board."""
    for act in (BOARD.sensors, lambda: BOARD.light(Lamp.CARD, True), BOARD.status):
        BOARD._way = Answering(data)
        with suppress(DeviceUnavailable):
            act()
    BOARD.close()
    wire = serial_wire.Wire()
    for burst in wire.exchange(data, 115200):
        assert understood(burst.data.strip()) is not None
    assert len(wire._rest) <= 200


SEEDS_SERIAL_CODE = (
    *(bytes((how,)) + sample.data[:60] + b"\r\n" for sample in CODES.values() for how in (0, 3, 9, 200)),
    b"\x08~Ssample\r",
    b"\x18~S]Q1sample\r",
    b"\x01first\rsecond\r",
    b"\x00\xfe\xff\x00\r",
)
SEEDS_HID = tuple(b"\xbe" + Typist().code(text.encode()) for text in ("sample-1", "Sample ~1", "样本", "9787300000008"))
SEEDS_NUT = (
    b'VAR kiosk ups.status "OL"\n',
    b'VAR kiosk ups.status "OB LB RB DISCHRG"\n',
    b'VAR kiosk battery.charge "100"\n',
    b"ERR DATA-STALE\n",
    b"ERR UNKNOWN-UPS\n",
    b"HTTP/1.1 400 Bad Request\r\n\r\n",
)
SEEDS_BOARD = (
    b"OK\r\n",
    b"S DOOR=0 NEAR=1\r\n",
    b"E LAMP\n",
    b"ID bianmin-board 1 LAMPS=CARD SENSORS=DOOR\n",
    with_checksum("S DOOR=1").encode() + b"\n",
    b"L CARD 1\nS?\nID?\n",
)
