"""The technician's hidden gesture: press and hold at the hall's name, let go, touch twice at the same place.

Nothing shows that it exists. It looks on: whatever is touched does what it always does. By touch it is the upper edge of
the start page, where reading starts; by keypad the help key. Held too short or too long, moved, or with a second finger,
it is somebody else.
"""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from kiosk.events.touches import UpkeepAsked
from kiosk.views.start import AttractView, HomeView

if TYPE_CHECKING:
    from screens.surface import Surface

HOLD_S, LONGEST_S = 5.0, 12.0
TAP_S = 0.7
"""A touch that is let go within this counts as a tap."""
WITHIN_S = 3.0
"""From letting go to the second tap."""
TAPS = 2
EDGE_MM, SHARE = 25.0, 0.6
"""The place: so far down from the upper edge, and this share of the width from where reading starts."""
STILL_MM = 12.0
"""An old hand trembles; a wipe goes further."""


class Pattern:
    """One thing that is pressed and let go: held long, then twice short."""

    def __init__(self, done: Callable[[], None], clock: Callable[[], float] = monotonic) -> None:
        self._done, self._clock = done, clock
        self._down_at: float | None = None
        self._held_at: float | None = None
        """When the long press ended; None while there was none."""
        self._taps = 0

    def down(self) -> None:
        """It is pressed."""
        self._down_at = self._clock()

    def up(self) -> None:
        """It is let go."""
        began, now, self._down_at = self._down_at, self._clock(), None
        if began is None:
            return
        if HOLD_S <= now - began <= LONGEST_S:
            self._held_at, self._taps = now, 0
        elif now - began <= TAP_S and self._held_at is not None and now - self._held_at <= WITHIN_S:
            self._tapped()
        else:
            self.forget()

    def _tapped(self) -> None:
        self._taps += 1
        if self._taps == TAPS:
            self.forget()
            self._done()

    def forget(self) -> None:
        """Something else happened: from the beginning."""
        self._down_at = self._held_at = None
        self._taps = 0


class Hidden:
    """Both ways in, on one surface."""

    def __init__(self, surface: "Surface", clock: Callable[[], float] = monotonic) -> None:
        self._surface = surface
        self._finger = Pattern(self._ask, clock)
        self._key = Pattern(self._ask, clock)
        self._start: tuple[float, float] | None = None
        self._clock = clock
        self._fingers = 0
        self._last = clock()

    # --- fingers ---------------------------------------------------------------------------------------------

    def touched(self, x: float, y: float) -> None:
        """A finger comes down. One whose going was never told is forgotten after a while."""
        if self._clock() - self._last > LONGEST_S:
            self._fingers = 0
        self._fingers, self._last = self._fingers + 1, self._clock()
        if self._fingers == 1 and self._here and self._in_place(x, y):
            self._start = (x, y)
            self._finger.down()
        else:
            self._stray()

    def moved(self, x: float, y: float) -> None:
        """It moves."""
        if self._start and max(abs(x - self._start[0]), abs(y - self._start[1])) > self._px(STILL_MM):
            self._stray()

    def lifted(self) -> None:
        """A finger goes up."""
        self._fingers = max(0, self._fingers - 1)
        if self._start:
            self._start = None
            self._finger.up()

    def _stray(self) -> None:
        self._start = None
        self._finger.forget()

    def _in_place(self, x: float, y: float) -> bool:
        surface = self._surface
        along = surface.right - x if surface.mirrored else x - surface.x
        return bool(along <= surface.width * SHARE and surface.top - y <= self._px(EDGE_MM))

    def _px(self, mm: float) -> float:
        return self._surface.theme.px(mm)

    # --- keys ------------------------------------------------------------------------------------------------

    def key_down(self, what: str, *, held: bool) -> None:
        """A key of the keypad, by what it is for."""
        if what != "help" or not self._here:
            self._key.forget()
        elif not held:
            self._key.down()

    def key_up(self, what: str) -> None:
        """It is let go."""
        if what == "help":
            self._key.up()

    # --- both ------------------------------------------------------------------------------------------------

    @property
    def _here(self) -> bool:
        """Whether nobody has begun anything."""
        return isinstance(self._surface.view, AttractView | HomeView)

    def _ask(self) -> None:
        if self._here:
            self._surface.close_panel()
            self._surface.tell(UpkeepAsked())
