"""Reads codes: waits for one, and never takes one that was scanned before it was asked for."""

import threading
from collections.abc import Mapping
from time import monotonic

from kiosk.context import Context, Handler
from kiosk.effects.codes import ReadCode
from kiosk.effects.model import Effect
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.events.codes import CodeScanned, CodeScannerLost
from kiosk.events.model import Event
from kiosk.handlers.results import SLICE_S, NoRequest, post
from kiosk.ports.code_scanner import CodeScanner
from kiosk.ports.worker import DeviceWorker, Request

CODE_PATIENCE_S = 600.0
"""A scanner is watched as long as the step lasts; this only bounds a request that nobody cancels."""


class CodeHandlers:
    """Over the worker of the code scanner."""

    def __init__(self, workers: Mapping[str, DeviceWorker]) -> None:
        self._workers = workers

    def table(self) -> Mapping[type[Effect], Handler]:
        """Effect -> handler."""
        return {ReadCode: self._read_code}

    def _read_code(self, _effect: ReadCode, ctx: Context) -> Request:
        worker = self._workers.get("code_scanner")
        if worker is None:
            ctx.post(CodeScannerLost(Fault.UNPLUGGED))
            return NoRequest()
        return worker.ask(read_code, lambda result: post(ctx, result, code_trouble))


def read_code(scanner: CodeScanner, cancelled: threading.Event) -> Event | None:
    """Wait for a code in short slices. None when cancelled. Raises what the scanner raises."""
    scanner.clear()
    until = monotonic() + CODE_PATIENCE_S
    while not cancelled.is_set() and monotonic() < until:
        if (code := scanner.await_code(SLICE_S)) is not None:
            return CodeScanned(code)
    return None


def code_trouble(error: Exception) -> Event:
    """A scanner's exception as an event."""
    return CodeScannerLost(error.fault if isinstance(error, DeviceUnavailable) else Fault.HARDWARE)
