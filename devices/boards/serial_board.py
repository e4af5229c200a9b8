"""A small board for lamps, the service door and proximity, on a serial line. There is no standard for these: this is ours.

Lines of ASCII, ended by LF (a CR before it is ignored), at most 80 characters; the terminal asks, the board answers each
line with one line and says nothing of itself. 8N1.

    ID?          ID bianmin-board 1 LAMPS=CARD,SLIP,A4,SCANNER,HELP SENSORS=DOOR,NEAR    what it is, and what is fitted
    L CARD 1     OK                    a lamp on (1) or off (0); all of them: L ALL 0
                 E LAMP                this lamp is not fitted, which is no trouble
    S?           S DOOR=0 NEAR=1       the sensors that are fitted; 1: open, somebody there
    other        E WHAT                not understood, or damaged

Either side may end a line with `*` and two hexadecimal digits, the exclusive or of all characters before it (as in NMEA
0183); then it has to be right, and the board answers with one. A board that hears nothing for ten seconds switches all
lamps off by itself. `serial_wire.py` is a whole board in this language; on a microcontroller it is an afternoon's work.
"""

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import xor

from devices.connected import Connected
from devices.transports.faults import another_answers, silent
from devices.transports.line import Line, open_line, read_some
from kiosk.errors import Fault
from kiosk.ports.board import Lamp, Sensor

ANSWER_S = 0.3
TRIES = 2
LONGEST = 80
NOISE = 4096
"""Bytes without an answer in them, after which this is no answer."""
IDENTITY = "ID bianmin-board 1"
SENSES = {"DOOR": Sensor.DOOR_OPEN, "NEAR": Sensor.SOMEBODY_NEAR}
IS = re.compile(r"ID .*")
DONE = re.compile(r"OK")
DONE_IF_FITTED = re.compile(r"OK|E LAMP")
SENSED = re.compile(r"S( [A-Z]+=[01])*")


class SerialBoard(Connected[Line]):
    """The board. Opening it switches all lamps off; an open service door is a fault of it, though it works."""

    @dataclass(frozen=True)
    class Options:
        """`url`: where it is connected. `checksum`: whether lines to it end in one, for long or disturbed cables."""

        url: str
        baud: int = 115200
        checksum: bool = False

    def __init__(self, options: Options) -> None:
        self._where = f"at {options.url}"
        super().__init__(f"board {self._where}")
        self.options = options

    def _connect(self) -> Line:
        return open_line(self.options.url, self.options.baud)

    def _greet(self, _line: Line) -> None:
        if not self._ask("ID?", IS).startswith(IDENTITY):
            raise another_answers("board", self._where)
        self._ask("L ALL 0", DONE)

    def _faults(self, _line: Line) -> Iterable[Fault]:
        return {Fault.DOOR_OPEN} if Sensor.DOOR_OPEN in self.sensors() else ()

    def light(self, lamp: Lamp, on: bool) -> None:
        """Switch a lamp. Raises DeviceUnavailable."""
        self._ask(f"L {lamp.value.upper()} {int(on)}", DONE_IF_FITTED)

    def sensors(self) -> frozenset[Sensor]:
        """What is noticed now. Raises DeviceUnavailable."""
        words = self._ask("S?", SENSED).split()[1:]
        states = [word.partition("=") for word in words]
        return frozenset(SENSES[name] for name, _, value in states if value == "1" and name in SENSES)

    def _ask(self, command: str, expected: re.Pattern[str]) -> str:
        """The answer that looks as expected. Raises DeviceUnavailable."""
        line = self._open_way
        sent = with_checksum(command) if self.options.checksum else command
        heard = False
        for _ in range(TRIES):
            line.drain()
            line.write(sent.encode() + b"\n", ANSWER_S)
            answer, came = listen(line, expected)
            if answer is not None:
                return answer
            heard = heard or came
        raise (another_answers if heard else silent)("board", self._where)


def listen(line: Line, expected: re.Pattern[str]) -> tuple[str | None, bool]:
    """The first whole line that looks as expected, if one comes in time; and whether anything came."""
    got, end = bytearray(), time.monotonic() + ANSWER_S
    count = 0
    while (left := end - time.monotonic()) > 0 and count < NOISE:
        if not (data := read_some(line, LONGEST, left)):
            break
        count += len(data)
        got += data
        *lines, rest = bytes(got).split(b"\n")
        for said in lines:
            answer = understood(said)
            if answer is not None and expected.fullmatch(answer):
                return answer, True
        got = bytearray(rest[-LONGEST:])
    return None, count > 0


def understood(said: bytes) -> str | None:
    """A line's text without its checksum; None for what is damaged or no text of this language."""
    text = said.rstrip(b"\r")
    if len(text) > LONGEST or not text.isascii() or not text.decode("ascii").isprintable():
        return None
    words, star, digits = text.decode("ascii").rpartition("*")
    if not star:
        return digits
    return words if with_checksum(words).endswith(f"*{digits}") else None


def with_checksum(words: str) -> str:
    """The words, and the exclusive or of their characters."""
    return f"{words}*{reduce(xor, words.encode(), 0):02X}"
