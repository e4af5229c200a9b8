"""What one look at a part of the machine found."""

from typing import NamedTuple

from kiosk.contract.readiness import Examined, Figure


class Finding(NamedTuple):
    """`text` says what is, and where it is not well, what to do; `figures` are for the report."""

    name: str
    well: bool
    text: str
    figures: tuple[Figure, ...] = ()

    def examined(self) -> Examined:
        """As the readiness report carries it."""
        trouble = "" if self.well else self.text
        return Examined(name=self.name, ready=self.well, figures=self.figures, trouble=trouble[:500])
