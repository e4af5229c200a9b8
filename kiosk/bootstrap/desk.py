"""What the technician's pages need of this terminal: its PIN, its counters, figures of the machine."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.bootstrap.centre import program_version
from kiosk.handlers.upkeep import Desk
from kiosk.journeys.upkeep_views import lasting
from kiosk.pin import Lock
from kiosk.pool import ThreadPool
from kiosk.settings import Settings
from kiosk.store.store import Store
from kiosk.texts import Text, msg

SIMULATED_PIN = "scrypt$15$8$3$Ymlhbm1pbiBwcmFjdGljZQ==$7JVlT5UCGsyJbNDLm1J2WDIVEjhGOEFNPThvhUaQa+Y="
"""246813, where devices are simulated and the station has set no PIN of its own."""
MB = 1_000_000


@dataclass(frozen=True)
class Figures:
    """Rows of label and value, asked anew each time."""

    name: str
    data: Path
    unknown_prints: Callable[[], int]
    """How many prints ended without anybody knowing whether paper came out."""
    began: datetime = field(default_factory=lambda: datetime.now().astimezone())

    def __call__(self) -> tuple[tuple[Text, Text], ...]:
        """Touches the disk."""
        return (
            (msg("Station"), self.name),
            (msg("Version"), program_version()),
            (msg("Running since"), msg("{time}, {span}", time=self.began, span=lasting(self._runs()))),
            (msg("Free on the disk"), _megabytes(shutil.disk_usage(self.data).free)),
            (msg("Prints without a known end"), str(self.unknown_prints())),
            (msg("Size of the store"), _megabytes(sum(path.stat().st_size for path in self.data.glob("kiosk.db*")))),
        )

    def _runs(self) -> timedelta:
        return datetime.now(self.began.tzinfo) - self.began


def _megabytes(size: int) -> str:
    return f"{size / MB:,.1f} MB" if size < 10 * MB else f"{size // MB:,} MB"


def desk(
    settings: Settings, store: Store, fitted: Callable[[], tuple[str, ...]], *, simulate: bool
) -> tuple[Desk, ThreadPool]:
    """The desk, and its thread, which is to be closed."""
    pool = ThreadPool(1)
    pin = settings.upkeep.pin_hash.get_secret_value() or (SIMULATED_PIN if simulate else "")
    figures = Figures(settings.station.name, settings.paths.data, store.unknown_prints)
    return Desk(pool, pin, Lock(store), store, figures, fitted), pool
