"""What cases are judged and routed by."""

from dataclasses import dataclass

from kiosk.approval.offices import OfficeBook
from kiosk.approval.queues import Hall
from kiosk.catalogue.model import Catalogue


@dataclass(frozen=True)
class Centre:
    """The hall with its clock, the catalogue that is published, the offices, and how often kiosks print a result."""

    hall: Hall
    catalogue: Catalogue
    offices: OfficeBook
    prints_per_result: int = 3
