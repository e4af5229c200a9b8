"""To be asked about results, and the papers of a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from kiosk.effects.model import Effect

if TYPE_CHECKING:
    from kiosk.cases.model import CaseInHand
    from kiosk.cases.notice import Notice
    from kiosk.contract.cases import CaseReceipt
    from kiosk.effects.prints import PrinterName
    from kiosk.ports.document import Document


@dataclass(frozen=True, repr=False)
class PrintResult(Effect):
    """Print a result on A4, exactly once per `key`: PrintedOut, PrintSent or PrintFailed; ResultRefused; CentreAway.
    The centre counts it only when paper is known to be out, or nobody can know."""

    printer: ClassVar[str] = "a4_printer"
    """As PrinterName calls it: whose outlet is lit."""
    result: str
    token: str
    key: str


@dataclass(frozen=True, repr=False)
class PrintReceipt(Effect):
    """Print a case's receipt: PrintedOut, PrintSent or PrintFailed. `receipt` None: it is kept here and not yet
    sent."""

    case: CaseInHand
    receipt: CaseReceipt | None
    printer: PrinterName


@dataclass(frozen=True, repr=False)
class PrintPaper(Effect):
    """Print a document that is already in the visit's language: PrintedOut, PrintSent or PrintFailed."""

    document: Document
    printer: PrinterName


@dataclass(frozen=True, repr=False)
class PrintNotice(Effect):
    """Print the one-time notice of what is still missing: PrintedOut, PrintSent or PrintFailed."""

    notice: Notice
    printer: PrinterName
