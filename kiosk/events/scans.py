"""What the scanner tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.events.model import Event

if TYPE_CHECKING:
    from kiosk.errors import Fault
    from kiosk.ports.page import Page


@dataclass(frozen=True, repr=False)
class PageScanned(Event):
    """A whole page, as soon as the scanner has delivered it. More may follow."""

    page: Page


@dataclass(frozen=True)
class ScanEnded(Event):
    """That was the last page."""


@dataclass(frozen=True)
class NothingInFeeder(Event):
    """The feeder is empty: nothing was put in."""


@dataclass(frozen=True)
class ScanTrouble(Event):
    """The scanner stopped, or there is none; the page it was at is not there. Pages before it were told."""

    fault: Fault
