"""A keypad for people who do not touch: four arrows, OK and help, as keys of the window."""

from time import monotonic
from typing import TYPE_CHECKING

from kiosk.keys import Hands, codes

if TYPE_CHECKING:
    from screens.surface import Surface

WAYS = ("up", "down", "left", "right")
REPEATING_S = 1.0
"""A key that comes again this soon without having been let go is held down; a later one was pressed anew, and the
keyboard lost its release."""


class Held:
    """Which keys are down: a held key is told again and again."""

    def __init__(self) -> None:
        self._since: dict[int, float] = {}

    def again(self, key: int) -> bool:
        """A key is told; returns whether it has been down already."""
        before, now = self._since.get(key), monotonic()
        self._since[key] = now
        return before is not None and now - before < REPEATING_S

    def let_go(self, key: int) -> None:
        """It is up."""
        self._since.pop(key, None)


class Keypad:
    """Arrows move the focus and repeat while held; OK and help count once for each press."""

    def __init__(self, surface: "Surface", hands: Hands) -> None:
        self._surface = surface
        self._meant = {code: what for what in (*WAYS, "ok", "help") for code in codes(getattr(hands, what))}
        self._held = Held()

    def down(self, key: int) -> bool:
        """A key of the window; False for one that is not the keypad's."""
        what = self._meant.get(key)
        if what is None:
            return False
        held = self._held.again(key)
        self._surface.hidden.key_down(what, held=held)
        if self._surface.asleep:
            self._wake(held)
        elif what in WAYS:
            self._surface.without_touch.steer(what)
        elif not held and what == "ok":
            self._surface.without_touch.press()
        elif not held:
            self._surface.without_touch.toggle_help()
        return True

    def up(self, key: int) -> bool:
        """It is let go."""
        self._held.let_go(key)
        if key in self._meant:
            self._surface.hidden.key_up(self._meant[key])
        return key in self._meant

    def _wake(self, held: bool) -> None:
        """As the first touch does: it presses nothing, and neither does a key that is still held on the next page."""
        if not held:
            self._surface.focus.visible = True
            self._surface.wake_up()
