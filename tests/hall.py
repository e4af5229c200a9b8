"""A whole hall without Kivy: the real approval service, real drivers on simulated wires, real threads, the real runner.

Tests stand in front of it like a resident, with hands for the devices and the weather of the network.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from devices import hands, registry
from devices.worker import Worker
from kiosk import words
from kiosk.bootstrap.centre import Connector
from kiosk.bootstrap.ear import Ear
from kiosk.centre.fault_proxy import Mode
from kiosk.centre.holder import holder_digest
from kiosk.centre.link import CentreLink, Rhythm
from kiosk.courier.courier import Courier
from kiosk.events.model import Event
from kiosk.handlers import Handlers
from kiosk.handlers.outgoing import Outgoing
from kiosk.handlers.upkeep import Desk
from kiosk.mailbox import Mailbox
from kiosk.pin import Lock, digest_of
from kiosk.pool import ThreadPool
from kiosk.ports.device import Device, Status
from kiosk.runner import Patience, Runner
from kiosk.settings import load
from kiosk.store.outbox import StoreOutbox
from kiosk.store.store import Store
from kiosk.views.chrome import Chrome
from kiosk.views.model import View
from tests.worlds import world

PATIENCE_S = 15.0
PIN = "246813"
"""Of the technician."""
FITTED = {
    "card_reader": ("sdt", {"url": "sim://devices.card_readers.sdt_wire:Wire?paced=1#{hall}"}),
    "citizen_card_reader": ("simulated", {}),
    "ticket_printer": ("escpos", {"url": "sim://devices.printers.escpos_wire:Wire?mm_per_s=250#{hall}"}),
    "a4_printer": ("simulated", {}),
    "power": ("simulated", {}),
    "board": ("serial_board", {"url": "sim://devices.boards.serial_wire:Wire?paced=1#{hall}"}),
}
"""Wires of each hall's own, as slow as real ones. `{hall}` in a text tells the halls of one process apart."""


class SkippingClock:
    """Seconds that pass, and seconds that are skipped."""

    def __init__(self) -> None:
        self._skipped = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self._skipped

    def skip(self, seconds: float) -> None:
        """As if they had passed."""
        self._skipped += seconds


