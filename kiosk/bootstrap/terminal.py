"""A terminal: the screen first, everything behind it (`machinery`) once its first picture is shown.

A resident who walks up at that moment touches the attract screen; by the time a service is chosen, the machinery runs.
"""

import gc
import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from kiosk import fonts, words
from kiosk.bootstrap.first_look import FirstLook
from kiosk.bootstrap.lock import lock
from kiosk.context import Handler
from kiosk.effects.model import Effect
from kiosk.mailbox import Mailbox
from kiosk.ports.device import Device
from kiosk.runner import Runner
from kiosk.world import World
from screens.app import KioskApp
from screens.theme import Theme

if TYPE_CHECKING:
    from devices.worker import Worker
    from kiosk.bootstrap.machinery import Machinery
    from kiosk.catalogue.model import Catalogue
    from kiosk.settings import Settings
    from kiosk.watchdog import Watchdog

log = logging.getLogger(__name__)


class Terminal:
    """One kiosk. `simulate` puts simulated devices in the place of those fitted; `dock` shows hands for them.

    Raises SetupError when it must not start. What is found wrong after the first picture (`settings()` raising
    SettingsError, a device's options, a damaged store) ends the program too, with its sentence: `run()` raises it.
    """

    def __init__(
        self, look: FirstLook, settings: Callable[[], "Settings"], *, simulate: bool, dock: bool = False
    ) -> None:
        fonts.use(Path(look.fonts))
        words.use(Path(look.locale))
        fonts.require(look.languages)
        self._look, self._settings, self._simulate, self._dock = look, settings, simulate, dock
        self._lock = lock(Path(look.data))
        self.mailbox = Mailbox()
        self.machinery: Machinery | None = None
        self._failure: Exception | None = None
        self._watchdog: Watchdog | None = None
        self._workers: dict[str, Worker] = {}
        self.power_over = False
        """Whether it ended because the battery was nearly empty."""
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
        if self.power_over and self.machinery:
            from kiosk.bootstrap.shutdown import shut_down  # noqa: PLC0415  once in the life of a terminal

            shut_down(self.machinery.shutdown_command)

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
        if self._watchdog:
            self._watchdog.stopping()
        if self.machinery:
            self.machinery.close()
        self._lock.close()

    def _begin(self) -> None:
        """In its own thread, after the first frame: the heavy imports and everything with a cable or an address."""
        try:
            self._tell_systemd()
            import kiosk.apology  # noqa: F401, PLC0415  read while all is well, for when it is not
            from kiosk.bootstrap.machinery import Machinery  # noqa: PLC0415  not before the first frame

            machinery = Machinery(self._settings(), self.mailbox, self._simulate, self._workers)
            self._handlers.update(machinery.handlers.table())
            self.machinery = machinery
            machinery.start()
            self.app.on_main(lambda: self._equip(machinery))
            if self._dock:
                self._fill_dock(machinery)
        except Exception as error:  # noqa: BLE001  run() raises it again
            log.error("the terminal could not start: %s", error)
            self._failure = error
            self.app.end()
        gc.freeze()  # what a start makes stays: no collection needs to look at it again
        gc.enable()

    @property
    def devices(self) -> Mapping[str, Device]:
        """The devices by name; none before the machinery is made."""
        return self.machinery.devices if self.machinery else {}

    def _equip(self, machinery: "Machinery") -> None:
        """On the main thread, the only one that calls the input methods."""
        machinery.writing.start()
        self.app.tools.writing = machinery.writing
        self.app.tools.voice = machinery.voice or self.app.tools.voice
        self.app.tools.viewfinder = machinery.viewfinder or self.app.tools.viewfinder

    def _tell_systemd(self) -> None:
        """The screen can be touched; from now on the main thread's clock says that the terminal lives."""
        from kiosk.watchdog import Watchdog, notifier  # noqa: PLC0415  not before the first frame

        self._watchdog = Watchdog(notifier(), self._workers, lambda: summary(self.runner.world), monotonic)
        self._watchdog.ready()

    def _fill_dock(self, machinery: "Machinery") -> None:
        from kiosk.bootstrap.dock import dock_groups  # noqa: PLC0415

        groups = dock_groups(machinery.devices, lambda: machinery.connector.proxy)
        self.app.on_main(lambda: self.app.fill_dock(groups))

    def _tick(self) -> None:
        """Let time pass: for the visit, for systemd, and for what is done while nobody is here."""
        self.runner.tick()
        if self._watchdog:
            self._watchdog.look()
        if self.machinery:
            self.machinery.morning.tick(idle=self.runner.idle, now=self.runner.world.now)

    def _end_for_want_of_power(self) -> None:
        """Leave the main loop; `run()` then closes everything and shuts the machine down."""
        if not self.power_over:
            log.warning("the battery is nearly empty: the terminal ends")
            self.power_over = True
            self.app.end()

    def _discard(self) -> None:
        if self.machinery:
            self.machinery.handlers.discard_prints()

    def _make_app(self) -> KioskApp:
        look = self._look
        return KioskApp(
            theme=Theme(*look.size, look.width_mm, look.height_mm, mounting_mm=look.mounting_mm),
            tell=self.runner.tell,
            pump=self.runner.pump,
            tick=self._tick,
            failsafe=self.runner.failsafe,
            with_dock=self._dock,
            title=look.hall[look.languages[0]],
            fullscreen=look.fullscreen,
            on_first_frame=self._starting.start,
            hands=look.keys(),
        )

    def _make_runner(self) -> Runner:
        zone = ZoneInfo(self._look.time_zone)
        return Runner(
            World(self._look.station(), NOTHING_YET, datetime.now(zone)),
            self._handlers,
            lambda view, chrome: self.app.show(view, chrome),  # noqa: PLW0108  the app is made after the runner it tells
            words.load,
            monotonic,
            lambda: datetime.now(zone),
            mailbox=self.mailbox,
            patience=self._look.visit(),
            discard=self._discard,
            power_over=self._end_for_want_of_power,
        )


def summary(world: World) -> str:
    """One line for whoever asks systemd how the terminal is."""
    states = sorted(world.devices.items())
    out = [f"{name} {status.health.value}" for name, status in states if status.faults and not status.works]
    centre = "the centre answers" if world.centre_reachable else "no connection to the centre"
    return f"{centre}; {'not working: ' + ', '.join(out) if out else 'all devices work'}"


class _Nothing:
    """What is on offer in the first tenths of a second, while the catalogue is being read."""

    sample = False
    groups = items = packages = ()


NOTHING_YET = cast("Catalogue", _Nothing())
