"""Prints results: leave from the centre, the document as it was granted, the paper, and how it ended, told to the centre in any
case, also after a cut of the network or of the power. A print counts when paper is out, or when nobody can know.

Each print stands in the ledger from the moment it is granted, under the grant's id; so the next start of the program tells what
this one could not.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
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
from kiosk.handlers.prints import Ended, PrintHandlers
from kiosk.handlers.results import post
from kiosk.handlers.tickets import centre_trouble
from kiosk.ports.centre import Centre
from kiosk.ports.document import Document, Ready
from kiosk.ports.ledger import PrintState
from kiosk.ports.outbox import Letter, LetterKind
from kiosk.ports.worker import Pool, Request

if TYPE_CHECKING:
    from kiosk.contract.results import PrintEnd, PrintGrant

log = logging.getLogger(__name__)

REFUSALS = ("no-prints-left", "not-printable", "no-such-result")
DOCUMENT = "result"
"""What its prints are called in the ledger."""
RECALLED = timedelta(days=30)
"""As long as the outbox knows what it has told."""
ENDS: Mapping[type[Event], str] = {PrintedOut: "out", PrintSent: "unknown"}
KNOWN: Mapping[PrintState | None, str] = {
    PrintState.SENT: "unknown",
    PrintState.OUT: "out",
    PrintState.TAKEN: "out",
}
"""What was heard, or stands in the ledger, as the centre is told (kiosk.contract.results.PrintEnd); else nothing came out."""
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

    def recover(self) -> None:
        """What an earlier run was not able to tell: by the ledger, in which all of its prints are over. What it has told, the
        outbox knows."""
        try:
            over = self._prints.over(DOCUMENT, datetime.now(UTC) - RECALLED)
        except StoreError as error:
            log.error("the result prints of the last run are not known: %s", error)
            return
        for grant, known in over.items():
            self._report(grant, KNOWN.get(known, "not_out"), later=True)

    def _print_result(self, effect: PrintResult, ctx: Context) -> Request:
        printing = ResultPrint()
        self._pool.ask(lambda: self._begin(effect, ctx, printing), lambda result: post(ctx, result, _trouble))
        return printing

    def _begin(self, effect: PrintResult, ctx: Context, printing: ResultPrint) -> Event | None:
        """Up to the printer's queue; from there on the printer tells. Raises CentreError, and no leave is known of."""
        if printing.cancelled.is_set():
            return None
        grant = self._centre().grant_print(effect.result, effect.token, effect.key)
        self._prints.enter(grant.id, DOCUMENT)
        pages = self._pages(grant)
        if pages is None or printing.cancelled.is_set():
            self._ended(grant, ResultRefused(NOT_FETCHED))
            return ResultRefused(NOT_FETCHED)
        document = Document(DOCUMENT, ctx.words.language, (Ready(pages),))
        told: Ended = lambda event: self._ended(grant, event)  # noqa: E731
        printing.goes_on(self._prints.print(PrinterName.A4, document, ctx, told, grant.id))
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
        self._report(grant.id, ENDS.get(type(event), "not_out"))

    def _report(self, grant: str, end: str, *, later: bool = False) -> None:
        """Through the outbox, so that it outlasts a cut of network or power; where that is full, at once, or `later`: with the
        next start."""
        from kiosk.contract.results import PrintEnd, PrintReport  # noqa: PLC0415  not before the first picture

        body = PrintReport(end=PrintEnd(end)).model_dump_json().encode()
        letter = Letter(f"print-end-{grant}", f"print-{grant}", LetterKind.PRINT_REPORT, body, grant)
        try:
            if self._outgoing:
                self._outgoing.outbox.put(letter, {})
                self._outgoing.courier.wake()
                return
        except StoreError as error:
            log.error("how a print ended could not be written down: %s", error)
        if not later:
            self._tell(grant, PrintEnd(end))

    def _tell(self, grant: str, end: PrintEnd) -> None:
        try:
            self._centre().report_print(grant, end)
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
