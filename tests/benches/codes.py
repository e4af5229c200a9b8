"""Benches of the code scanners: what is shown to them, and how their cable is pulled."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from devices import registry
from devices.code_scanners import serial_wire
from devices.code_scanners.hid_keys import ALTS, EV_KEY, EV_SYN, EVENT, KEYPAD, PLAIN, SHIFTED, SHIFTS
from devices.transports import sim

ENTER, SHIFT, ALT = 28, min(SHIFTS), min(ALTS)
KEYS = {char: (code, False) for code, char in reversed(PLAIN.items())}
KEYS = (
    {char: (code, True) for code, char in SHIFTED.items()}
    | KEYS
    | {char: (code, False) for code, char in PLAIN.items() if code < 58}
)
DIGITS = {digit: code for code, digit in KEYPAD.items()}


@dataclass
class ScannerBench:
    """A code scanner with hands. `show`: hold a code with these bytes before it."""

    scanner: Any
    show: Callable[[bytes], None]
    unplug: Callable[[], None]
    plug: Callable[[], None]


@dataclass
class Typist:
    """Writes a scanner's key events: 4 ms after a press the release, 4 ms later the next key."""

    at: float = 1000.0
    events: list[bytes] = field(default_factory=list)

    def event(self, code: int, value: int, after_s: float = 0.004) -> None:
        """A key goes down (1) or up (0)."""
        self.at += after_s
        second = int(self.at)
        micro = int((self.at - second) * 1e6)
        self.events += [EVENT.pack(second, micro, EV_KEY, code, value), EVENT.pack(second, micro, EV_SYN, 0, 0)]

    def key(self, code: int, after_s: float = 0.004) -> None:
        """Down and up."""
        self.event(code, 1, after_s)
        self.event(code, 0)

    def char(self, byte: int, after_s: float = 0.004) -> None:
        """A byte by its key, or as Alt and a number."""
        code, shift = KEYS.get(chr(byte), (0, False))
        if not code or byte > 0x7F:
            self.number(byte)
        elif shift:
            self.event(SHIFT, 1, after_s)
            self.key(code)
            self.event(SHIFT, 0)
        else:
            self.key(code, after_s)

    def number(self, number: int) -> None:
        """Alt and a number on the keypad."""
        self.event(ALT, 1)
        for digit in str(number):
            self.key(DIGITS[digit])
        self.event(ALT, 0)

    def code(self, data: bytes) -> bytes:
        """A whole code with its Enter, as event bytes."""
        for byte in data:
            self.char(byte)
        self.key(ENTER)
        return self.taken()

    def taken(self) -> bytes:
        """The events so far."""
        done, self.events = b"".join(self.events), []
        return done


@contextmanager
def simulated_scanner(_folder: Path) -> Iterator[ScannerBench]:
    scanner = registry.build("code_scanner", "simulated", {})
    yield ScannerBench(scanner, scanner.send, scanner.unplug, scanner.plug)


@contextmanager
def serial_scanner(_folder: Path) -> Iterator[ScannerBench]:
    wire = serial_wire.Wire()
    scanner = registry.build("code_scanner", "serial", {"url": sim.add(f"codes-{uuid4()}", wire)})
    yield ScannerBench(scanner, wire.send, wire.unplug, wire.plug)


class Pipe:
    """A pipe in place of the input device."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._far_end = -1
        self._typist = Typist()
        self.plug()

    def plug(self) -> None:
        os.mkfifo(self.path)
        self._far_end = os.open(self.path, os.O_RDWR)

    def unplug(self) -> None:
        if self._far_end >= 0:
            os.close(self._far_end)
            self._far_end = -1
            self.path.unlink()

    def show(self, data: bytes) -> None:
        """In pieces that a pipe holds, while the scanner is being read."""
        events = self._typist.code(data)
        self._typist.at += 0.1
        os.set_blocking(self._far_end, False)
        assert os.write(self._far_end, events) == len(events), "a pipe is too small for so long a code"


@contextmanager
def hid_scanner(folder: Path) -> Iterator[ScannerBench]:
    pipe = Pipe(folder / "event-kbd")
    scanner = registry.build("code_scanner", "hid", {"path": str(pipe.path)})
    yield ScannerBench(scanner, pipe.show, pipe.unplug, pipe.plug)
    pipe.unplug()
