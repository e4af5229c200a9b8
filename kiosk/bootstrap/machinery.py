"""Everything behind the screen: store, devices and their threads, the link to the centre, the doers of effects."""

import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import cast

from devices import registry
from devices.worker import WATCH_S as USUAL_S
from devices.worker import Worker
from kiosk.bootstrap.centre import Connector
from kiosk.bootstrap.desk import desk
from kiosk.bootstrap.ear import Ear
from kiosk.bootstrap.morning import Morning
from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.source import load_builtin, parse_catalogue
from kiosk.centre.holder import holder_digest
from kiosk.centre.link import CentreLink, Rhythm
from kiosk.courier.courier import Courier
from kiosk.errors import CatalogueError, CentreUnreachable, DeviceUnavailable
from kiosk.handlers import Handlers
from kiosk.handlers.outgoing import Outgoing
from kiosk.handlers.scans import SCANNER
from kiosk.mailbox import Mailbox, News
from kiosk.pool import ThreadPool
from kiosk.ports.camera import Viewfinder
from kiosk.ports.card_reader import IdCard
from kiosk.ports.centre import Centre
from kiosk.ports.device import Device, Interruptible, Status
from kiosk.ports.scanner import DocumentScanner
from kiosk.ports.voice import Speaker
from kiosk.settings import DeviceSettings, Settings
from kiosk.store.outbox import StoreOutbox
from kiosk.store.store import Store
from kiosk.writing.client import WritingClient

log = logging.getLogger(__name__)

CAMERA: dict[str, object] = {"url": "sim://document-camera", "width": 1600, "height": 1200}
SIMULATED = {
    "card_reader": DeviceSettings(model="sdt", options={"url": "sim://card-reader"}),
    "citizen_card_reader": DeviceSettings(model="simulated"),
    "ticket_printer": DeviceSettings(
        model="escpos", options={"url": "sim://ticket-printer", "taken": "full_status", "left": "retract"}
    ),
    "a4_printer": DeviceSettings(model="simulated"),
    "document_scanner": DeviceSettings(model="simulated", options={"page_s": 1.5}),
    "code_scanner": DeviceSettings(model="serial", options={"url": "sim://code-scanner"}),
    "power": DeviceSettings(model="simulated"),
    "board": DeviceSettings(model="serial_board", options={"url": "sim://board"}),
    "headphones": DeviceSettings(model="simulated"),
    "document_camera": DeviceSettings(model="v4l2", options=CAMERA),
}
"""The real drivers over simulated wires, where there is a wire to simulate. The voice is always the station's own."""

WATCH_S = {"headphones": 0.5, "document_camera": 1.0}
"""Between two looks at a device that is handled in mid-visit; others keep the worker's own pace."""

LAST = ("citizen_card_reader", "document_scanner", "document_camera", "code_scanner", "power", "board", "voice")
"""Opened after everything else: nobody asks for them in the first second, and some start a process of their own."""


