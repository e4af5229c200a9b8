"""The main loop sleeps in SDL until something happens, instead of turning sixty times a second.

Kivy's clock ends each frame by sleeping to the next sixtieth. Here it blocks in `SDL_WaitEventTimeout(NULL, ms)`, which
leaves the event in the queue for Kivy's own poll: a touch is seen at once, and an idle kiosk uses next to no CPU.
Worker threads wake it with a user event. Without the library (another window provider) it sleeps in short slices.
"""

import ctypes
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import kivy
from kivy.base import EventLoop
from kivy.clock import Clock

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
        self._sdl = _library()
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


def _library() -> ctypes.CDLL | None:
    """The SDL2 that Kivy itself has loaded."""
    folder = Path(kivy.__file__).resolve().parent.parent
    found = [*folder.glob("[Kk]ivy.libs/libSDL2-2*"), *folder.glob("kivy/.libs/libSDL2-2*")]
    for name in [*map(str, found), "libSDL2-2.0.so.0"]:
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        library.SDL_PushEvent.argtypes = [ctypes.c_void_p]
        library.SDL_WaitEventTimeout.argtypes = [ctypes.c_void_p, ctypes.c_int]
        library.SDL_RegisterEvents.restype = ctypes.c_uint32
        return library
    log.warning("SDL2 was not found beside Kivy: the main loop sleeps in slices of %d ms", SLICE_S * 1000)
    return None
