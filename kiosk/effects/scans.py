"""To be asked of the scanner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.effects.model import Effect

if TYPE_CHECKING:
    from kiosk.ports.scanner import ScanOrder


@dataclass(frozen=True)
class ScanPages(Effect):
    """Scan what lies on the glass or in the feeder: PageScanned for each page, then ScanEnded; NothingInFeeder; or
    ScanTrouble. The scanner stops when the step is left, and nothing of its pages comes any more."""

    order: ScanOrder
