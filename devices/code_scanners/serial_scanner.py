"""Scanners for bar codes and QR codes on a serial line: USB in CDC mode ("virtual COM port"), RS-232, serial servers.

They speak without being asked and answer nothing, so that nothing tells a scanner from another device on the same port;
what that one sends is refused as noise. 8N1; the speed matters to RS-232 alone.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from devices.code_scanners.framing import Framer, Suffix
from devices.code_scanners.texts import Inbox, Marks
from devices.connected import Connected
from devices.transports.line import Line, open_line
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.code_scanner import Code

CHUNK = 4096
CHUNKS = 16
"""Reads at one look: 64 kB, so that a look ends however much noise comes."""
NOTHING_S = 3600.0


class SerialCodeScanner(Connected[Line]):
    """A scanner on a cable: all that is known of it is that the cable is there."""

    @dataclass(frozen=True)
    class Options:
        """`url`: where it is connected. `suffix`: what ends a code, see framing.py. `prefix`: what the scanner was set to
        send before each code; `aim`: whether it sends AIM identifiers. Both are taken off, and a code without is refused."""

        url: str
        baud: int = 9600
        suffix: Suffix = "auto"
        prefix: str = ""
        aim: bool = False

    def __init__(self, options: Options) -> None:
        super().__init__(f"code scanner at {options.url}")
        self.options = options
        self._inbox = Inbox(options.url, Marks(options.prefix.encode(), options.aim))
        self._framer = Framer(self._inbox, options.suffix)

    def _connect(self) -> Line:
        return open_line(self.options.url, self.options.baud)

    def _greet(self, _line: Line) -> None:
        self._inbox.clear()
        self._framer = Framer(self._inbox, self.options.suffix)

    def _faults(self, _line: Line) -> Iterable[Fault]:
        self._listen(0)
        return ()

    def await_code(self, timeout_s: float) -> Code | None:
        """The next code. Raises DeviceUnavailable."""
        end = time.monotonic() + timeout_s
        while True:
            if (code := self._inbox.take()) is not None:
                return code
            now = time.monotonic()
            if now >= end and self._way is not None:
                return None
            due = self._framer.due() or now + NOTHING_S
            self._listen(max(0.0, min(end, due) - now))

    def clear(self) -> None:
        """Forget what came, and the rest of what is just coming."""
        try:
            self._listen(0)
        except DeviceUnavailable:
            self.close()
        self._framer.deafen(time.monotonic())
        self._inbox.clear()

    def _listen(self, wait_s: float) -> None:
        """Take what is there; waits for the first byte only."""
        line = self._open_way
        data = line.read(1, wait_s)
        for _ in range(CHUNKS):
            self._framer.feed(data, time.monotonic())
            if not data:
                return
            data = line.read(CHUNK, 0)
