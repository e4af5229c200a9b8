"""Several readers asked for one card: the first one to see a card decides, the others stop; one that is out of order is
tried again beside the others, and only when none works there is no reader."""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from kiosk.events.cards import CardFailed, CardReaderLost
from kiosk.events.model import Event
from kiosk.ports.worker import DeviceWorker, Request

log = logging.getLogger(__name__)

AGAIN_S = 0.5
"""Between two attempts with a reader that is out of order."""

Reading: TypeAlias = Callable[[str, Any, threading.Event], Event | None]
"""Waits for a card and reads it: (reader's name, reader, set when cancelled) -> the event, None when cancelled."""


class Race:
    """One request over several workers. `trouble` makes an event of an exception; `ended` is called before the last event
    is posted."""

    def __init__(
        self,
        workers: Mapping[str, DeviceWorker],
        post: Callable[[Event], None],
        trouble: Callable[[str, Exception], Event],
        ended: Callable[[], None],
    ) -> None:
        self._workers = workers
        self._post = post
        self._trouble = trouble
        self._ended = ended
        self._lock = threading.RLock()
        self._asked: dict[str, Request] = {}
        self._lost: set[str] = set()
        self._leader = ""
        """The reader that saw a card."""
        self._over = False

    def begin(self, reading: Reading) -> None:
        """Ask all."""
        for name in self._workers:
            self._ask(name, reading)

    def cancel(self) -> None:
        """Stop all; nothing is posted from now on."""
        with self._lock:
            self._over = True
            self._stop("")

    def works(self, name: str) -> None:
        """A reader has answered."""
        with self._lock:
            self._lost.discard(name)

    def leads(self, name: str, event: Event) -> bool:
        """A reader has seen a card and says so with `event`, unless another one was first."""
        with self._lock:
            if self._over or self._leader not in ("", name):
                return False
            self._leader = name
            self._stop(name)
            self._post(event)
            return True

    def _ask(self, name: str, reading: Reading) -> None:
        with self._lock:
            if not self._over and self._leader in ("", name):
                work = lambda reader, cancelled: reading(name, reader, cancelled)  # noqa: E731  bound to this name
                self._asked[name] = self._workers[name].ask(work, lambda result: self._done(name, result, reading))

    def _done(self, name: str, result: object, reading: Reading) -> None:
        with self._lock:
            if self._over or self._leader not in ("", name) or result is None:
                return
            event = self._event(name, result)
            if isinstance(event, CardReaderLost) and len(self._lost) < len(self._workers):
                self._without(name, reading)
            else:
                self._end(event)

    def _event(self, name: str, result: object) -> Event:
        """The result as an event; a reader that was lost is noted, and logged once."""
        if isinstance(result, Event):
            return result
        assert isinstance(result, Exception)  # noqa: S101 (a request ends with what its work returned or raised)
        event = self._trouble(name, result)
        if name not in self._lost:
            log.warning("a request failed: %s", result)
        if isinstance(event, CardReaderLost):
            self._lost.add(name)
        return event

    def _without(self, name: str, reading: Reading) -> None:
        """The others go on. Lost while it read a card, the person has to do something; else it is tried again."""
        if self._leader:
            self._end(CardFailed())
            return
        pause = lambda _reader, cancelled: not cancelled.wait(AGAIN_S)  # noqa: E731
        again = lambda waited: self._ask(name, reading) if waited is True else None  # noqa: E731
        self._asked[name] = self._workers[name].ask(pause, again)

    def _end(self, event: Event) -> None:
        self._over = True
        self._stop("")
        self._ended()
        self._post(event)

    def _stop(self, spared: str) -> None:
        for name, request in self._asked.items():
            if name != spared:
                request.cancel()
