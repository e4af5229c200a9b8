"""Devices with hands for the trials of the upkeep pages, and a stand that holds them."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from devices.worker import Worker
from kiosk import words
from kiosk.context import Context
from kiosk.effects.upkeep import TryDevice
from kiosk.errors import Fault, ScanFailed, StoreError
from kiosk.events.model import Event
from kiosk.events.upkeep import Tried
from kiosk.handlers.upkeep import Desk, UpkeepHandlers
from kiosk.pool import ThreadPool
from kiosk.ports.board import Lamp, Sensor
from kiosk.ports.camera import Frame
from kiosk.ports.citizen_card import CitizenCard
from kiosk.ports.code_scanner import Code
from kiosk.ports.device import READY, Status
from kiosk.ports.page import Concern, Page
from kiosk.ports.power import Charge
from kiosk.ports.scanner import ScannerCapabilities, ScanOrder, Source
from kiosk.ports.tally import Counter
from kiosk.ports.voice import Manner, Tongue
from tests.worlds import world

STOPS_WITHIN_S = 0.5
"""0.25 s are promised; the rest is for a busy test machine."""

FULL = Charge(87, 1500)

OUYANG = CitizenCard("440113195803050020", "欧阳秀英", "A12345678", "440100", "3.00")

PAGE = Page(b"jpeg of somebody's paper", 2480, 3508, 300)


class Plain:
    """What every device has."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Status:
        return READY


@dataclass
class FakeScanner(Plain):
    """A scanner: `page` is what it gives, an exception, or None for one that is waited for until it is stopped."""

    page: Page | Exception | None = PAGE
    sources: tuple[Source, ...] = (Source.FLATBED, Source.FEEDER)
    orders: list[ScanOrder] = field(default_factory=list)
    closed: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def capabilities(self) -> ScannerCapabilities:
        return ScannerCapabilities(self.sources, (300,), True, 216, 297)

    def scan(self, order: ScanOrder) -> Iterator[Page]:
        self.orders.append(order)
        try:
            if isinstance(self.page, Exception):
                raise self.page
            if self.page is None:
                assert self.stopped.wait(5), "nobody stopped the scan"
                raise ScanFailed("stopped", Fault.OFFLINE)
            yield self.page
            yield self.page
        finally:
            self.closed += 1

    def cancel(self) -> None:
        self.stopped.set()


@dataclass
class FakeCamera(Plain):
    """A camera whose first picture comes at the third look; somebody lays a page under it by the look `laid_at`."""

    page: Page = PAGE
    blind: bool = False
    laid_at: int = 0
    looks: int = 0
    running: bool = False

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False

    def latest(self) -> Frame | None:
        self.looks += 1
        outline = ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)) if self.looks >= self.laid_at else None
        return None if self.blind or self.looks < 3 else Frame(1, 1, 1, b"rgb", outline)

    def take(self, _outline: object = None) -> Page:
        assert self.running
        here = self.looks >= self.laid_at
        return self.page if here else replace(self.page, concerns=frozenset({Concern.NO_PAGE}))


@dataclass
class FakeCodes(Plain):
    """A code scanner; an earlier person's code lies in it until it is cleared."""

    codes: list[Code | None]
    left: bool = True

    def clear(self) -> None:
        self.left = False

    def await_code(self, timeout_s: float) -> Code | None:
        assert not self.left
        if self.codes:
            return self.codes.pop(0)
        time.sleep(timeout_s / 10)
        return None


@dataclass
class FakePower(Plain):
    """A power supply."""

    now: Charge | Exception = FULL

    def charge(self) -> Charge:
        if isinstance(self.now, Exception):
            raise self.now
        return self.now


@dataclass
class FakeBoard(Plain):
    """Lamps: `story` is what they did."""

    story: list[tuple[Lamp, bool]] = field(default_factory=list)

    def light(self, lamp: Lamp, on: bool) -> None:
        self.story.append((lamp, on))

    def sensors(self) -> frozenset[Sensor]:
        return frozenset({Sensor.DOOR_OPEN})


@dataclass
class FakeVoice(Plain):
    """A voice that speaks until it is silenced, or not at all."""

    known: frozenset[Tongue] = frozenset(Tongue)
    endless: bool = False
    said: list[tuple[str, Tongue]] = field(default_factory=list)
    looks: int = 0
    silenced: bool = False

    def tongues(self) -> frozenset[Tongue]:
        return self.known

    def say(self, sentences: list[str], tongue: Tongue, _manner: Manner) -> None:
        self.said += [(sentence, tongue) for sentence in sentences]

    @property
    def speaking(self) -> bool:
        self.looks += 1
        return self.endless or self.looks < 3

    def stop(self) -> None:
        self.silenced = True


@dataclass
class FakeCitizenReader(Plain):
    """Any citizen card, at once or never."""

    card: CitizenCard | None = OUYANG

    def await_card(self, timeout_s: float) -> bool:
        time.sleep(timeout_s / 10)
        return self.card is not None

    def read(self) -> CitizenCard:
        assert self.card is not None
        return self.card

    def await_removal(self, _timeout_s: float) -> bool:
        return True


@dataclass
class Counted:
    """A tally with hands."""

    counts: dict[tuple[str, Counter], int] = field(default_factory=dict)
    full: bool = False

    def count(self, device: str, counter: Counter, amount: int = 1) -> None:
        self.counts[device, counter] = self.counts.get((device, counter), 0) + amount

    def counted(self, device: str) -> dict[Counter, int]:
        if self.full:
            raise StoreError("the store cannot be used now")
        return {counter: amount for (name, counter), amount in self.counts.items() if name == device}

    def refilled(self, device: str) -> None:
        if self.full:
            raise StoreError("the store cannot be used now")
        self.counts.pop((device, Counter.PAGES_SINCE_REFILL), None)


class Nobody:
    """No card lies anywhere."""

    def make_way(self, name: str) -> None: ...

    def left_in(self, name: str, visit: int) -> None: ...


@dataclass
class Stand:
    """One device in its worker's thread, and what its trial told."""

    name: str
    device: Any
    tally: Counted = field(default_factory=Counted)
    language: str = "en"
    told: list[Event] = field(default_factory=list)
    pool: ThreadPool = field(default_factory=lambda: ThreadPool(1))

    def __post_init__(self) -> None:
        self.worker = Worker(self.name, self.device, lambda _name, _status: None, watch_s=5)
        desk = Desk(self.pool, tally=self.tally, fitted=lambda: (self.name,))
        self.handlers = UpkeepHandlers({self.name: self.worker}, desk, Nobody(), _no_printer)

    def ask(self, effect: Any) -> Any:
        context = Context(1, world(), words.load(self.language), self.told.append)
        return self.handlers.table()[type(effect)](effect, context)

    def until(self, kind: type[Event]) -> Any:
        """The event of a kind that comes."""
        return self.until_there(lambda: next((event for event in self.told if isinstance(event, kind)), None))

    def until_there(self, look: Callable[[], Any]) -> Any:
        end = time.monotonic() + 10
        while not (found := look()):
            assert time.monotonic() < end, self.told
            time.sleep(0.005)
        return found

    def tried(self) -> Tried:
        self.ask(TryDevice(self.name))
        return self.until(Tried)  # type: ignore[no-any-return]

    def close(self) -> None:
        self.worker.close()
        self.pool.close()


def _no_printer(*_: object) -> Any:
    raise AssertionError("no printer is tried here")
