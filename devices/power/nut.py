"""Power supplies watched by Network UPS Tools (nut-server), whatever their make: its text protocol on TCP.

Sources: RFC 9271 (Uninterruptible Power Supply Management Protocol), section 4.2 (GET VAR) and 4.3 (errors); the words of
`ups.status` are in NUT's docs/new-drivers.txt.
"""

import re
from dataclasses import dataclass

from devices.connected import Connected
from devices.transports.line import Line, open_line, read_some
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.power import Charge

ANSWER_S = 1.0
LONGEST = 1024
"""Bytes of an answer; NUT's own limit is half of that."""
ANSWER = re.compile(r'VAR (\S+) (\S+) "(.*)"')
ERROR = re.compile(r"ERR ([A-Z-]+)")
UNSUPPORTED = "VAR-NOT-SUPPORTED"
ERRORS = {
    "UNKNOWN-UPS": ("{url} knows no power supply {ups!r}. Check the settings against ups.conf.", Fault.WRONG_DEVICE),
    "ACCESS-DENIED": ("{url} does not let this machine ask. Check upsd.conf.", Fault.WRONG_DEVICE),
    UNSUPPORTED: ("{url} does not say how {ups!r} is. Check its driver.", Fault.WRONG_DEVICE),
    "DATA-STALE": ("The power supply {ups!r} has stopped answering. Check its USB cable.", Fault.NO_ANSWER),
    "DRIVER-NOT-CONNECTED": ("The driver of {ups!r} does not run. Start nut-driver.", Fault.NO_ANSWER),
}
NO_SERVER = "Nothing answers at {url}. Start nut-server, or check the address."
NO_NUT = "What answers at {url} is not Network UPS Tools. Check the address."
UNWELL = frozenset({"OVER", "OFF", "BYPASS"})
"""Overloaded, switched off, or not protecting."""


class Refused(DeviceUnavailable):
    """The server answered with an error; `code` is its word."""

    def __init__(self, code: str, reason: str, fault: Fault) -> None:
        super().__init__(reason, fault)
        self.code = code


class NutPower(Connected[Line]):
    """A power supply as `upsd` knows it."""

    @dataclass(frozen=True)
    class Options:
        """`host`, `port`: where upsd listens. `ups`: the supply's name in ups.conf."""

        ups: str
        host: str = "127.0.0.1"
        port: int = 3493

    def __init__(self, options: Options) -> None:
        super().__init__(f"power supply {options.ups!r}")
        self.options = options
        self._url = f"tcp://{options.host}:{options.port}"

    def _connect(self) -> Line:
        try:
            return open_line(self._url)
        except DeviceUnavailable as error:
            raise DeviceUnavailable(NO_SERVER.format(url=self._url), Fault.NO_ANSWER) from error

    def _greet(self, _line: Line) -> None:
        self._ask("ups.status")

    def _faults(self, _line: Line) -> frozenset[Fault]:
        return faults_of(self._ask("ups.status"))

    def charge(self) -> Charge:
        """What the supply says of its battery. Raises DeviceUnavailable."""
        return Charge(self._number("battery.charge"), self._number("battery.runtime"))

    def _number(self, name: str) -> float | None:
        try:
            return float(self._ask(name))
        except Refused as error:
            if error.code == UNSUPPORTED:
                return None
            raise
        except ValueError:
            return None

    def _ask(self, name: str) -> str:
        """A variable's value. Raises DeviceUnavailable."""
        line = self._open_way
        try:
            line.drain()
            line.write(f"GET VAR {self.options.ups} {name}\n".encode(), ANSWER_S)
            answer = read_line(line)
        except DeviceUnavailable as error:
            raise DeviceUnavailable(NO_SERVER.format(url=self._url), Fault.NO_ANSWER) from error
        return self._value(answer, name)

    def _value(self, answer: str, name: str) -> str:
        found = ANSWER.fullmatch(answer)
        if found and found.group(1, 2) == (self.options.ups, name):
            return found.group(3)
        refused = ERROR.match(answer)
        if not refused:
            raise DeviceUnavailable(NO_NUT.format(url=self._url), Fault.WRONG_DEVICE)
        code = refused.group(1)
        reason, fault = ERRORS.get(code, ("{url} answers " + code + ".", Fault.NO_ANSWER))
        raise Refused(code, reason.format(url=self._url, ups=self.options.ups), fault)


def read_line(line: Line) -> str:
    """One line, without its end; what there is of it when the time is over. Raises DeviceUnavailable when nothing is."""
    got = bytearray()
    while b"\n" not in got and len(got) < LONGEST:
        if not (came := read_some(line, LONGEST, ANSWER_S)):
            break
        got += came
    if not got:
        raise DeviceUnavailable("no answer", Fault.NO_ANSWER)
    return bytes(got).split(b"\n")[0].decode("ascii", "replace").strip()


def faults_of(said: str) -> frozenset[Fault]:
    """The faults in the words of `ups.status`. A low battery counts only while the mains are away: while it is being
    filled again there is no reason to shut down. A supply that does not say whether the mains are there is not known."""
    words = set(said.split())
    found = set()
    if "FSD" in words or {"OB", "LB"} <= words:
        found.add(Fault.BATTERY_LOW)
    if "OB" in words or "FSD" in words:
        found.add(Fault.ON_BATTERY)
    elif "OL" not in words:
        found.add(Fault.NO_ANSWER)
    if "RB" in words:
        found.add(Fault.BATTERY_OLD)
    if words & UNWELL or ("ALARM" in words and not found):
        found.add(Fault.HARDWARE)
    return frozenset(found)
