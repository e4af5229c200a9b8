"""Scans as a visit asks for them: over a real worker thread and a scanner with hands."""

import threading
import time
from collections.abc import Iterator

import pytest

from devices import registry
from devices.worker import Worker
from kiosk.context import Context
from kiosk.effects.scans import ScanPages
from kiosk.errors import Fault
from kiosk.events.scans import NothingInFeeder, ScanEnded, ScanTrouble
from kiosk.handlers.scans import ScanHandlers
from kiosk.ports.device import Status
from kiosk.ports.scanner import ScanOrder, Source
from kiosk.words import load
from tests.sane_desk import SaneDesk
from tests.worlds import world

GLASS, FEEDER = ScanPages(ScanOrder(dpi=100)), ScanPages(ScanOrder(Source.FEEDER, 100))


class Desk:
    """A scanner in its thread, and all that was told."""

    def __init__(self, scanner) -> None:
        self.scanner, self.told = scanner, []
        self._news = threading.Condition()
        self.worker = Worker("document_scanner", scanner, self._status, watch_s=60)
        self.handlers = ScanHandlers({"document_scanner": self.worker})

    def _status(self, _name: str, _status: Status) -> None:
        """The state of the device is not what is tested here."""

    def _post(self, event) -> None:
        with self._news:
            self.told.append(event)
            self._news.notify_all()

    def ask(self, effect: ScanPages):
        ctx = Context(1, world(), load("zh_CN"), self._post)
        return self.handlers.table()[ScanPages](effect, ctx)

    def until(self, kind: type, count: int = 1, seconds: float = 5.0) -> list[str]:
        """Wait for events of a kind; the names of all that were told."""
        with self._news:
            assert self._news.wait_for(lambda: sum(isinstance(e, kind) for e in self.told) >= count, seconds), self.told
        return [type(event).__name__ for event in self.told]

    def rest(self) -> None:
        """Until the worker has nothing to do."""
        done = threading.Event()
        self.worker.ask(lambda _device, _cancelled: None, lambda _result: done.set())
        assert done.wait(3)


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk(registry.build("document_scanner", "simulated", {}))
    yield made
    made.worker.close()
    assert not made.worker.alive


def test_a_page_from_the_glass(desk):
    desk.scanner.lay("certificate")
    desk.ask(GLASS)
    assert desk.until(ScanEnded) == ["PageScanned", "ScanEnded"]
    assert desk.told[0].page.dpi == 100


def test_every_sheet_is_told_when_it_is_there(desk):
    desk.scanner.fill("3")
    desk.ask(FEEDER)
    assert desk.until(ScanEnded) == ["PageScanned"] * 3 + ["ScanEnded"]


def test_an_empty_feeder_is_said(desk):
    desk.ask(FEEDER)
    assert desk.until(NothingInFeeder) == ["NothingInFeeder"]


@pytest.mark.parametrize("fault", ["page_jam", "lid_open", "hardware", "in_use"])
def test_trouble_is_said_by_its_fault(desk, fault):
    desk.scanner.break_with(fault)
    desk.ask(GLASS)
    desk.until(ScanTrouble)
    assert desk.told == [ScanTrouble(Fault(fault))]


def test_after_a_jam_the_rest_of_the_stack_can_be_scanned(desk):
    desk.scanner.fill("3")
    desk.scanner.pace("slow")
    desk.ask(FEEDER)
    desk.scanner.break_with("page_jam")
    desk.until(ScanTrouble)
    desk.scanner.break_with("none")
    desk.scanner.pace("quick")
    desk.ask(FEEDER)
    assert desk.until(ScanEnded)[-3:] == ["PageScanned", "PageScanned", "ScanEnded"]


def test_a_scanner_pulled_out_in_the_middle_is_said_and_comes_back(desk):
    desk.scanner.pace("slow")
    desk.ask(GLASS)
    threading.Timer(0.1, desk.scanner.unplug).start()
    desk.until(ScanTrouble)
    assert desk.told == [ScanTrouble(Fault.UNPLUGGED)]
    desk.scanner.plug()
    desk.scanner.pace("quick")
    desk.ask(GLASS)
    assert desk.until(ScanEnded)[-2:] == ["PageScanned", "ScanEnded"]


def test_without_a_scanner_there_is_none():
    told = []
    ScanHandlers({}).table()[ScanPages](GLASS, Context(1, world(), load("zh_CN"), told.append)).cancel()
    assert told == [ScanTrouble(Fault.UNPLUGGED)]


def test_a_step_that_is_left_stops_the_scanner_and_gets_nothing(desk):
    desk.scanner.pace("slow")
    request = desk.ask(GLASS)
    _until(lambda: desk.scanner.scanning)
    began = time.monotonic()
    request.cancel()
    desk.rest()
    assert time.monotonic() - began < 1
    assert not desk.scanner.scanning
    assert desk.told == []


def test_an_order_that_waits_behind_another_never_begins_once_its_step_is_left(desk):
    desk.scanner.pace("slow")
    first, second = desk.ask(GLASS), desk.ask(FEEDER)
    second.cancel()
    first.cancel()
    desk.rest()
    assert desk.told == []


def test_cancelling_in_any_moment_leaves_a_scanner_that_works(desk):
    """From before the worker has begun to after the last page; no page is told after the cancel."""
    desk.scanner.fill("3")
    for step in range(40):
        desk.scanner.fill("3")
        request = desk.ask(FEEDER)
        until = time.monotonic() + step * 0.002
        while time.monotonic() < until:
            pass
        request.cancel()
        count = len(desk.told)
        desk.rest()
        assert len(desk.told) == count
        assert not desk.scanner.scanning
    desk.told.clear()
    desk.ask(GLASS)
    assert desk.until(ScanEnded) == ["PageScanned", "ScanEnded"]


def test_cancelling_twice_and_after_the_end_is_harmless(desk):
    request = desk.ask(GLASS)
    desk.until(ScanEnded)
    request.cancel()
    request.cancel()
    desk.ask(GLASS)
    desk.until(ScanEnded, 2)


def test_the_machine_can_be_switched_off_in_mid_page(tmp_path):
    """The worker ends within its two seconds, though the driver is waiting for a slow device."""
    sane = SaneDesk(tmp_path)
    sane.set(slow=True)
    desk = Desk(registry.build("document_scanner", "sane", {"device": sane.device, "config": str(sane.folder)}))
    desk.ask(GLASS)
    _until(lambda: desk.worker._running is not None)
    began = time.monotonic()
    desk.worker.close()
    assert not desk.worker.alive
    assert time.monotonic() - began < 2
    assert desk.told == []


def test_a_page_in_an_event_shows_nothing(desk):
    desk.ask(GLASS)
    desk.until(ScanEnded)
    assert "jpeg" not in repr(desk.told[0])
    assert len(repr(desk.told[0])) < 120


def _until(happened) -> None:
    until = time.monotonic() + 5
    while not happened() and time.monotonic() < until:
        time.sleep(0.005)
    assert happened()
