"""A terminal: everything wired. What is slow to start, starts after the first picture is on the screen."""

import fcntl
import logging
import os
import threading
from datetime import datetime
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

from devices.worker import Worker

from devices import registry
from kiosk import fonts, words
from kiosk.bootstrap.centre import Connector
from kiosk.bootstrap.dock import dock_groups
from kiosk.bootstrap.ear import Ear
from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.source import load_builtin, parse_catalogue
from kiosk.centre.holder import holder_digest
from kiosk.centre.link import CentreLink, Rhythm
from kiosk.errors import CatalogueError, SetupError
from kiosk.handlers import Handlers
from kiosk.mailbox import Mailbox
from kiosk.pool import ThreadPool
from kiosk.ports.card_reader import IdCard
from kiosk.ports.device import Device
from kiosk.runner import Patience, Runner
from kiosk.settings import DeviceSettings, Settings
from kiosk.store.store import Store
from kiosk.world import OpeningHours, Station, World
from screens.app import KioskApp
from screens.theme import Theme

log = logging.getLogger(__name__)

SIMULATED = {
    "card_reader": DeviceSettings(model="sdt", options={"url": "sim://card-reader"}),
    "ticket_printer": DeviceSettings(model="escpos", options={"url": "sim://ticket-printer"}),
    "a4_printer": DeviceSettings(model="simulated"),
}
"""The real drivers over simulated wires, where there is a wire to simulate."""


class Terminal:
    """One kiosk. `simulate` puts simulated devices in the place of those fitted; `dock` shows hands for them.

    Raises SettingsError or SetupError when it must not start; nothing is half-started then.
    """

    def __init__(self, settings: Settings, *, simulate: bool, dock: bool = False) -> None:
        self.settings, self._dock = settings, dock
        fonts.use(settings.paths.fonts)
        fonts.require(settings.station.languages)
        data = settings.paths.data
        self._lock = _lock(data)
        self._store = Store.open(data / "kiosk.db", settings.paths.key_file)
        self.mailbox = Mailbox()
        self._ear = Ear(self.mailbox, self._store)
        self.devices = _devices(settings, simulate)
        self._workers: dict[str, Worker] = {}
        self._pool = ThreadPool()
        self._connector = Connector(settings, self._store, simulate)
        version, catalogue = _catalogue(self._store)
        self._link = CentreLink(self._connector, self._ear, self._ear.report, version, _rhythm(settings))
        zone = ZoneInfo(settings.station.time_zone)
        self.world = World(_station(settings), catalogue, datetime.now(zone))
        self._handlers = Handlers(
            self._workers, self._pool, self._link.centre, self._digest, self._store, self._link.refresh
        )
        self.runner = self._make_runner(zone)
        self.app = self._make_app()
        self.runner.tick()
        self.mailbox.wake = self.app.wake

    def run(self) -> None:
        """Until the window is closed or the process is told to end."""
        try:
            self.app.run()
        finally:
            self.close()

    def start(self) -> None:
        """Open without entering the main loop: `app.frame()` turns it, `stop()` ends. For demonstrations and tests."""
        self.app.start()

    def stop(self) -> None:
        """End what `start()` began."""
        self.app.close()
        self.close()

    def begin(self) -> None:
        """Start the threads: once, after the first frame."""
        for name, device in self.devices.items():
            self._workers[name] = Worker(name, device, self._ear.device)
        self._link.start()
        threading.Thread(target=self._ear.index, args=(self.world.catalogue,), name="search-index", daemon=True).start()

    def close(self) -> None:
        """End every thread and child; harmless when nothing was started."""
        self._link.close()
        for worker in self._workers.values():
            worker.close()
        self._pool.close()
        self._connector.close()
        self._store.close()
        os.close(self._lock)

    def _digest(self, card: IdCard) -> str:
        return holder_digest(self._link.holder_key(), card)

    def _make_app(self) -> KioskApp:
        screen = self.settings.screen
        scale = 1.0 if screen.fullscreen else screen.window_scale
        theme = Theme(
            round(screen.width_px * scale), round(screen.height_px * scale), screen.width_mm, screen.height_mm
        )
        return KioskApp(
            theme=theme,
            tell=self.runner.tell,
            pump=self.runner.pump,
            tick=self.runner.tick,
            failsafe=self.runner.failsafe,
            dock=dock_groups(self.devices, lambda: self._connector.proxy) if self._dock else (),
            title=self.settings.station.hall.in_language(self.settings.station.languages[0]),
            fullscreen=screen.fullscreen,
            on_first_frame=self.begin,
        )

    def _make_runner(self, zone: ZoneInfo) -> Runner:
        visit = self.settings.visit
        return Runner(
            self.world,
            self._handlers.table(),
            lambda view, chrome: self.app.show(view, chrome),  # the app is made after the runner it tells
            words.load,
            monotonic,
            lambda: datetime.now(zone),
            mailbox=self.mailbox,
            patience=Patience(visit.idle_s, visit.warn_s, visit.card_wait_s, visit.done_s),
            discard=self._handlers.discard_prints,
        )


def _lock(data: Path) -> int:
    """One kiosk per data folder. Raises SetupError naming the folder."""
    data.mkdir(parents=True, exist_ok=True)
    handle = os.open(data / "kiosk.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise SetupError(
            f"Another kiosk is running with the data folder {data}. End it first, or set paths.data."
        ) from error
    return handle


def _devices(settings: Settings, simulate: bool) -> dict[str, Device]:
    fitted = {name: getattr(settings.devices, name) for name in SIMULATED}
    chosen = {
        name: SIMULATED[name] if simulate else device for name, device in fitted.items() if device.model != "none"
    }
    return {name: registry.build(name, device.model, device.options) for name, device in chosen.items()}


def _catalogue(store: Store) -> tuple[str | None, Catalogue]:
    """The copy of what the centre published last, or the built-in sample."""
    copy = store.catalogue()
    if copy is not None:
        try:
            return copy.version, parse_catalogue(copy.body)
        except CatalogueError as error:
            log.warning("the kept catalogue cannot be read any more, the built-in one is shown: %s", error)
    return None, load_builtin()


def _station(settings: Settings) -> Station:
    station = settings.station
    hours = tuple(OpeningHours(span.weekdays, span.opens, span.closes) for span in station.hours)
    return Station(station.hall, station.enquiry_phone, station.supervision_phone, station.languages, hours)


def _rhythm(settings: Settings) -> Rhythm:
    centre = settings.centre
    return Rhythm(centre.queues_refresh_s, centre.catalogue_refresh_s, centre.heartbeat_s)
