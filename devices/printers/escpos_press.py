"""The inside of a simulated ticket printer: carries commands out on paper, as far as paper, cover, cutter and head let it.

Something can be set to happen in the middle of the next slip (`happens_at`); what was printed until then stays on the paper.
"""

import itertools
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from devices.printers import qr
from devices.printers.escpos_paper import DOTS_PER_MM, LINE, Paper, png

ROLL_MM = 50_000.0
NEAR_END_MM = 3_000.0
LONGEST_CODE = 500
"""Bytes of a QR code; more is not read off a slip."""


class Press:
    """Paper, head, cutter and outlet. `out`: a folder for `slip-001.png` and so on; without it slips stay in memory.

    `mm_per_s`: how fast paper comes out, 0: at once (250 is usual). `presenter`: whether it has a sensor in the outlet and can
    pull a slip back.
    """

    def __init__(self, width: int, out: str, mm_per_s: float, roll_mm: float, presenter: bool) -> None:
        self.width = width
        self.presenter = presenter
        self.slips: list[Image.Image] = []
        self.hanging: Image.Image | None = None
        self.retracted = 0
        self.unknown = 0
        self._mm_per_s = mm_per_s
        self._out = Path(out) if out else None
        self._roll_mm = roll_mm
        self._left_mm = roll_mm
        self._busy_until = 0.0
        self._happens_at: float | None = None
        self._happens: Callable[[], bool] = lambda: False
        self._rest: Image.Image | None = None
        self._cutter_sticks: Callable[[], None] | None = None
        self._numbers = itertools.count(1)
        self._paper = Paper(width)
        self._reset_style()

    def _reset_style(self) -> None:
        self._line = bytearray()
        self._times, self._bold, self._centred = 1, False, False
        self._code, self._module = b"", 6

    def happens_at(self, mm: float, act: Callable[[], bool]) -> None:
        """Do something `mm` into the next slip; it says whether the rest of the picture at the head is printed later."""
        self._happens_at, self._happens = mm, act

    def nothing_happens(self) -> None:
        """Take back what was to happen in the next slip."""
        self._happens_at = self._cutter_sticks = None

    # --- commands ------------------------------------------------------------------------------------------

    def do(self, name: str, data: bytes) -> bytes:
        """Carry a command out; what it answers."""
        act: Callable[[bytes], bytes | None] = getattr(self, "_do_" + name.replace("-", "_"), self._ignore)
        return act(data) or b""

    def go_on(self) -> None:
        """Print what was left of a picture when the head stopped."""
        if rest := self._rest:
            self._rest = None
            self._print_rows(rest)

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
        line = Paper(self.width)
        line.text(bytes(self._line), times=self._times, bold=self._bold, centred=self._centred)
        self._line.clear()
        self._print_rows(line.ink())

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
            self._module = (data[2:3] or b"\x06")[0]
        elif kind == b"P":
            self._code = data[3 : 3 + LONGEST_CODE]
        elif kind == b"Q":
            self._print_rows(self._code_picture())

    def _code_picture(self) -> Image.Image:
        code = qr.picture(self._code.decode(errors="replace"), 1)
        side = code.width // 3 * max(1, min(self._module, 16))
        page = Image.new("1", (self.width, side + 16), 0)
        page.paste(code.resize((side, side)), ((self.width - side) // 2 if self._centred else 0, 8))
        return page

    def _do_cut(self, _data: bytes) -> None:
        if self._cutter_sticks and not self._paper.blank:
            sticks, self._cutter_sticks = self._cutter_sticks, None
            sticks()
            return
        slip, self._paper = self._paper, Paper(self.width)
        if not slip.blank:
            self._finish(slip.picture())

    def _do_ejector(self, data: bytes) -> None:
        """GS e: 2 pulls the slip back, the others push it out."""
        if data[0] == 2 and self.presenter and self.hanging:
            self.hanging = None
            self.retracted += 1

    # --- paper ---------------------------------------------------------------------------------------------

    def _print_rows(self, picture: Image.Image) -> None:
        """Print row by row as far as the paper lasts, or until something happens."""
        rows = min(picture.height, max(0, int(self._left_mm * DOTS_PER_MM)))
        if happens := self._happens_within(rows):
            rows = max(0, int((self._happens_at or 0) * DOTS_PER_MM) - self._paper.height)
        self._print(lambda: self._paper.add(picture.crop((0, 0, picture.width, rows))))
        if happens:
            self._happens_at = None
            if self._happens():
                self._rest = picture.crop((0, rows, picture.width, picture.height))
        elif rows < picture.height:
            self._left_mm = 0.0

    def _happens_within(self, rows: int) -> bool:
        return self._happens_at is not None and self._paper.height + rows >= self._happens_at * DOTS_PER_MM

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

    def tear_off(self) -> None:
        """What is printed and not cut is torn off."""
        if not self._paper.blank:
            slip, self._paper = self._paper, Paper(self.width)
            self._finish(slip.picture())
