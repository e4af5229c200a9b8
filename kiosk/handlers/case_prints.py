"""Prints the papers of a case: composed in the visit's language, printed and entered in the ledger as every other print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kiosk.effects.prints import PrinterName
from kiosk.effects.results import PrintNotice, PrintPaper, PrintReceipt

if TYPE_CHECKING:
    from kiosk.context import Context, Handler
    from kiosk.effects.model import Effect
    from kiosk.ports.document import Document
    from kiosk.ports.worker import Request


class CasePrints:
    """Over `PrintHandlers.print`."""

    def __init__(self, print_: Callable[[str, Document, Context], Request]) -> None:
        self._print = print_

    def table(self) -> Mapping[type[Effect], Handler]:
        """Effect -> handler."""
        return {PrintReceipt: self._receipt, PrintNotice: self._notice, PrintPaper: self._paper}

    def _receipt(self, effect: PrintReceipt, ctx: Context) -> Request:
        from kiosk import case_documents, documents  # noqa: PLC0415  long after the first picture

        writer = documents.Writer(ctx.words, ctx.world)
        return self._print(effect.printer, case_documents.receipt(writer, effect.case, effect.receipt), ctx)

    def _notice(self, effect: PrintNotice, ctx: Context) -> Request:
        from kiosk import case_documents, documents  # noqa: PLC0415  long after the first picture

        writer, whole = documents.Writer(ctx.words, ctx.world), effect.printer is PrinterName.A4
        return self._print(effect.printer, case_documents.notice(writer, effect.notice, whole=whole), ctx)

    def _paper(self, effect: PrintPaper, ctx: Context) -> Request:
        return self._print(effect.printer, effect.document, ctx)
