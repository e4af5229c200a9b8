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
from dataclasses import dataclass
from functools import reduce
from operator import xor

from devices.health import status_of
from devices.transports.line import Line, open_line
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.board import Lamp, Sensor
from kiosk.ports.device import ABSENT, Status

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


class SerialBoard:
    """The board."""

    @dataclass(frozen=True)
    class Options:
        """`url`: where it is connected. `checksum`: whether lines to it end in one, for long or disturbed cables."""

        url: str
        baud: int = 115200
        checksum: bool = False

    def __init__(self, options: Options) -> None:
        self.options = options
        self._line: Line | None = None

    def open(self) -> None:
        """Open the cable, see that it is the board, and switch all lamps off. Raises DeviceUnavailable."""
        if self._line is not None:
            return
        self._line = open_line(self.options.url, self.options.baud)
        try:
            if not self._ask("ID?", IS).startswith(IDENTITY):
                reason = f"What answers at {self.options.url} is another device. Compare the settings with the cables."
                raise DeviceUnavailable(reason, Fault.WRONG_DEVICE)
            self._ask("L ALL 0", DONE)
        except DeviceUnavailable:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the cable."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def status(self) -> Status:
        """READY, or LOW while the service door is open; a board that went away is closed, so that it can be opened again."""
        if self._line is None:
            return ABSENT
        try:
            return status_of({Fault.DOOR_OPEN} if Sensor.DOOR_OPEN in self.sensors() else ())
        except DeviceUnavailable as error:
            self.close()
            return status_of((error.fault,))

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
        if self._line is None:
            raise DeviceUnavailable(f"The board at {self.options.url} is closed.", Fault.UNPLUGGED)
        sent = with_checksum(command) if self.options.checksum else command
        heard = False
        for _ in range(TRIES):
            self._line.drain()
            self._line.write(sent.encode() + b"\n", ANSWER_S)
            answer, came = listen(self._line, expected)
            if answer is not None:
                return answer
            heard = heard or came
        if heard:
            raise DeviceUnavailable(f"What {self.options.url} answers is not a board's language.", Fault.WRONG_DEVICE)
        raise DeviceUnavailable(f"The board at {self.options.url} does not answer.", Fault.NO_ANSWER)


def listen(line: Line, expected: re.Pattern[str]) -> tuple[str | None, bool]:
    """The first whole line that looks as expected, if one comes in time; and whether anything came."""
    got, end = bytearray(), time.monotonic() + ANSWER_S
    count = 0
    while (left := end - time.monotonic()) > 0 and count < NOISE:
        if not (data := line.read(1, left)):
            break
        data += line.read(LONGEST, 0)
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
