"""One or two switches: rows are framed one after the other, then what stands in the chosen row, then it is pressed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kivy.clock import Clock

from kiosk.keys import Hands, codes
from screens.focus import BODY, Line, Stop
from screens.keypad import Held

if TYPE_CHECKING:
    from screens.surface import Surface

ROUNDS = 3
"""Scanning that nobody answers stops after so many rounds."""
LISTEN_S = 0.2
"""How often it looks whether the voice has finished."""


class Scanning:
    """With one switch it goes on every `step_s`, with two the second switch moves it on."""

    def __init__(self, surface: "Surface", hands: Hands) -> None:
        self._surface = surface
        self._alone = hands.switches == "one"
        self._step_s = hands.step_s
        self._choosing, self._moving = codes(hands.choose), codes(hands.move)
        self._held = Held()
        self._line: Line | None = None
        """The row that was chosen; none while rows are scanned."""
        self._at = 0
        self._rounds = 0
        self._page = -1
        self._due = Clock.create_trigger(self._step, self._step_s)
        self.active = False

    # --- switches --------------------------------------------------------------------------------------------

    def down(self, key: int) -> bool:
        """A key of the window; False for one that is no switch."""
        if key not in self._choosing | self._moving:
            return False
        if not self._held.again(key):
            self._pressed(moves=key in self._moving)
        return True

    def up(self, key: int) -> bool:
        """It is let go."""
        self._held.let_go(key)
        return key in self._choosing | self._moving

    def _pressed(self, *, moves: bool) -> None:
        if self._surface.asleep:
            self._surface.wake_up()
            self.start()
        elif not self.active:
            self.start()
        elif self._has_turned():
            self._restart()  # the press was meant for the page before
        elif moves and not self._alone:
            self._move_on()
        else:
            self._choose()
        self._surface.without_touch.attend()

    def start(self) -> None:
        """From the first row."""
        self.active = self._surface.narrator.by_switch = True
        self._restart()

    def stop(self) -> None:
        """Until the next press of a switch."""
        self.active = self._surface.narrator.by_switch = False
        self._line = None
        self._due.cancel()
        self._surface.focus.draw()

    # --- going on --------------------------------------------------------------------------------------------

    def _restart(self, at: int = 0) -> None:
        self._page, self._line, self._at, self._rounds = self._surface.focus.page, None, at, 0
        self._mark()

    def _has_turned(self) -> bool:
        return self._page != self._surface.focus.page

    def _step(self, _: float) -> None:
        if self._surface.asleep and self._has_turned():
            self.stop()  # the visit is over
        elif self._surface.tools.voice.speaking:
            self._wait(LISTEN_S)
        elif self._has_turned():
            self._restart()
        else:
            self._move_on()

    def _wait(self, seconds: float) -> None:
        self._due.cancel()
        self._due.timeout = seconds
        self._due()

    def _move_on(self) -> None:
        self._at += 1
        if self._at >= self._length():
            self._at = 0
            self._rounds += 1
        if self._rounds >= ROUNDS and self._alone:
            self.stop()
        else:
            self._mark()

    def _length(self) -> int:
        """Rows, or what is in the row and the way back to the rows."""
        return len(self._lines()) if self._line is None else len(self._line) + 1

    def _lines(self) -> list[Line]:
        """What can be seen of the page, row by row; the page buttons lead to the rest."""
        focus = self._surface.focus
        lines = ([stop for stop in line if _useful(stop)] for line in focus.lines())
        return [line for line in lines if line and (line[0].area != BODY or focus.seen(line[0]))]

    def _mark(self) -> None:
        framed, aloud = self._framed()
        self._surface.focus.frame(framed)
        if aloud:
            self._surface.narrator.name(aloud)
        else:
            self._surface.narrator.back_to_rows()
        if self._alone:
            self._wait(self._step_s)

    def _framed(self) -> tuple[Sequence[Stop], Sequence[Stop]]:
        """What gets the frame, and what is named aloud: nothing for the way back to the rows."""
        if self._line is None:
            lines = self._lines()
            line = lines[min(self._at, len(lines) - 1)] if lines else []
            return line, line
        if self._at == len(self._line):
            return self._line, ()
        return [self._line[self._at]], [self._line[self._at]]

    # --- choosing --------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        if self._line is None:
            lines = self._lines()
            self._enter(lines[min(self._at, len(lines) - 1)] if lines else [])
        elif self._at == len(self._line):
            self._restart(self._row_of(self._line))
        else:
            self._press(self._line, self._line[self._at])

    def _enter(self, line: Line) -> None:
        if len(line) == 1:
            self._press(line, line[0])
        elif line:
            self._line, self._at, self._rounds = line, 0, 0
            self._mark()

    def _press(self, line: Line, stop: Stop) -> None:
        """Then it begins with the row it was in, which is the next letter's more often than not."""
        row = self._row_of(line)
        self._surface.focus.go(stop)
        self._surface.without_touch.press()
        self._line, self._at, self._rounds = None, row, 0
        if self._alone:
            self._wait(self._step_s)

    def _row_of(self, line: Line) -> int:
        wanted = {stop.key for stop in line}
        rows = (at for at, other in enumerate(self._lines()) if wanted & {stop.key for stop in other})
        return next(rows, 0)


def _useful(stop: Stop) -> bool:
    """Scanning has no time for page buttons that turn nothing; what says why it is not available stays."""
    return stop.piece.available or stop.piece.reason is not None
