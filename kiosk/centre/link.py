"""Keeps the kiosk in touch with its centre: finds or starts the service, enrols, refreshes, sends heartbeats.

One thread. It tells what it learns through callbacks; whoever asks for the centre before there is one gets
CentreUnreachable. The embedded service is started by itself when no address is configured.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Protocol

from kiosk.catalogue.model import Catalogue
from kiosk.contract.kiosks import DeviceReport
from kiosk.contract.tickets import ServiceQueue
from kiosk.errors import CatalogueError, CentreForbidden, CentreRefused, CentreUnreachable
from kiosk.ports.centre import Centre

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Connection:
    """A centre that knows us. `holder_key` keys the digests of ID numbers; phones reach `public_url`; `alive` is False
    when it must be made anew (an embedded service that died)."""

    centre: Centre
    holder_key: str = field(repr=False)
    public_url: str
    alive: Callable[[], bool] = lambda: True


class Ear(Protocol):
    """Who is told. Called in the link's thread."""

    def connected(self, public_url: str) -> None:
        """The centre knows us; phones reach it under this address."""

    def reachable(self, reachable: bool) -> None:
        """It answers, or it does not: on every change."""

    def catalogue(self, version: str, catalogue: Catalogue) -> None:
        """A new catalogue."""

    def queues(self, queues: tuple[ServiceQueue, ...] | None) -> None:
        """The queues now; None when they are not known any more."""


@dataclass(frozen=True)
class Rhythm:
    """Seconds between refreshes, and between attempts to connect."""

    queues_s: float = 5
    catalogue_s: float = 300
    heartbeat_s: float = 60
    retry_s: float = 3


def _nothing(_centre: Centre) -> None:
    """There is nothing to deliver."""


class CentreLink:
    """`connect` makes the connection (starting and enrolling as needed) or raises KioskError; `report` says how the
    devices are for the heartbeat; `deliver` hands in what was kept for the centre, as often as the heart beats, and
    at once when the centre answers again."""

    def __init__(
        self,
        connect: Callable[[], Connection],
        ear: Ear,
        report: Callable[[], tuple[DeviceReport, ...]],
        known_catalogue: str | None,
        rhythm: Rhythm = Rhythm(),
        deliver: Callable[[Centre], None] = _nothing,
    ) -> None:
        self._deliver = deliver
        self._connect, self._ear, self._report, self._rhythm = connect, ear, report, rhythm
        self._version = known_catalogue
        self._connection: Connection | None = None
        self._reachable: bool | None = None
        self._due = {self._ask_catalogue: 0.0, self._ask_queues: 0.0, self._beat: 0.0, self._deliver: 0.0}
        self._refused: set[Callable[[Centre], None]] = set()
        self._stop, self._nudge = threading.Event(), threading.Event()
        self._began = monotonic()
        self._thread = threading.Thread(target=self._run, name="centre-link", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Stop within a moment; a request under way ends by its own time-out."""
        self._stop.set()
        self._nudge.set()
        if self._thread.is_alive():
            self._thread.join(2)

    def centre(self) -> Centre:
        """The centre. Raises CentreUnreachable while there is none."""
        return self._known().centre

    def holder_key(self) -> str:
        """The key of holder digests. Raises CentreUnreachable while there is none."""
        return self._known().holder_key

    def refresh(self) -> None:
        """Something changed (a ticket was taken): ask for the queues soon."""
        self._due[self._ask_queues] = 0.0
        self._nudge.set()

    def deliver_soon(self) -> None:
        """There is something new to deliver."""
        self._due[self._deliver] = 0.0
        self._nudge.set()

    def _known(self) -> Connection:
        if self._connection is None:
            raise CentreUnreachable("there is no connection to the centre yet")
        return self._connection

    def _run(self) -> None:
        while not self._stop.is_set():
            wait_s = self._round()
            self._nudge.wait(wait_s)
            self._nudge.clear()

    def _round(self) -> float:
        """Do what is due; seconds until something is due again."""
        try:
            self._do_what_is_due(self._connected().centre)
        except Exception as error:  # noqa: BLE001  the link must outlive a mistake of ours, too
            self._lost(error)
            return self._rhythm.retry_s
        return max(0.05, min(self._due.values()) - monotonic())

    def _connected(self) -> Connection:
        if self._connection is None or not self._connection.alive():
            self._connection = None
            self._connection = self._connect()
            self._ear.connected(self._connection.public_url)
        return self._connection

    def _do_what_is_due(self, centre: Centre) -> None:
        intervals = {
            self._ask_catalogue: self._rhythm.catalogue_s,
            self._ask_queues: self._rhythm.queues_s,
            self._beat: self._rhythm.heartbeat_s,
            self._deliver: self._rhythm.heartbeat_s,
        }
        for ask, interval in intervals.items():
            if self._due[ask] <= monotonic() and not self._stop.is_set():
                self._try(ask, centre)
                self._due[ask] = monotonic() + interval
                self._found()

    def _try(self, ask: Callable[[Centre], None], centre: Centre) -> None:
        """One refused question does not hold the others; it is logged when it begins."""
        try:
            ask(centre)
            self._refused.discard(ask)
        except CentreRefused as error:
            if ask not in self._refused:
                self._refused.add(ask)
                log.error("the centre refuses a question: %s", error)
            if ask == self._ask_queues:
                self._ear.queues(None)

    def _found(self) -> None:
        if self._reachable is not True:
            log.info("the centre answers")
            self._reachable = True
            self._due[self._deliver] = 0.0
            self._ear.reachable(True)

    def _lost(self, error: Exception) -> None:
        # Only the first failure is logged; a centre that is away for days must not fill the disk.
        if self._reachable is not False:
            log.warning("the centre is away: %s", error)
            self._reachable = False
            self._ear.reachable(False)
            self._ear.queues(None)
        if isinstance(error, CentreForbidden):
            self._connection = None  # the connector may have another credential, or a code to enrol with

    def _ask_catalogue(self, centre: Centre) -> None:
        try:
            answer = centre.catalogue(self._version)
        except CatalogueError as error:
            log.error("the centre publishes a catalogue that cannot be shown: %s", error)
            return
        if answer is not None:
            self._version, catalogue = answer
            self._ear.catalogue(self._version, catalogue)

    def _ask_queues(self, centre: Centre) -> None:
        self._ear.queues(centre.queues())

    def _beat(self, centre: Centre) -> None:
        centre.heartbeat(monotonic() - self._began, self._report())
