"""Presses and types by real mouse events on the window, as a hand would: down, some frames, up. For demo and tests."""

import time
from collections.abc import Callable
from pathlib import Path

from kivy.base import EventLoop
from kivy.metrics import Metrics

from kiosk.keys import CODES
from screens.app import KioskApp
from screens.pieces import Piece
from screens.scroll import Scroll
from screens.touch import Pressable

FRAMES = 3
"""Turns of the main loop a finger stays down, and that are waited after it."""


class Robot:
    """A hand on one app. `between` is called before each frame: a demo hands its letters over there."""

    def __init__(self, app: KioskApp, between: Callable[[], None] = lambda: None) -> None:
        self._app = app
        self._between = between

    def frames(self, count: int = FRAMES) -> None:
        """Let the main loop turn."""
        for _ in range(count):
            self._between()
            self._app.frame(wait=False)

    def settle(self) -> None:
        """As `frames()`, for whoever looks at where things are and not at their picture, the slow part of a turn."""
        for _ in range(FRAMES):
            self._between()
            self._app.settle()

    def until(self, met: Callable[[], bool], timeout_s: float = 10.0) -> bool:
        """Let the main loop turn until a condition is met; returns whether it was."""
        end = time.monotonic() + timeout_s
        while not met():
            if time.monotonic() > end:
                return False
            self._between()
            self._app.frame()
        return True

    def names(self) -> list[str]:
        """What can be pressed now, by name."""
        return [piece.name for piece in self._app.surface.pressables()]

    def find(self, name: str) -> Pressable:
        """A pressable by its name: an option's key, an action's name, an event's kind ("BackPressed"), "key-a",
        "language", "size", "page-down", "section-0". Raises LookupError naming what there is."""
        found = [piece for piece in self._app.surface.pressables() if piece.name == name]
        if not found:
            raise LookupError(f"nothing to press is called {name!r}; there are {', '.join(self.names())}")
        return found[0]

    def press(self, name: str) -> None:
        """Press something; what is further down is scrolled to first."""
        piece = self.find(name)
        surface = self._app.surface
        for scroll in (surface.scroll, surface.panel.scroll if surface.panel else None):
            if scroll is not None and self._in(piece, scroll):
                scroll.show(piece)
                self.frames(1)
        self.tap(*self.spot(piece))

    def spot(self, piece: Piece) -> tuple[float, float]:
        """The middle of a piece in window coordinates."""
        x, y = piece.to_window(*piece.center)
        return float(x), float(y)

    def tap(self, x: float, y: float) -> None:
        """A touch at a point of the window, y upwards."""
        self.down(x, y)
        self.frames()
        self.up(x, y)
        self.frames()

    def down(self, x: float, y: float) -> None:
        """A finger comes down."""
        self._mouse("on_mouse_down", x, y)

    def up(self, x: float, y: float) -> None:
        """The finger goes up."""
        self._mouse("on_mouse_up", x, y)

    def move(self, x: float, y: float) -> None:
        """The finger moves while it is down."""
        window = EventLoop.window
        window.dispatch("on_mouse_move", x / Metrics.density, window.height - y, [])

    def wheel(self, x: float, y: float, button: str) -> None:
        """One notch of the wheel: "scrollup" is towards oneself (Kivy's name)."""
        for event in ("on_mouse_down", "on_mouse_up"):
            self._mouse(event, x, y, button)
        self.frames()

    def _mouse(self, event: str, x: float, y: float, button: str = "left") -> None:
        window = EventLoop.window
        window.dispatch(event, x, window.height - y, button, [])

    def key(self, name: str, repeats: int = 0) -> None:
        """Press a key of a keypad or switch by its name (kiosk.keys), held until it was told `repeats` times more."""
        window, code = EventLoop.window, CODES[name]
        for _ in range(1 + repeats):
            window.dispatch("on_key_down", code, 0, None, [])
            self.frames(1)
        window.dispatch("on_key_up", code, 0)
        self.frames()

    def type(self, text: str) -> None:
        """Type letters and digits on the in-app keyboard, changing to its letters or digits where they are not there."""
        for letter in text.lower():
            key = "key-space" if letter == " " else f"key-{letter}"
            if key not in self.names():
                self._switch("mode-digits" if letter.isdigit() else "mode-latin")
            self.press(key)

    def _switch(self, mode: str) -> None:
        """Another face of the keyboard, behind "more" if need be."""
        if mode not in self.names():
            self.press("mode-more")
        self.press(mode)

    def photograph(self, path: Path | str) -> None:
        """Save what the surface shows."""
        self.frames(1)
        self._app.photograph(path)

    @staticmethod
    def _in(piece: Piece, scroll: Scroll) -> bool:
        return any(found is piece for item in scroll.items for found in item.walk(restrict=True))
