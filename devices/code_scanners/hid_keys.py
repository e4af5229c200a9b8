"""From the key events of a scanner that plays a keyboard to the codes it typed.

Sources: include/uapi/linux/input.h (struct input_event), input-event-codes.h (KEY_*), US layout. Characters that no key
has are typed as Alt and a decimal number on the keypad. Scanners leave 7 to 16 ms between two keys, people more than 50:
what comes slower than `gap_s` is typing, and is refused to its Enter.
"""

import struct
from typing import Literal, TypeAlias

from devices.code_scanners.texts import Inbox

EVENT = struct.Struct("llHHi")
"""Seconds, microseconds, type, code, value (0 up, 1 down, 2 repeated)."""
EV_SYN, EV_KEY = 0, 1
SYN_DROPPED = 3
UP, DOWN = 0, 1
ENTERS = frozenset({28, 96})
SHIFTS = frozenset({42, 54})
ALTS = frozenset({56, 100})
KEYPAD = {82: "0", 79: "1", 80: "2", 81: "3", 75: "4", 76: "5", 77: "6", 71: "7", 72: "8", 73: "9"}
ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (15, "\tqwertyuiop[]", "\tQWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
)
"""First key code of a row, its characters without and with shift."""
PLAIN = {first + at: char for first, plain, _ in ROWS for at, char in enumerate(plain)}
PLAIN |= KEYPAD | {55: "*", 74: "-", 78: "+", 83: ".", 98: "/"}
SHIFTED = PLAIN | {first + at: char for first, _, shifted in ROWS for at, char in enumerate(shifted)}
FORGET_S = 2.0
"""Quiet after which what follows is no longer the rest of what was refused."""
LARGEST_ALT = 0x10FFFF
ALT_DIGITS = 10

AltMeans: TypeAlias = Literal["gbk", "unicode"]
"""What a number above 255 is: a character's bytes in GBK (or GB18030), or its Unicode code point."""


class Keys:
    """Events as they come, cut anywhere, become codes in the inbox. Only their own times count."""

    def __init__(self, inbox: Inbox, gap_s: float = 0.03, alt: AltMeans = "gbk") -> None:
        self._inbox, self._gap_s, self._alt = inbox, gap_s, alt
        self._rest = b""
        self._typed = bytearray()
        self._held: set[int] = set()
        self._number = ""
        self._last_at: float | None = None
        self._refusing = False

    def feed(self, events: bytes) -> None:
        """Take bytes of `struct input_event`."""
        self._rest += events
        whole = len(self._rest) // EVENT.size * EVENT.size
        ready, self._rest = self._rest[:whole], self._rest[whole:]
        for second, micro, kind, code, value in EVENT.iter_unpack(ready):
            if kind == EV_KEY and value in (UP, DOWN):
                self._keep_time(second + micro / 1e6)
                self._press(code) if value == DOWN else self._release(code)
            elif (kind, code) == (EV_SYN, SYN_DROPPED):
                self._refuse("some of its keys were lost")

    def deafen(self) -> None:
        """Forget what was typed; of a code that is under way the rest too."""
        self._refusing = self._refusing or bool(self._typed or self._held)
        self._typed.clear()

    def _keep_time(self, at: float) -> None:
        pause = 0.0 if self._last_at is None else at - self._last_at
        self._last_at = at
        if not 0 <= pause < FORGET_S:
            self._start()
        elif pause > self._gap_s and self._typed:
            self._refuse("it came as slowly as a person types")

    def _start(self) -> None:
        self._refusing, self._number = False, ""
        self._typed.clear()
        self._held.clear()

    def _press(self, code: int) -> None:
        if code in ENTERS:
            self._enter()
        elif code in SHIFTS | ALTS:
            self._held.add(code)
            self._number = ""
        elif self._held & ALTS:
            self._number = (self._number + KEYPAD.get(code, ""))[:ALT_DIGITS]
        elif not self._refusing:
            self._type((SHIFTED if self._held & SHIFTS else PLAIN).get(code, ""))

    def _release(self, code: int) -> None:
        self._held.discard(code)
        if code in ALTS and self._number and not self._refusing:
            self._type_number(int(self._number))
            self._number = ""

    def _type(self, char: str) -> None:
        self._add(char.encode())

    def _type_number(self, number: int) -> None:
        """One byte of a text as it is; above that a character."""
        if number <= 0xFF:
            self._add(bytes((number,)))
        elif self._alt == "gbk":
            self._add(number.to_bytes(4 if number > 0xFFFF else 2, "big") if number < 1 << 32 else b"\0")
        else:
            known = number <= LARGEST_ALT and not 0xD800 <= number < 0xE000
            self._add(chr(number).encode() if known else b"\0")

    def _add(self, typed: bytes) -> None:
        self._typed += typed
        if len(self._typed) > self._inbox.marks.longest:
            self._refuse("it is longer than any code")

    def _enter(self) -> None:
        frame = bytes(self._typed)
        if frame and not self._refusing:
            self._inbox.put([frame])
        self._start()

    def _refuse(self, why: str) -> None:
        self._inbox.refuse(why)
        self._refusing = True
        self._typed.clear()
