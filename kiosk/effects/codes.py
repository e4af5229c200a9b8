"""To be asked of the code scanner."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.effects.model import Effect


@dataclass(frozen=True)
class ReadCode(Effect):
    """Wait for one code that is held before the scanner from now on: CodeScanned; CodeScannerLost."""
