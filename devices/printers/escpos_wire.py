"""The far end of a ticket printer's cable: takes ESC/POS bytes, prints them on paper, and has a person's hands.

A state machine without threads: `exchange(bytes, baud)` says what it answers and when. Behind `sim://` it is a printer
for the kiosk, behind `kiosk simulate escpos` one on TCP port 9100 for any program.
"""

import itertools
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

from devices.hands import Hand, Sight
from devices.printers import qr
from devices.printers.escpos_paper import DOTS_PER_MM, LINE, Paper, png
from devices.printers.escpos_parse import CLEAR, Command, Parser
from devices.transports.sim import Burst
from kiosk.errors import SetupError
from kiosk.texts import Msg, msg

ROLL_MM = 50_000.0
NEAR_END_MM = 3_000.0
FAULTS: dict[str, tuple[Msg, int, int]] = {
    "cutter": (msg("Cutter stuck"), 3, 0x08),
    "head-hot": (msg("Print head too hot"), 3, 0x40),
    "hardware": (msg("Printer error"), 3, 0x20),
    "offline": (msg("Switched offline"), 1, 0x08),
}
"""Faults that show in a status byte and stop printing: label, n, bit."""
MOODS: dict[str, Msg] = {
    "silent": msg("No answers"),
    "stuck": msg("Takes no more data"),
    "garbage": msg("Answers nonsense"),
    "no-sign": msg("Never says that it is done"),
}
"""Faults of behaviour."""


