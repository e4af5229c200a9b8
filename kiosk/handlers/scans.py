"""Scans: each page is told as soon as it is there; a step that is left stops the scanner and gets no page any more."""

import threading
from collections.abc import Mapping

from kiosk.context import Context, Handler
from kiosk.effects.model import Effect
from kiosk.effects.scans import ScanPages
from kiosk.errors import DeviceUnavailable, Fault, NothingToScan, ScanFailed
from kiosk.events.model import Event
from kiosk.events.scans import NothingInFeeder, PageScanned, ScanEnded, ScanTrouble
from kiosk.handlers.results import NoRequest, count_trouble, post
from kiosk.page_judge import judged
from kiosk.ports.scanner import DocumentScanner
from kiosk.ports.tally import NO_TALLY, Counter, Tally
from kiosk.ports.worker import DeviceWorker, Request

SCANNER = "document_scanner"


class ScanHandlers:
    """Over the worker of the scanner. No page is kept here."""

    def __init__(self, workers: Mapping[str, DeviceWorker], tally: Tally = NO_TALLY) -> None:
        self._workers, self._tally = workers, tally

    def table(self) -> Mapping[type[Effect], Handler]:
        """Effect -> handler."""
        return {ScanPages: self._scan}

    def _scan(self, effect: ScanPages, ctx: Context) -> Request:
        worker = self._workers.get(SCANNER)
        if worker is None:
            ctx.post(ScanTrouble(Fault.UNPLUGGED))
            return NoRequest()
        scan = Scan(effect, ctx, self._tally)
        scan.request = worker.ask(scan.work, scan.told)
        return scan


class Scan:
    """One order. Cancelling it stops the device in mid-page: the worker's thread is inside the driver then, so the stop
    comes from the thread that cancels."""

    def __init__(self, effect: ScanPages, ctx: Context, tally: Tally) -> None:
        self._effect, self._ctx, self._tally = effect, ctx, tally
        self._over = threading.Event()
        self._telling = threading.Lock()
        self._scanner: DocumentScanner | None = None
        self.request: Request = NoRequest()

    def cancel(self) -> None:
        """Stop it; once this has returned, nothing of it is told."""
        with self._telling:
            self._over.set()
        self.request.cancel()
        scanner = self._scanner
        if scanner is not None:
            scanner.cancel()

    def work(self, scanner: DocumentScanner, cancelled: threading.Event) -> Event | None:
        """In the worker's thread. A scan is begun by `scan()`, so that a cancel from then on reaches the device, and one
        from before is seen here."""
        if self._over.is_set():
            return None
        pages = scanner.scan(self._effect.order)
        self._scanner = scanner
        try:
            while not (self._over.is_set() or cancelled.is_set()) and (page := next(pages, None)) is not None:
                self._tally.count(SCANNER, Counter.SCANS)
                self._tell(PageScanned(judged(page)))
        finally:
            self._scanner = None
            pages.close()
        return None if self._over.is_set() or cancelled.is_set() else ScanEnded()

    def told(self, result: object) -> None:
        """The end of it."""
        if isinstance(result, Exception):
            count_trouble(self._tally, SCANNER, result)
        with self._telling:
            if not self._over.is_set():
                post(self._ctx, result, scan_trouble)

    def _tell(self, event: Event) -> None:
        with self._telling:
            if not self._over.is_set():
                self._ctx.post(event)


def scan_trouble(error: Exception) -> Event:
    """A scanner's exception as an event."""
    if isinstance(error, NothingToScan):
        return NothingInFeeder()
    return ScanTrouble(error.fault if isinstance(error, ScanFailed | DeviceUnavailable) else Fault.HARDWARE)
