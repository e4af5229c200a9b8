"""The main loop sleeps in SDL until something happens, instead of turning sixty times a second.

Kivy's clock ends each frame by sleeping to the next sixtieth. Here it blocks in `SDL_WaitEventTimeout(NULL, ms)`, which
leaves the event in the queue for Kivy's own poll: a touch is seen at once, and an idle kiosk uses next to no CPU.
Worker threads wake it with a user event. Without the library (another window provider) it sleeps in short slices.
"""

import ctypes
import logging
import threading
from collections.abc import Callable
from typing import Any

from kivy.base import EventLoop
from kivy.clock import Clock

from screens import sdl

log = logging.getLogger(__name__)
CAP_S = 0.25
"""The longest sleep in one go."""
SLICE_S = 0.01
"""Without SDL: how long a touch may wait unseen."""
EVENT_BYTES = 64
"""SDL_Event is a union of 56 bytes (SDL 2.30, SDL_events.h); a little more does no harm."""
FRAME_S = 1 / 60
"""Never more frames than this while something moves."""


class Pacing:
    """Replaces the clock's idling. `pump` is called on the main thread soon after `wake()`."""

    def __init__(self, pump: Callable[[], None]) -> None:
        self._pump = pump
        self._sdl = sdl.library()
        if self._sdl is None:
            log.warning("SDL2 was not found beside Kivy: the main loop sleeps in slices of %d ms", SLICE_S * 1000)
        self._user_event = self._sdl.SDL_RegisterEvents(1) if self._sdl else 0
        self._letters = threading.Event()
        self._fresh = False

    def install(self) -> None:
        """Take the clock's place; `remove()` gives it back."""
        Clock.idle = self.idle

    def remove(self) -> None:
        """Give the clock its own idling back."""
        if "idle" in vars(_clock()):
            del Clock.idle

    def wake(self) -> None:
        """Make the main loop run `pump()` at once. May be called from any thread."""
        self._letters.set()
        if self._sdl:
            event = ctypes.create_string_buffer(EVENT_BYTES)
            ctypes.c_uint32.from_buffer(event).value = self._user_event
            self._sdl.SDL_PushEvent(event)

    def hurry(self) -> None:
        """Let the next turn of the loop not wait; only on the main thread."""
        self._fresh = True

    def idle(self) -> float:
        """Wait until something is due, keep the clock's books, hand over letters; returns the time (s)."""
        clock = _clock()
        self._wait(self._patience())
        current: float = clock.time()
        clock._dt = current - clock._last_tick
        clock._last_tick = current
        if self._letters.is_set():
            self._letters.clear()
            self._pump()
        return current

    def _patience(self) -> float:
        if self._letters.is_set() or self._fresh or EventLoop.quit or _touched():
            self._fresh = False
            return 0.0
        now = Clock.time()
        due = Clock.get_min_timeout()
        window = EventLoop.window
        if window and window.canvas.needs_redraw:
            return 0.0
        return min(CAP_S, max(0.0, due - now))

    def _wait(self, seconds: float) -> None:
        if seconds <= 0:
            return
        if self._sdl:
            self._fresh = bool(self._sdl.SDL_WaitEventTimeout(None, max(1, round(seconds * 1000))))
        else:
            self._letters.wait(min(seconds, SLICE_S))


def _touched() -> bool:
    """Whether a provider already holds a touch: one that came between the wait and Kivy's poll must not wait again."""
    return any(getattr(provider, "waiting_event", None) for provider in EventLoop.input_providers)


def _clock() -> Any:
    """The clock behind Kivy's proxy."""
    return object.__getattribute__(Clock, "_obj")