class Machinery:
    """Made in full or not at all: raises SettingsError, StoreError. `start()` begins its threads; `workers` is filled with
    those of the devices."""

    def __init__(self, settings: Settings, mailbox: Mailbox, simulate: bool, workers: dict[str, Worker]) -> None:
        data = settings.paths.data
        self._mailbox = mailbox
        self.devices = _devices(settings, simulate)
        self._store = Store.open(data / "kiosk.db", settings.paths.key_file)
        self._version, self._catalogue = _catalogue(self._store)
        self._outbox = StoreOutbox(self._store)
        self._courier = Courier(self._outbox, self._ask_link)
        self._courier.centre_answers(False)
        self._ear = Ear(mailbox, self._store, self._courier.centre_answers)
        self.writing = WritingClient(settings.paths.writing)
        self._workers = workers
        self._pool, self._keeping = ThreadPool(), ThreadPool(1)
        self.shutdown_command = settings.power.shutdown_command
        self.connector = Connector(settings, self._store, simulate)
        self._link = self._made_link(settings)
        self.morning = self._made_morning(settings, simulate)
        self._desk, self._desk_pool = desk(settings, self._store, lambda: tuple(self.devices), simulate=simulate)
        self.handlers = self._made_handlers()
        self.handlers.recover_prints()

    def _made_link(self, settings: Settings) -> CentreLink:
        return CentreLink(
            self.connector,
            self._ear,
            self._ear.report,
            self._version,
            _rhythm(settings),
            self._deliver,
        )

    def _made_morning(self, settings: Settings, simulate: bool) -> Morning:
        return Morning(
            settings,
            self._store,
            self._workers,
            _models(settings, simulate),
            self._link.centre,
            self._link.deliver_soon,
            _stops(self.devices),
        )

    def _made_handlers(self) -> Handlers:
        return Handlers(
            self._workers,
            self._pool,
            self._link.centre,
            self._digest,
            self._store,
            self._link.refresh,
            self._desk,
            tally=self._store,
            outgoing=Outgoing(self._outbox, self._courier, self._keeping),
        )

    def start(self) -> None:
        """Show the catalogue, open the devices, look for the centre; then build the search, which takes longest."""
        catalogue = self._catalogue
        self._mailbox.post(News(lambda world: replace(world, catalogue=catalogue)))
        self._watch([name for name in self.devices if name not in LAST])
        self.handlers.clear_printers()
        self._link.start()
        self._courier.start()
        self._ear.index(catalogue)
        self._watch([name for name in self.devices if name in LAST])

    def _watch(self, names: Iterable[str]) -> None:
        """Open these devices, each in its own thread."""
        for name in names:
            self._workers[name] = Worker(name, self.devices[name], self._heard, WATCH_S.get(name, USUAL_S))

    def _heard(self, name: str, status: Status) -> None:
        self._ear.device(name, status)
        if name == SCANNER and status.works:
            with suppress(DeviceUnavailable):  # gone again: its worker says so next
                self._ear.scanner(cast("DocumentScanner", self.devices[name]).capabilities.sources)
        self.handlers.heard(name, status)

    def close(self) -> None:
        """End every thread and child."""
        self.morning.close()
        self._link.close()
        self._keeping.finish()
        self._courier.close()
        for worker in self._workers.values():
            worker.close()
        self.handlers.close()
        self._pool.close()
        self._desk_pool.close()
        self.writing.close()
        self.connector.close()
        self._store.close()

    @property
    def voice(self) -> Speaker | None:
        """What speaks, where a voice is fitted."""
        return cast("Speaker | None", self.devices.get("voice"))

    def _ask_link(self) -> Centre:
        """The link is made after the courier, which it wakes."""
        return self._link.centre()

    def _deliver(self, centre: Centre) -> None:
        self.morning.deliver(centre)

    @property
    def viewfinder(self) -> Viewfinder | None:
        """What the document camera sees, where one is fitted."""
        return cast("Viewfinder | None", self.devices.get("document_camera"))

    def _digest(self, card: IdCard) -> str:
        """The centre need not be there for that, once it has been."""
        try:
            key = self._link.holder_key()
        except CentreUnreachable:
            known = self._store.identity()
            if known is None:
                raise
            key = known.holder_key
        return holder_digest(key, card)


def _chosen(settings: Settings, simulate: bool) -> dict[str, DeviceSettings]:
    fitted = dict(settings.devices)
    return {
        name: SIMULATED.get(name, device) if simulate else device
        for name, device in fitted.items()
        if device.model != "none"
    }


def _devices(settings: Settings, simulate: bool) -> dict[str, Device]:
    chosen = _chosen(settings, simulate)
    return {name: registry.build(name, device.model, device.options) for name, device in chosen.items()}


def _models(settings: Settings, simulate: bool) -> dict[str, str]:
    return {name: device.model for name, device in _chosen(settings, simulate).items()}


def _stops(devices: Mapping[str, Device]) -> dict[str, Callable[[], None]]:
    """What ends work that a worker's thread waits for inside the driver."""
    return {name: device.cancel for name, device in devices.items() if isinstance(device, Interruptible)}


def _catalogue(store: Store) -> tuple[str | None, Catalogue]:
    """The copy of what the centre published last, or the built-in sample."""
    copy = store.catalogue()
    if copy is not None:
        try:
            return copy.version, parse_catalogue(copy.body)
        except CatalogueError as error:
            log.warning("the kept catalogue cannot be read any more, the built-in one is shown: %s", error)
    return None, load_builtin()


def _rhythm(settings: Settings) -> Rhythm:
    centre = settings.centre
    return Rhythm(centre.queues_refresh_s, centre.catalogue_refresh_s, centre.heartbeat_s)
