"""What the technician's pages know of this terminal beside the devices' states. Nothing in it concerns a resident."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.ports.tally import Counter
from kiosk.texts import Text


@dataclass(frozen=True)
class UpkeepReport:
    """`fitted`: the devices by worker's name, whether they answer or not. `rows`: label and value of figures of the
    terminal itself (version, uptime, room on the disk)."""

    fitted: tuple[str, ...]
    counters: Mapping[str, Mapping[Counter, int]] = field(default_factory=dict)
    rows: tuple[tuple[Text, Text], ...] = ()

    def counted(self, device: str) -> Mapping[Counter, int]:
        """The counters of a device."""
        return self.counters.get(device, {})
