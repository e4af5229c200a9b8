"""A small pool of threads for questions to the centre."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

log = logging.getLogger(__name__)


class ThreadPool:
    """Two threads by default: one question may hang in its time-out while another is asked."""

    def __init__(self, threads: int = 2) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="centre")

    def ask(self, work: Callable[[], Any], done: Callable[[Any], None]) -> "PoolRequest":
        """Run `work` in a thread, then `done` with its result or exception."""
        return PoolRequest(self._executor.submit(_run, work, done))

    def close(self) -> None:
        """Take no more; what is running ends by its own time-out."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def finish(self) -> None:
        """Take no more, and end what was begun or asked for: for work that ends soon by itself."""
        self._executor.shutdown(wait=True)


class PoolRequest:
    """A question that was asked."""

    def __init__(self, future: "Future[None]") -> None:
        self._future = future

    def cancel(self) -> None:
        """A question that has begun is not stopped: its late answer is dropped by the visit number."""
        self._future.cancel()


def _run(work: Callable[[], Any], done: Callable[[Any], None]) -> None:
    try:
        result = work()
    except Exception as error:  # noqa: BLE001  the asker turns it into an event
        result = error
    done(result)
