"""The far end of a ticket printer's cable: takes ESC/POS bytes, prints them on paper, and has a person's hands.

A state machine without threads: `exchange(bytes, baud)` says what it answers and when. Behind `sim://` it is a printer
for the kiosk, behind `kiosk simulate escpos` one on TCP port 9100 for any program.
"""

import time
from collections.abc import Iterator

from PIL import Image

from devices.hands import Hand, Sight, fault_named
from devices.printers.escpos_faults import ALL, AMOUNTS, FAULTS, NOISE_BYTES, OTHER_MODEL
from devices.printers.escpos_paper import png
from devices.printers.escpos_parse import Command, Parser
from devices.printers.escpos_press import NEAR_END_MM, ROLL_MM, Press
from devices.transports.sim import Burst, FarEnd
from kiosk.texts import msg

BOOT_S = 0.9
"""How long it is away when its power comes back: real ones take one to three seconds."""
COOL_S = 1.0
FULL_STATUS = 20
NOISE_PIECE = 65_536


class Wire(Press, FarEnd):
    """A printer with hands; see `Press` for what `out`, `mm_per_s` and `presenter` mean. Its cable is not slowed down."""

    def __init__(
        self, width: int = 576, out: str = "", mm_per_s: float = 0.0, roll_mm: float = ROLL_MM, presenter: bool = False
    ) -> None:
        super().__init__(width, out, mm_per_s, roll_mm, bool(presenter))
        self._last_seen: tuple[Image.Image | None, bytes] = (None, b"")
        self._cover_open = False
        self._fault = ""
        self._stuck_in: int | None = None
        self._well_at: float | None = None
        self._off_until = 0.0
        self._answers = 0
        self._answered_at = 0.0
        self._noise_sent = False
        self._parser = Parser()

    # --- hands ---------------------------------------------------------------------------------------------

    def take(self, _choice: str = "") -> None:
        """Take the slip that hangs out."""
        self.hanging = None

    def refill(self, _choice: str = "") -> None:
        """Put in a new roll: the end of the old one is pulled out, and the printer goes on with what it had received."""
        self.tear_off()
        self._left_mm = self._roll_mm

    def use_up(self, choice: str = "end") -> None:
        """Run out of paper now ("end"), nearly ("near-end"), or after `choice` millimetres more."""
        amounts = {"": 0.0, "end": 0.0, "near-end": NEAR_END_MM - 1}
        self._left_mm = amounts[choice] if choice in amounts else float(choice)

    def open_cover(self, _choice: str = "") -> None:
        """Open the cover."""
        self._cover_open = True

    def close_cover(self, _choice: str = "") -> None:
        """Close the cover."""
        self._cover_open = False

    def break_with(self, fault: str) -> None:
        """A fault by name, "name:amount" where it has one; "" or "none" puts everything right. Raises SetupError."""
        named, _, amount = fault.partition(":")
        name = fault_named(named, ALL, "printer")
        self._put_right()
        if name:
            self._bring(name, float(amount) if amount.isdecimal() else AMOUNTS.get(name, 0.0))

    def _put_right(self) -> None:
        self._fault, self._stuck_in, self._well_at = "", None, None
        self._noise_sent = False
        self.nothing_happens()
        self.close_cover()
        self.plug()
        if self._left_mm < NEAR_END_MM:
            self.refill()

    def _bring(self, name: str, amount: float) -> None:
        """States by their own hands, faults in a slip when it has come so far, all others at once."""
        states = {
            "near-end": lambda: self.use_up("near-end"),
            "paper": self.use_up,
            "cover": self.open_cover,
            "unplugged": self.unplug,
            "stuck": lambda: self._stick(amount),
            "stuck-in-slip": lambda: self._stick(amount),
            "paper-in-slip": lambda: self.happens_at(amount, self._paper_ends),
            "cover-in-slip": lambda: self.happens_at(amount, self._cover_opens),
            "head-hot-in-slip": lambda: self.happens_at(amount, self._head_gets_hot),
            "power-in-slip": lambda: self.happens_at(amount, self._power_fails),
            "unplugged-in-slip": lambda: self.happens_at(amount, self._cable_goes),
            "cutter-at-cut": self._cutter_will_stick,
        }
        if name in states:
            states[name]()
        else:
            self._fault = name

    def _stick(self, after_bytes: float) -> None:
        self._stuck_in = int(after_bytes)

    def _paper_ends(self) -> bool:
        self.use_up()
        return False

    def _cover_opens(self) -> bool:
        self.open_cover()
        return False

    def _head_gets_hot(self) -> bool:
        self._fault, self._well_at = "head-hot", time.monotonic() + COOL_S
        return True

    def _power_fails(self) -> bool:
        """What it had received is lost; the half slip stays in it."""
        self._parser.clear()
        self._reset_style()
        self._off_until = time.monotonic() + BOOT_S
        return False

    def _cable_goes(self) -> bool:
        self.unplug()
        return False

    def _cutter_will_stick(self) -> None:
        def sticks() -> None:
            self._fault = "cutter"

        self._cutter_sticks = sticks

    def unplug(self, _choice: str = "") -> None:
        """Pull the cable: what it had received and not printed is lost."""
        super().unplug()
        self._parser.clear()

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers; the choices of "fault" name everything that can be wrong with it."""
        amounts = (("near-end", msg("Nearly")), ("end", msg("Now")), ("20", msg("After 20 mm")))
        faults = (("none", msg("No fault")), *ALL.items())
        return (
            Hand("take", msg("Take the slip"), "receipt-text-check", self.take),
            Hand("use_up", msg("Run out of paper"), "paper-roll-outline", self.use_up, amounts),
            Hand("refill", msg("Put in a new roll"), "paper-roll", self.refill),
            Hand("open_cover", msg("Open the cover"), "package-variant", self.open_cover),
            Hand("close_cover", msg("Close the cover"), "package-variant-closed", self.close_cover),
            Hand("fault", msg("Printer fault"), "alert", self.break_with, faults),
            *self.cable_hands(),
        )

    def sight(self) -> Sight | None:
        """The slip that hangs out, or the part of one that is stuck in the printer."""
        if hanging := self.hanging:
            return Sight(msg("A slip hangs out of the printer"), self._seen(hanging))
        if not self._paper.blank:
            return Sight(msg("Half a slip hangs out of the printer"), png(self._paper.picture()))
        return Sight(msg("Nothing hangs out of the printer"))

    def _seen(self, picture: Image.Image) -> bytes:
        """The picture as PNG; an onlooker who looks ten times a second sees the same one."""
        if self._last_seen[0] is not picture:
            self._last_seen = (picture, png(picture))
        return self._last_seen[1]

    # --- wire ----------------------------------------------------------------------------------------------

    def takes(self) -> bool:
        """Whether it takes data now."""
        return self._stuck_in is None or self._stuck_in > 0

    def feed(self, data: bytes) -> bytes:
        """Everything it answers on these bytes, without the pauses."""
        return b"".join(burst.data for burst in self.exchange(data, 0))

    def exchange(self, data: bytes, baud: int) -> Iterator[Burst]:
        """What it answers on these bytes; a ticket printer's serial speed is not modelled."""
        if not self._awake():
            return
        if self._stuck_in is not None:
            self._stuck_in = max(0, self._stuck_in - len(data))
        if self._fault == "noise":
            yield from self._noise()
        if _is_real_time(data) and self.takes():
            yield from self._answered(self._real_time(Command("ask-status", data[2:3])))
            data = data[3:]
        self._parser.feed(data)
        if self._parser.take_clear():
            yield from self._answered(self._clear())
        yield from self._worked()
        if self.stopped:
            for command in self._parser.take_real_time():
                yield from self._answered(self._real_time(command))

    def _awake(self) -> bool:
        """Whether its power is on; a head that was hot has cooled down when its time is over."""
        if self._well_at is not None and time.monotonic() >= self._well_at:
            self._fault, self._well_at = "", None
        return time.monotonic() >= self._off_until

    @property
    def stopped(self) -> bool:
        """Whether it cannot print now."""
        return self._cover_open or self._left_mm <= 0 or self._fault in FAULTS

    def _noise(self) -> Iterator[Burst]:
        """Once, and much of it."""
        for _ in range(0 if self._noise_sent else NOISE_BYTES // NOISE_PIECE):
            yield Burst(bytes(range(256)) * (NOISE_PIECE // 256))
        self._noise_sent = True

    def _worked(self) -> Iterator[Burst]:
        if not self.stopped:
            self.go_on()
        while not self.stopped and self._awake() and (command := self._parser.take()) is not None:
            if command.name == "ask-status":
                yield from self._answered(self._real_time(command))
            else:
                answer = self._asked(command)
                yield from self._answered(answer, after_s=self._backlog() if answer else 0.0)

    def _backlog(self) -> float:
        """How long after its last answer it comes to this one: it prints what was before it first."""
        before = max(time.monotonic(), self._answered_at)
        self._answered_at = max(before, self._busy_until)
        return self._answered_at - before

    def _answered(self, answer: bytes, after_s: float = 0.0) -> Iterator[Burst]:
        if not answer or self._fault == "silent":
            return
        self._answers += 1
        if self._fault == "half-answers" and self._answers % 2:
            return
        spoilt = {"garbage": b"\xe7" * len(answer), "other-model": OTHER_MODEL}
        yield Burst(spoilt.get(self._fault, answer), after_s, overtakes=not after_s)

    def _asked(self, command: Command) -> bytes:
        if command.name == "ask-paper":
            return b"" if self._fault == "no-sign" else bytes((0x03 * (self._left_mm < NEAR_END_MM),))
        if command.name == "ask-process":
            return b"" if self._fault == "no-sign" else b"\x37\x22" + command.data[2:6] + b"\x00"
        return self.do(command.name, command.data)

    def _clear(self) -> bytes:
        self._line.clear()
        self._rest = None
        return b"\x37\x25\x00"

    def _real_time(self, command: Command) -> bytes:
        kind = command.data[0]
        if kind == FULL_STATUS and self.presenter:
            return self._full_status()
        return bytes((0x12 | self._status_bits(kind),)) if 1 <= kind <= 4 else b""

    def _full_status(self) -> bytes:
        out, near = self._left_mm <= 0, self._left_mm < NEAR_END_MM
        paper = 0x01 * out | 0x04 * near | 0x20 * (self.hanging is not None)
        hot, cutter = self._fault == "head-hot", self._fault == "cutter"
        return bytes((0x10, 0x0F, paper, 0x02 * self._cover_open, 0x01 * hot, 0x01 * cutter))

    def _status_bits(self, kind: int) -> int:
        out, near = self._left_mm <= 0, self._left_mm < NEAR_END_MM
        bits = {1: 0x08 * self.stopped, 2: 0x04 * self._cover_open | 0x20 * out, 4: 0x0C * near | 0x60 * out}.get(
            kind, 0
        )
        _, where, bit = FAULTS.get(self._fault, (None, 0, 0))
        return bits | (bit if where == kind else 0) | (0x40 if kind == 2 and where == 3 else 0)

    def end_of_connection(self) -> None:
        """A TCP client hung up: what is printed and not cut is torn off."""
        self.tear_off()


def _is_real_time(data: bytes) -> bool:
    """Whether these bytes came as a question of their own: it is answered even in the middle of a picture."""
    return 3 <= len(data) <= 12 and data.startswith(b"\x10\x04")
