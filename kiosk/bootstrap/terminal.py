"""A terminal: the screen first, everything behind it (`machinery`) once its first picture is shown.

A resident who walks up at that moment touches the attract screen; by the time a service is chosen, the machinery runs.
"""

import gc
import logging
import threading
from collections.abc import Mapping
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk import fonts, words
from kiosk.bootstrap.lock import lock
from kiosk.catalogue.model import Catalogue
from kiosk.context import Handler
from kiosk.effects import Effect
from kiosk.mailbox import Mailbox
from kiosk.ports.device import Device
from kiosk.runner import Patience, Runner
from kiosk.settings import Settings
from kiosk.world import OpeningHours, Station, World
from screens.app import KioskApp
from screens.theme import Theme

if TYPE_CHECKING:
    from kiosk.bootstrap.machinery import Machinery

log = logging.getLogger(__name__)


class Terminal:
    """One kiosk. `simulate` puts simulated devices in the place of those fitted; `dock` shows hands for them.

    Raises SetupError when it must not start. What the machinery finds wrong (SettingsError for a device's options,
    StoreError) ends the program too, with its sentence: `run()` raises it.
    """

    def __init__(self, settings: Settings, *, simulate: bool, dock: bool = False) -> None:
        fonts.use(settings.paths.fonts)
        fonts.require(settings.station.languages)
        self.settings, self._simulate, self._dock = settings, simulate, dock
        self._lock = lock(settings.paths.data)
        self.mailbox = Mailbox()
        self.machinery: Machinery | None = None
        self._failure: Exception | None = None
        self._handlers: dict[type[Effect], Handler] = {}
        self._starting = threading.Thread(target=self._begin, name="start-up", daemon=True)
        self.runner = self._make_runner()
        self.app = self._make_app()
        self.mailbox.wake = self.app.wake
        self.runner.tick()

    def run(self) -> None:
        """Until the window is closed or the process is told to end. Raises what kept the machinery from starting."""
        try:
            self.app.run()
        finally:
            self.close()
        if self._failure:
            raise self._failure

    def start(self) -> None:
        """Open without entering the main loop: `app.frame()` turns it, `stop()` ends. For demonstrations and tests."""
        self.app.start()

    def stop(self) -> None:
        """End what `start()` began."""
        self.app.close()
        self.close()

    def close(self) -> None:
        """End every thread and child; harmless when nothing was started."""
        if self._starting.is_alive():
            self._starting.join()
        if self.machinery:
            self.machinery.close()
        self._lock.close()

    def _begin(self) -> None:
        """In its own thread, after the first frame: the heavy imports and everything with a cable or an address."""
        try:
            from kiosk.bootstrap.machinery import Machinery  # noqa: PLC0415  not before the first frame

            machinery = Machinery(self.settings, self.mailbox, self._simulate)
            self._handlers.update(machinery.handlers.table())
            self.machinery = machinery
            machinery.start()
            if self._dock:
                self._fill_dock(machinery)
        except Exception as error:  # noqa: BLE001  run() raises it again
            log.error("the terminal could not start: %s", type(error).__name__)
            self._failure = error
            self.app.end()
        gc.freeze()  # what a start makes stays: no collection needs to look at it again
        gc.enable()

    @property
    def devices(self) -> Mapping[str, Device]:
        """The devices by name; none before the machinery is made."""
        return self.machinery.devices if self.machinery else {}

    def _fill_dock(self, machinery: "Machinery") -> None:
        from kiosk.bootstrap.dock import dock_groups  # noqa: PLC0415

        groups = dock_groups(machinery.devices, lambda: machinery.connector.proxy)
        self.app.on_main(lambda: self.app.fill_dock(groups))

    def _discard(self) -> None:
        if self.machinery:
            self.machinery.handlers.discard_prints()

    def _make_app(self) -> KioskApp:
        screen = self.settings.screen
        scale = 1.0 if screen.fullscreen else screen.window_scale
        theme = Theme(round(screen.width_px * scale), round(screen.height_px * scale), screen.width_mm, screen.height_mm)
        return KioskApp(
            theme=theme,
            tell=self.runner.tell,
            pump=self.runner.pump,
            tick=self.runner.tick,
            failsafe=self.runner.failsafe,
            with_dock=self._dock,
            title=self.settings.station.hall.in_language(self.settings.station.languages[0]),
            fullscreen=screen.fullscreen,
            on_first_frame=self._starting.start,
        )

    def _make_runner(self) -> Runner:
        visit, zone = self.settings.visit, ZoneInfo(self.settings.station.time_zone)
        return Runner(
            World(_station(self.settings), _nothing_yet(self.settings), datetime.now(zone)),
            self._handlers,
            lambda view, chrome: self.app.show(view, chrome),  # noqa: PLW0108  the app is made after the runner it tells
            words.load,
            monotonic,
            lambda: datetime.now(zone),
            mailbox=self.mailbox,
            patience=Patience(visit.idle_s, visit.warn_s, visit.card_wait_s, visit.done_s),
            discard=self._discard,
        )


def _nothing_yet(settings: Settings) -> Catalogue:
    """What is on offer in the first tenths of a second, while the catalogue is being read."""
    return Catalogue.model_construct(title=settings.station.hall, sample=False, groups=(), items=(), packages=())


def _station(settings: Settings) -> Station:
    station = settings.station
    hours = tuple(OpeningHours(span.weekdays, span.opens, span.closes) for span in station.hours)
    return Station(station.hall, station.enquiry_phone, station.supervision_phone, station.languages, hours)
