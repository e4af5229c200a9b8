"""Tells events to whoever plays the visit: each once per shown view, unless it may repeat."""

from collections.abc import Callable

from kivy.clock import Clock

from kiosk.events.model import Event
from screens.controls import is_for_good

AGAIN_S = 1.5
"""After this long an action that changed nothing may be told again, so that no button stays dead."""


class Teller:
    """One surface's: a second tap on the same button says nothing new."""

    def __init__(self, tell: Callable[[Event], None]) -> None:
        self._tell = tell
        self._told: set[Event] = set()

    def forget(self) -> None:
        """Another view is on the screen."""
        self._told.clear()

    def tell(self, event: Event) -> None:
        """Once; what is for good never again on this view."""
        if not event.repeats:
            if event in self._told:
                return
            self._told.add(event)
            if not is_for_good(event):
                Clock.schedule_once(lambda _: self._told.discard(event), AGAIN_S)
        self._tell(event)