@dataclass
class Hall:
    """Everything between a touch and the paper, but the picture on the glass."""

    folder: Path
    urls: Mapping[str, str] = field(default_factory=dict)
    """Devices on other wires than `FITTED` says."""
    fitted: Mapping[str, tuple[str, Mapping[str, object]]] = field(default_factory=lambda: FITTED)
    """Kind -> model and options."""
    wrapped: Callable[[str, Device], Device] = lambda _name, device: device
    """What a worker gets instead of the device."""
    watch_s: float = 0.3
    options: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Further options of devices."""
    patience_s: float = PATIENCE_S
    shown: list[tuple[View, Chrome]] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    """When the runner asked for the terminal's end."""
    lock_clock: SkippingClock = field(default_factory=SkippingClock)
    """Of the PIN's lock."""

    def __post_init__(self) -> None:
        settings = load("demo", environ={"KIOSK_PATHS__DATA": str(self.folder), "KIOSK_CENTRE__READ_TIMEOUT_S": "2"})
        settings.log.folder.mkdir(parents=True, exist_ok=True)
        zone = ZoneInfo(settings.station.time_zone)
        self.store = Store.open(self.folder / "kiosk.db", settings.paths.key_file)
        self.mailbox = Mailbox()
        self.outbox = StoreOutbox(self.store)
        self.courier = Courier(self.outbox, lambda: self.link.centre())  # noqa: PLW0108  the link is made after it
        self.courier.centre_answers(answers=False)
        ear = Ear(self.mailbox, self.store, self.courier.centre_answers)
        self.connector = Connector(settings, self.store, practice=True)
        self.link = CentreLink(self.connector, ear, ear.report, None, Rhythm(queues_s=0.5, retry_s=0.3))
        self.devices: dict[str, Device] = {
            name: registry.build(name, model, self._options(name, options))
            for name, (model, options) in self.fitted.items()
        }
        self.workers: dict[str, Worker] = {}
        self.pool, self.desk_pool, self.keeping = ThreadPool(), ThreadPool(1), ThreadPool(1)
        desk = Desk(
            self.desk_pool,
            digest_of(PIN, log2_n=10),
            Lock(self.store, self.lock_clock),
            self.store,
            fitted=lambda: tuple(self.devices),
        )
        handlers = self.handlers = Handlers(
            self.workers,
            self.pool,
            self.link.centre,
            lambda card: holder_digest(self.link.holder_key(), card),
            self.store,
            self.link.refresh,
            desk,
            tally=self.store,
            outgoing=Outgoing(self.outbox, self.courier, self.keeping),
        )
        self.runner = Runner(
            world(queues=None, centre_reachable=False, devices={}, now=datetime.now(zone)), handlers.table(),
            lambda view, chrome: self.shown.append((view, chrome)), words.load, time.monotonic, lambda: datetime.now(zone),
            mailbox=self.mailbox, patience=Patience(), discard=handlers.discard_prints,
            power_over=lambda: self.ends.append(time.monotonic()),
        )  # fmt: skip

        def heard(name: str, status: Status) -> None:
            ear.device(name, status)
            handlers.heard(name, status)

        for name, device in self.devices.items():
            self.workers[name] = Worker(name, self.wrapped(name, device), heard, watch_s=self.watch_s)
        self.link.start()
        self.courier.start()

    def _options(self, name: str, options: Mapping[str, object]) -> dict[str, object]:
        made = {key: value.format(hall=id(self)) if isinstance(value, str) else value for key, value in options.items()}
        made |= {"url": self.urls[name]} if name in self.urls else {}
        return made | dict(self.options.get(name, {}))

    def close(self) -> None:
        """End all of it."""
        self.link.close()
        self.keeping.finish()
        self.courier.close()
        for worker in self.workers.values():
            worker.close()
        self.pool.close()
        self.desk_pool.close()
        self.connector.close()
        self.store.close()

    @property
    def step(self) -> str:
        """Where the visit stands."""
        return f"{self.runner.position.journey}.{self.runner.position.step}"

    @property
    def view(self) -> View:
        """What the screen shows."""
        return self.shown[-1][0]

    def do(self, *events: Event) -> None:
        """Touches."""
        for event in events:
            self.runner.tell(event)

    def until(self, there: Callable[[], object], what: str = "") -> None:
        """Pump until something is so."""
        deadline = time.monotonic() + self.patience_s
        while not there():
            assert time.monotonic() < deadline, f"waited in {self.step} for {what or 'it'}"
            self.runner.pump()
            time.sleep(0.005)

    def until_step(self, step: str) -> None:
        """Pump until the visit stands there."""
        self.until(lambda: self.step == step, step)

    def until_open(self) -> None:
        """Until the centre, the queues and all devices are there."""
        here = lambda: self.runner.world  # noqa: E731
        self.until(
            lambda: here().queues and here().index and all(here().device(name).works for name in self.devices),
            "the hall",
        )

    def hand(self, device: str, key: str, choice: str = "") -> None:
        """Do something to a device."""
        handled = registry.handled(self.devices[device])
        assert handled is not None
        hands.do(handled, key, choice)

    def take_card(self) -> None:
        """Take the card off the reader, slowly enough for it to be noticed, as people are."""
        self.hand("card_reader", "remove")
        self.until(lambda: not self.handlers.card_lies, "the card to be gone")

    def slip(self) -> bytes | None:
        """The paper that hangs out of the ticket printer, as a PNG."""
        handled = registry.handled(self.devices["ticket_printer"])
        sight = handled.sight() if handled else None
        return sight.picture if sight else None

    def weather(self, mode: Mode, seconds: float = 0) -> None:
        """What happens to requests to the centre."""
        assert self.connector.proxy is not None
        self.connector.proxy.set_mode(mode, seconds)
