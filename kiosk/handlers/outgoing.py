"""Hands in, durably: what is kept is on the disk before anybody is told so, and goes to the centre by itself."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from kiosk.context import Context
from kiosk.events.cases import CaseSetAside, NotKept
from kiosk.events.model import Event
from kiosk.handlers.results import post
from kiosk.ports.outbox import Letter, LetterState, Outbox
from kiosk.ports.worker import Pool, Request

Parcel = tuple[Letter, Mapping[str, bytes]]
"""A letter and the files it names."""


class Carrier(Protocol):
    """The courier, as whoever hands in knows it."""

    def wake(self) -> None:
        """There is a new letter."""

    def watch(self, key: str, told: Callable[[LetterState, bytes], None]) -> Request:
        """Be told once what became of a letter."""


@dataclass(frozen=True)
class Outgoing:
    """Where letters go. `keeping` does what takes time on this machine (files are made, the disk is waited for): a
    question to the centre that hangs must not hold it up."""

    outbox: Outbox
    courier: Carrier
    keeping: Pool

    def hand_in(
        self, ctx: Context, made: Callable[[], Parcel], kept: Event, had: Callable[[bytes], Event] | None
    ) -> "HandedIn":
        """`made` in another thread makes the letter; then `kept` is posted, and `had` of the centre's answer when it has
        it (None: nobody waits for that). NotKept, CaseSetAside."""
        handed = HandedIn(self, ctx, kept, had)
        self.keeping.ask(lambda: handed.keep(made()), lambda result: post(ctx, result, _not_kept))
        return handed


class HandedIn:
    """Something that was handed in. Whoever cancels hears no more of it; it is handed in nevertheless."""

    def __init__(self, outgoing: Outgoing, ctx: Context, kept: Event, had: Callable[[bytes], Event] | None) -> None:
        self._outgoing, self._ctx, self._kept, self._had = outgoing, ctx, kept, had
        self._watch: Request | None = None
        self._cancelled = threading.Event()

    def keep(self, parcel: Parcel) -> None:
        """Put it into the outbox, say so, and only then look what becomes of it: nothing is received before it is kept."""
        letter, files = parcel
        self._outgoing.outbox.put(letter, files)
        if not self._cancelled.is_set():
            self._ctx.post(self._kept)
        if self._had and not self._cancelled.is_set():
            self._watch = self._outgoing.courier.watch(letter.key, self._told)
        self._outgoing.courier.wake()

    def cancel(self) -> None:
        """Hear no more of it."""
        self._cancelled.set()
        if self._watch:
            self._watch.cancel()

    def _told(self, state: LetterState, answer: bytes) -> None:
        """Without an answer it is only known that the centre has it, not as what: nothing more is claimed."""
        if self._cancelled.is_set():
            return
        if state is LetterState.SET_ASIDE:
            self._ctx.post(CaseSetAside(answer.decode()))
        elif answer and self._had:
            self._ctx.post(self._had(answer))


def _not_kept(_error: Exception) -> Event:
    """Whatever it was: nothing was written down, nothing is promised."""
    return NotKept()
