"""While materials are handed in: a page for the telephone, and what stands on pages that are there."""

import threading
from collections.abc import Callable, Mapping
from typing import Protocol

from kiosk.context import Context, Handler
from kiosk.effects.materials import OpenPhonePage, ReadText
from kiosk.effects.model import Effect
from kiosk.events.materials import TextRead
from kiosk.handlers.phone import PhoneDesk
from kiosk.handlers.results import NoRequest
from kiosk.pool import ThreadPool
from kiosk.ports.case_centre import CaseCentre
from kiosk.ports.worker import Request
from kiosk.reading.find import find
from kiosk.reading.reader import Reader


class TextReader(Protocol):
    """Reads pages; see `kiosk.reading.reader.Reader`."""

    @property
    def installed(self) -> bool:
        """Whether it can."""

    def read(self, jpeg: bytes) -> str:
        """The text on a page; blocks."""

    def forget(self) -> None:
        """Nothing of what was read stays."""

    def close(self) -> None:
        """End it."""


class MaterialHandlers:
    """Over the centre and a reader of its own, whose pages are read one after the other."""

    def __init__(self, centre: Callable[[], CaseCentre], reader: TextReader | None = None) -> None:
        self._centre = centre
        self._reader: TextReader = reader or Reader()
        self._pool = ThreadPool(1)

    def table(self) -> Mapping[type[Effect], Handler]:
        """Effect -> handler."""
        return {OpenPhonePage: self._phone, ReadText: self._read}

    def forget(self) -> None:
        """The visit is over: nothing of its pages stays."""
        self._reader.forget()

    def close(self) -> None:
        """End what runs."""
        self._pool.close()
        self._reader.close()

    def _phone(self, effect: OpenPhonePage, ctx: Context) -> Request:
        return PhoneDesk(effect, ctx, self._centre)

    def _read(self, effect: ReadText, ctx: Context) -> Request:
        if not self._reader.installed:
            ctx.post(TextRead())
            return NoRequest()
        reading = _Reading(ctx)
        today = ctx.world.now.date()
        reading.request = self._pool.ask(
            lambda: TextRead({} if reading.over.is_set() else find(self._reader.read(effect.page.jpeg), today)),
            reading.told,
        )
        return reading


class _Reading:
    """One page; once `cancel` has returned, nothing of it is told."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._telling = threading.Lock()
        self.over = threading.Event()
        self.request: Request = NoRequest()

    def cancel(self) -> None:
        """Not wanted any more; a page that is being read is read to its end, for the next look at it."""
        with self._telling:
            self.over.set()
        self.request.cancel()

    def told(self, result: object) -> None:
        """The end of it. Reading that breaks finds nothing."""
        with self._telling:
            if not self.over.is_set():
                self._ctx.post(result if isinstance(result, TextRead) else TextRead())
