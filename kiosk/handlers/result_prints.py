"""Prints results: leave from the centre, the document as it was granted, the paper, and how it ended, told to the centre in any
case, also after a cut of the network. A print counts when paper is out, or when nobody can know."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

from kiosk.context import Context, Handler
from kiosk.effects.model import Effect
from kiosk.effects.prints import PrinterName
from kiosk.effects.results import PrintResult
from kiosk.errors import CentreError, CentreRefused, Fault, StoreError
from kiosk.events.model import Event
from kiosk.events.prints import PrintedOut, PrintFailed, PrintSent
from kiosk.events.results import ResultRefused
from kiosk.handlers.outgoing import Outgoing
from kiosk.handlers.prints import PrintHandlers
from kiosk.handlers.results import post
from kiosk.handlers.tickets import centre_trouble
from kiosk.ports.centre import Centre
from kiosk.ports.document import Document, Ready
from kiosk.ports.outbox import Letter, LetterKind
from kiosk.ports.worker import Pool, Request

if TYPE_CHECKING:
    from kiosk.contract.results import PrintEnd, PrintGrant

log = logging.getLogger(__name__)

REFUSALS = ("no-prints-left", "not-printable", "no-such-result")
NOT_FETCHED = "not-fetched"
"""The code of ResultRefused where the document of a grant did not come, or came damaged."""


class ResultHandlers:
    """Over the pool, the centre, the printers, and the way out for reports; without that the centre is told at once or never."""

    def __init__(
        self, pool: Pool, centre: Callable[[], Centre], prints: PrintHandlers, outgoing: Outgoing | None
    ) -> None:
        self._pool, self._centre, self._prints, self._outgoing = pool, centre, prints, outgoing

    def table(self) -> Mapping[type[Effect], Handler]:
        """Effect -> handler."""
        return {PrintResult: self._print_result}

    def _print_result(self, effect: PrintResult, ctx: Context) -> Request:
        printing = ResultPrint()
        self._pool.ask(lambda: self._begin(effect, ctx, printing), lambda result: post(ctx, result, _trouble))
        return printing

    def _begin(self, effect: PrintResult, ctx: Context, printing: ResultPrint) -> Event | None:
        """Up to the printer's queue; from there on the printer tells. Raises CentreError, and no leave is known of."""
        if printing.cancelled.is_set():
            return None
        grant = self._centre().grant_print(effect.result, effect.token, effect.key)
        pages = self._pages(grant)
        if pages is None or printing.cancelled.is_set():
            self._ended(grant, ResultRefused(NOT_FETCHED))
            return ResultRefused(NOT_FETCHED)
        document = Document("result", ctx.words.language, (Ready(pages),))
        printing.goes_on(self._prints.print(PrinterName.A4, document, ctx, lambda event: self._ended(grant, event)))
        return None

    def _pages(self, grant: PrintGrant) -> bytes | None:
        """The document, byte for byte as granted; None where it cannot be had."""
        try:
            pages = self._centre().granted_pdf(grant.id)
        except CentreError as error:
            log.warning("the document of a granted print did not come: %s", error)
            return None
        if pages.startswith(b"%PDF") and sha256(pages).hexdigest() == grant.digest:
            return pages
        log.error("the document of a granted print is not the one that was granted; it is not printed")
        return None

    def _ended(self, grant: PrintGrant, event: Event) -> None:
        """OUT by the printer's word, UNKNOWN where it has none; whatever else happened, nothing came out."""
        from kiosk.contract.results import PrintEnd  # noqa: PLC0415  not before the first picture

        ends = {PrintedOut: PrintEnd.OUT, PrintSent: PrintEnd.UNKNOWN}
        self._report(grant, ends.get(type(event), PrintEnd.NOT_OUT))

    def _report(self, grant: PrintGrant, end: PrintEnd) -> None:
        """Through the outbox, so that it outlasts a cut of network or power; where that is full, at once."""
        from kiosk.contract.results import PrintReport  # noqa: PLC0415  not before the first picture

        body = PrintReport(end=end).model_dump_json().encode()
        letter = Letter(f"print-end-{grant.id}", f"print-{grant.id}", LetterKind.PRINT_REPORT, body, grant.id)
        try:
            if self._outgoing:
                self._outgoing.outbox.put(letter, {})
                self._outgoing.courier.wake()
                return
        except StoreError as error:
            log.error("how a print ended could not be written down: %s", error)
        self._tell(grant, end)

    def _tell(self, grant: PrintGrant, end: PrintEnd) -> None:
        try:
            self._centre().report_print(grant.id, end)
        except CentreError as error:
            log.error("the centre could not be told how a print ended: %s", error)


class ResultPrint:
    """A print from the question to the paper."""

    def __init__(self) -> None:
        self.cancelled = threading.Event()
        self._lock = threading.Lock()
        self._printing: Request | None = None

    def goes_on(self, printing: Request) -> None:
        """It is with the printer now; what was cancelled meanwhile is cancelled there."""
        with self._lock:
            self._printing = printing
        if self.cancelled.is_set():
            printing.cancel()

    def cancel(self) -> None:
        """Nothing comes out that is not under way."""
        self.cancelled.set()
        with self._lock:
            printing = self._printing
        if printing:
            printing.cancel()


def _trouble(error: Exception) -> Event:
    if isinstance(error, CentreRefused) and error.code in REFUSALS:
        return ResultRefused(error.code)
    return centre_trouble(error) if isinstance(error, CentreError) else PrintFailed(Fault.HARDWARE)
