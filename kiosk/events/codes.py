"""What the code scanner tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.errors import Fault
from kiosk.events.model import Event

if TYPE_CHECKING:
    from kiosk.ports.code_scanner import Code


@dataclass(frozen=True, repr=False)
class CodeScanned(Event):
    """A code was held before the scanner. `repr` shows nothing of it: codes lead to people's cases."""

    code: Code

    def __repr__(self) -> str:
        return "CodeScanned()"


@dataclass(frozen=True)
class CodeScannerLost(Event):
    """There is no working scanner."""

    fault: Fault = Fault.NO_ANSWER
