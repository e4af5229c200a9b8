"""The one place where threads meet: they post letters, the main thread empties the box."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from kiosk.events.model import Event
from kiosk.world import World


@dataclass(frozen=True, repr=False)
class Letter:
    """An event for a visit, by its number."""

    visit: int
    event: Event


@dataclass(frozen=True)
class News:
    """Something changed outside, for whoever is here: a new world from the old one. `between_visits`: it would pull
    the ground from under a visit (another catalogue), so it waits until nobody is here."""

    change: Callable[[World], World]
    between_visits: bool = False


class Mailbox:
    """Unbounded and thread-safe. `wake` is called after each post, from the posting thread."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Letter | News] = SimpleQueue()
        self.wake: Callable[[], None] = lambda: None

    def post(self, letter: Letter | News) -> None:
        """Put a letter in; never blocks."""
        self._queue.put(letter)
        self.wake()

    def empty(self) -> Iterator[Letter | News]:
        """Take out what is there now."""
        while True:
            try:
                yield self._queue.get_nowait()
            except Empty:
                return
