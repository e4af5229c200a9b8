"""Watches whether a slip is taken, between everything else its printer's worker does; one that is left is put away."""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

from kiosk.handlers.results import SLICE_S
from kiosk.ports.worker import DeviceWorker

log = logging.getLogger(__name__)

LEFT_S = 30.0
"""How long after the end of its visit a slip may lie there: time to come back for it, not long enough for the next person."""


class SlipWatch:
    """One slip at the outlet of a printer that can tell. `taken` is called from the worker's thread."""

    def __init__(self, worker: DeviceWorker, taken: Callable[[], None], left_s: float = LEFT_S) -> None:
        self._worker, self._taken, self._left_s = worker, taken, left_s
        self._lying = True
        self._until = float("inf")

    def begin(self) -> None:
        """Look from now on, a slice at a time, so that prints and questions for the status come in between."""
        self._worker.ask(self._look, self._looked)

    def visit_over(self) -> None:
        """Its person has gone."""
        self._until = min(self._until, monotonic() + self._left_s)

    def put_away(self, printer: Any) -> None:
        """In the worker's thread: a slip that still lies there is pulled back where the printer can, and watched no more."""
        if not self._lying:
            return
        self._lying = False
        gone = printer.capabilities.can_retract and printer.retract()
        log.warning("a slip was left in the printer%s", " and pulled back" if gone else "")

    def _look(self, printer: Any, _cancelled: object) -> bool | None:
        if not self._lying:
            return None
        taken: bool | None = printer.await_taken(SLICE_S)
        if taken is False and monotonic() > self._until:
            self.put_away(printer)
        return taken

    def _looked(self, result: object) -> None:
        """Anything but yes and no is a printer that went away: nothing is known any more."""
        if result is True:
            self._lying = False
            self._taken()
        elif result is False and self._lying:
            self.begin()
