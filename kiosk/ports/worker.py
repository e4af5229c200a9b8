"""Threads that do the blocking work: one per device, a small pool for questions to the centre."""

import threading
from collections.abc import Callable
from typing import Any, Protocol


class Request(Protocol):
    """Work that was asked for."""

    def cancel(self) -> None:
        """Stop it soon; harmless when it has ended."""


class DeviceWorker(Protocol):
    """One device and the thread that owns it."""

    def ask(self, work: Callable[[Any, threading.Event], Any], done: Callable[[Any], None]) -> Request:
        """Run `work(device, cancelled)` in the device's thread, then `done(result)` there; the result is the exception
        when `work` raised one. `work` looks at `cancelled` at least every 0.25 s."""


class Pool(Protocol):
    """Runs blocking questions."""

    def ask(self, work: Callable[[], Any], done: Callable[[Any], None]) -> Request:
        """Run `work()` in a thread, then `done(result or exception)` there."""