class Wire:
    """A printer with hands. `out`: a folder for `slip-001.png` and so on; without it slips stay in memory.

    `mm_per_s`: how fast paper comes out, 0: at once (250 is usual); its cable is not slowed down.
    """

    def __init__(self, width: int = 576, out: str = "", mm_per_s: float = 0.0, roll_mm: float = ROLL_MM) -> None:
        self.width = width
        self.paced = False
        self._mm_per_s = mm_per_s
        self.plugged = True
        self.slips: list[Image.Image] = []
        self.hanging: Image.Image | None = None
        self.unknown = 0
        self._last_seen: tuple[Image.Image | None, bytes] = (None, b"")
        self._out = Path(out) if out else None
        self._roll_mm = roll_mm
        self._left_mm = roll_mm
        self._cover_open = False
        self._fault = ""
        self._stuck_in: int | None = None
        self._busy_until = 0.0
        self._parser = Parser()
        self._numbers = itertools.count(1)
        self._restart()

    def _restart(self) -> None:
        self._paper = Paper(self.width)
        self._reset_style()

    def _reset_style(self) -> None:
        self._line = bytearray()
        self._times, self._bold, self._centred = 1, False, False
        self._code, self._module = b"", 6

    # --- hands ---------------------------------------------------------------------------------------------

    def take(self, _choice: str = "") -> None:
        """Take the slip that hangs out."""
        self.hanging = None

    def refill(self, _choice: str = "") -> None:
        """Put in a new roll: the end of the old one is pulled out, and the printer goes on with what it had received."""
        if not self._paper.blank:
            self._do_cut(b"")
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
        """A fault by name; "" or "none" ends it; "stuck:N" takes N more bytes and then none. Raises SetupError."""
        name, _, count = fault.partition(":")
        if name not in {"", "none", *FAULTS, *MOODS}:
            raise SetupError(f"The printer has no fault {fault!r}. Known are {', '.join((*FAULTS, *MOODS))}, none.")
        self._fault = "" if name == "none" else name
        self._stuck_in = (int(count) if count.isdecimal() else 0) if name == "stuck" else None

    def unplug(self, _choice: str = "") -> None:
        """Pull the cable: what it had received and not printed is lost."""
        self.plugged = False
        self._parser.clear()

    def plug(self, _choice: str = "") -> None:
        """Put the cable back."""
        self.plugged = True

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers."""
        amounts = (("near-end", msg("Nearly")), ("end", msg("Now")), ("20", msg("After 20 mm")))
        moods = (("none", msg("No fault")), *((key, label) for key, (label, _, _) in FAULTS.items()), *MOODS.items())
        return (
            Hand("take", msg("Take the slip"), "receipt-text-check", self.take),
            Hand("use_up", msg("Run out of paper"), "paper-roll-outline", self.use_up, amounts),
            Hand("refill", msg("Put in a new roll"), "paper-roll", self.refill),
            Hand("open_cover", msg("Open the cover"), "package-variant", self.open_cover),
            Hand("close_cover", msg("Close the cover"), "package-variant-closed", self.close_cover),
            Hand("fault", msg("Printer fault"), "alert", self.break_with, moods),
            Hand("unplug", msg("Pull the cable"), "power-plug-off", self.unplug),
            Hand("plug", msg("Put the cable back"), "power-plug", self.plug),
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
        if self._stuck_in is not None:
            self._stuck_in = max(0, self._stuck_in - len(data))
        if _is_real_time(data) and self.takes():
            yield from self._answered(self._real_time(Command("clear" if data[1] == 0x14 else "ask-status", data[2:3])))
            data = data[10 if data[1] == 0x14 else 3 :]
        self._parser.feed(data)
        yield from self._worked()
        if self.stopped:
            for command in self._parser.take_real_time():
                yield from self._answered(self._real_time(command))

    @property
    def stopped(self) -> bool:
        """Whether it cannot print now."""
        return self._cover_open or self._left_mm <= 0 or self._fault in FAULTS

    def _worked(self) -> Iterator[Burst]:
        while not self.stopped and (command := self._parser.take()) is not None:
            if command.name in ("ask-status", "clear"):
                yield from self._answered(self._real_time(command))
            else:
                yield from self._answered(self._do(command), after_s=self._backlog())

    def _backlog(self) -> float:
        return max(0.0, self._busy_until - time.monotonic())

    def _answered(self, answer: bytes, after_s: float = 0.0) -> Iterator[Burst]:
        if not answer or self._fault == "silent":
            return
        yield Burst(b"\xe7" * len(answer) if self._fault == "garbage" else answer, after_s, overtakes=not after_s)

    def _real_time(self, command: Command) -> bytes:
        if command.name == "clear":
            self._parser.clear()
            self._line.clear()
            return b"\x37\x25\x00"
        kind = command.data[0]
        return bytes((0x12 | self._status_bits(kind),)) if 1 <= kind <= 4 else b""

    def _status_bits(self, kind: int) -> int:
        out, near = self._left_mm <= 0, self._left_mm < NEAR_END_MM
        bits = {1: 0x08 * self.stopped, 2: 0x04 * self._cover_open | 0x20 * out, 4: 0x0C * near | 0x60 * out}.get(
            kind, 0
        )
        _, where, bit = FAULTS.get(self._fault, (None, 0, 0))
        return bits | (bit if where == kind else 0) | (0x40 if kind == 2 and where == 3 else 0)

    def _do(self, command: Command) -> bytes:
        """Carry a command out; what it answers."""
        act: Callable[[bytes], bytes | None] = getattr(self, "_do_" + command.name.replace("-", "_"), self._ignore)
        return act(command.data) or b""

    def _ignore(self, _data: bytes) -> None:
        """Commands that change nothing one can see here."""

    def _do_unknown(self, _data: bytes) -> None:
        self.unknown += 1

    def _do_init(self, _data: bytes) -> None:
        self._reset_style()

    def _do_align(self, data: bytes) -> None:
        self._centred = data[0] in (1, ord("1"))

    def _do_bold(self, data: bytes) -> None:
        self._bold = bool(data[0] & 1)

    def _do_size(self, data: bytes) -> None:
        self._times = 1 + (data[0] & 0x07)

    def _do_text(self, data: bytes) -> None:
        self._line += data

    def _do_line_feed(self, _data: bytes) -> None:
        self._print(
            lambda: self._paper.text(bytes(self._line), times=self._times, bold=self._bold, centred=self._centred)
        )
        self._line.clear()

    def _do_feed_lines(self, data: bytes) -> None:
        self._print(lambda: self._paper.feed(data[0] * LINE))

    def _do_feed_dots(self, data: bytes) -> None:
        self._print(lambda: self._paper.feed(data[0]))

    def _do_raster(self, data: bytes) -> None:
        across, rows = int.from_bytes(data[:2], "little"), int.from_bytes(data[2:4], "little")
        if across and rows:
            self._print_rows(Image.frombytes("1", (across * 8, rows), data[4:]))

    def _do_code(self, data: bytes) -> None:
        """GS ( k, QR codes: 49 67 size, 49 80 48 data, 49 81 48 print."""
        kind = data[1:2]
        if kind == b"C":
            self._module = data[2]
        elif kind == b"P":
            self._code = data[3:]
        elif kind == b"Q":
            self._print(self._print_code)

    def _print_code(self) -> None:
        code = qr.picture(self._code.decode(errors="replace"), 1)
        side = code.width // 3 * self._module
        page = Image.new("1", (self.width, side + 16), 0)
        page.paste(code.resize((side, side)), ((self.width - side) // 2 if self._centred else 0, 8))
        self._paper.add(page)

    def _do_cut(self, _data: bytes) -> None:
        slip, self._paper = self._paper, Paper(self.width)
        if not slip.blank:
            self._finish(slip.picture())

    def _do_ask_paper(self, _data: bytes) -> bytes:
        return b"" if self._fault == "no-sign" else bytes((0x03 * (self._left_mm < NEAR_END_MM),))

    def _do_ask_process(self, data: bytes) -> bytes:
        return b"" if self._fault == "no-sign" else b"\x37\x22" + data[2:6] + b"\x00"

    # --- paper ---------------------------------------------------------------------------------------------

    def _print_rows(self, picture: Image.Image) -> None:
        """Print row by row as far as the paper lasts; the rest of the picture waits for nobody."""
        rows = min(picture.height, max(0, int(self._left_mm * DOTS_PER_MM)))
        self._print(lambda: self._paper.add(picture.crop((0, 0, picture.width, rows))))
        if rows < picture.height:
            self._left_mm = 0.0

    def _print(self, act: Callable[[], None]) -> None:
        before = self._paper.height
        act()
        used_mm = (self._paper.height - before) / DOTS_PER_MM
        self._left_mm = max(0.0, self._left_mm - used_mm)
        if self._mm_per_s:
            self._busy_until = max(self._busy_until, time.monotonic()) + used_mm / self._mm_per_s

    def _finish(self, picture: Image.Image) -> None:
        self.slips.append(picture)
        self.hanging = picture
        if self._out:
            (self._out / f"slip-{next(self._numbers):03d}.png").write_bytes(png(picture))

    def end_of_connection(self) -> None:
        """A TCP client hung up: what is printed and not cut is torn off."""
        if not self._paper.blank:
            self._do_cut(b"")


def _is_real_time(data: bytes) -> bool:
    """Whether these bytes came as a real-time command of their own: it is obeyed even in the middle of a picture."""
    return len(data) <= 12 and (data.startswith((CLEAR, b"\x10\x04")) and len(data) >= 3)
