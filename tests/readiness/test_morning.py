"""The report that a running terminal makes by itself: with real workers and a real store, and no Kivy."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from devices.worker import Worker
from kiosk.bootstrap import morning as module
from kiosk.bootstrap.morning import Morning
from kiosk.contract.readiness import ReadinessReport
from kiosk.errors import CentreRefused, CentreUnreachable, DeviceUnavailable, Fault, StoreError
from kiosk.ports.centre import Centre
from kiosk.ports.tally import Counter
from kiosk.readiness import exercises
from kiosk.readiness.finding import Finding
from kiosk.settings import load
from kiosk.store.store import Store
from tests.readiness.fakes import Fake, FakePrinter, FakeScanner, FakeSupply
from tests.worlds import TUESDAY_MORNING

EARLY = TUESDAY_MORNING.replace(hour=6, minute=0)
SOON = 5.0


@dataclass
class Hall:
    """A centre with hands."""

    away: bool = False
    refuses: frozenset[str] = frozenset()
    code: str = "invalid-request"
    got: list[tuple[str, ReadinessReport]] = field(default_factory=list)

    def queues(self) -> tuple[()]:
        if self.away:
            raise CentreUnreachable("the centre is away")
        return ()

    def report_readiness(self, report: ReadinessReport, key: str) -> None:
        if self.away:
            raise CentreUnreachable("the centre is away")
        if key in self.refuses:
            raise CentreRefused(self.code, "not like this")
        self.got.append((key, report))


@dataclass
class Slow(FakeScanner):
    """A scanner whose scan takes until somebody cancels it, or lets it go."""

    let_go: threading.Event = field(default_factory=threading.Event)
    scanning: threading.Event = field(default_factory=threading.Event)

    def scan(self, order: Any) -> Iterator[Any]:
        self.scanning.set()
        assert self.let_go.wait(SOON)
        yield from super().scan(order)

    def cancel(self) -> None:
        super().cancel()
        self.let_go.set()


class Terminal:
    """A terminal's morning, with the clock and the visitor in a test's hands."""

    def __init__(self, folder: Path, *, at: str = "06:30", **devices: Any) -> None:
        environ = {"KIOSK_PATHS__DATA": str(folder), "KIOSK_READINESS__AT": at}
        self.settings = load(None, environ=environ)
        self.store = Store.open(folder / "kiosk.db", folder / "kiosk.key")
        self.devices = devices
        self.workers = {name: Worker(name, device, lambda *_: None, 0.2) for name, device in devices.items()}
        self.hall, self.told, self.seconds = Hall(), 0, 0.0
        self.morning = self.again()

    def again(self) -> Morning:
        """As after a restart."""
        stops = {name: device.cancel for name, device in self.devices.items() if hasattr(device, "cancel")}
        return Morning(
            self.settings, self.store, self.workers, dict.fromkeys(self.devices, "fake"),
            lambda: cast("Centre", self.hall), self._told, stops, lambda: self.seconds,
        )  # fmt: skip

    def _told(self) -> None:
        self.told += 1

    @property
    def shelf(self) -> Any:
        return self.morning._shelf

    def pass_time(self, now: datetime, *, idle: bool = True, seconds: float = 60) -> None:
        """Tick, let time pass, tick."""
        self.morning.tick(idle=idle, now=now)
        self.seconds += seconds
        self.morning.tick(idle=idle, now=now)

    def finish(self) -> None:
        """The thread of the report has ended."""
        wait_for(lambda: not self.morning.running)

    def report(self) -> ReadinessReport:
        """The newest."""
        return ReadinessReport.model_validate_json(self.shelf.newest().body)

    def close(self) -> None:
        self.morning.close()
        for worker in self.workers.values():
            worker.close()
        self.store.close()


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + SOON
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """The looks at typefaces and dictionaries have their own tests."""
    from kiosk.readiness import machine

    for look in ("typefaces", "writing"):
        monkeypatch.setattr(machine, look, lambda _settings: iter((Finding("fonts", True, "there"),)))
    monkeypatch.setattr(exercises, "PREVIEW_S", 0.05)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    made = Terminal(tmp_path, ticket_printer=FakePrinter(), power=FakeSupply())
    yield made
    made.close()


def test_at_its_hour_and_not_before_and_once(terminal: Terminal) -> None:
    terminal.pass_time(EARLY)
    assert not terminal.morning.running
    due_at = EARLY.replace(minute=30)
    terminal.pass_time(due_at)
    terminal.finish()
    found = terminal.report()
    assert (found.ready, found.station, terminal.told) == (True, "kiosk", 1)
    assert [(device.name, device.model) for device in found.devices] == [("ticket_printer", "fake"), ("power", "fake")]
    assert {"store", "clock", "centre", "data", "key"} <= {part.name for part in found.machine}
    terminal.pass_time(due_at + timedelta(hours=5))
    assert not terminal.morning.running
    assert terminal.devices["ticket_printer"].printed == []


def test_a_restart_makes_no_second_report_of_the_day_and_the_next_day_has_its_own(terminal: Terminal) -> None:
    terminal.pass_time(TUESDAY_MORNING)
    terminal.finish()
    terminal.morning = terminal.again()
    terminal.pass_time(TUESDAY_MORNING + timedelta(hours=1))
    assert not terminal.morning.running
    terminal.pass_time(TUESDAY_MORNING + timedelta(days=1))
    terminal.finish()
    assert [kept.day for kept in terminal.shelf.unsent()] == [date(2026, 11, 24), date(2026, 11, 25)]


def test_a_technicians_report_does_not_stand_for_the_mornings(terminal: Terminal) -> None:
    terminal.shelf.put("check-12345678", date(2026, 11, 24), b"{}")
    terminal.morning = terminal.again()
    terminal.pass_time(TUESDAY_MORNING)
    assert terminal.morning.running


def test_not_while_somebody_is_here_and_not_at_once_when_they_leave(terminal: Terminal) -> None:
    terminal.pass_time(TUESDAY_MORNING, idle=False)
    terminal.pass_time(TUESDAY_MORNING, seconds=5)
    assert not terminal.morning.running
    terminal.pass_time(TUESDAY_MORNING, seconds=20)
    assert terminal.morning.running
    terminal.finish()


def test_somebody_who_comes_has_the_devices_back_and_the_report_is_made_later(tmp_path: Path) -> None:
    scanner = Slow()
    terminal = Terminal(tmp_path, document_scanner=scanner, power=FakeSupply())
    terminal.pass_time(TUESDAY_MORNING)
    assert scanner.scanning.wait(SOON)
    began = time.monotonic()
    terminal.morning.tick(idle=False, now=TUESDAY_MORNING)
    terminal.finish()
    assert time.monotonic() - began < 1
    assert "cancel" in scanner.calls
    assert terminal.shelf.newest() is None
    terminal.pass_time(TUESDAY_MORNING)
    terminal.finish()
    assert terminal.report().ready
    terminal.close()


def test_a_device_that_is_gone_or_never_ends_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EXERCISE_S", 0.1)
    scanner = Slow()
    gone = Fake(trouble=DeviceUnavailable("no such device", Fault.UNPLUGGED), state=module_absent())
    terminal = Terminal(tmp_path, card_reader=gone, document_scanner=scanner, power=FakeSupply())
    terminal.pass_time(TUESDAY_MORNING)
    terminal.finish()
    scanner.let_go.set()
    states = {device.name: (device.ready, device.faults) for device in terminal.report().devices}
    assert states == {
        "card_reader": (False, ("unplugged",)),
        "document_scanner": (False, ("no_answer",)),
        "power": (True, ()),
    }
    terminal.close()


def module_absent() -> Any:
    from kiosk.ports.device import ABSENT

    return ABSENT


def test_the_counters_are_in_the_report(terminal: Terminal) -> None:
    terminal.store.count("ticket_printer", Counter.PAGES, 41)
    terminal.pass_time(TUESDAY_MORNING)
    terminal.finish()
    figures = {figure.name: figure.value for figure in terminal.report().devices[0].figures}
    assert figures["pages"] == 41


def test_an_hour_that_is_empty_is_never(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, at="", power=FakeSupply())
    terminal.pass_time(TUESDAY_MORNING)
    assert not terminal.morning.running
    terminal.close()


def test_a_full_disk_is_logged_once_and_tried_again_after_a_while(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise StoreError("the store cannot be used now (disk is full)")

    with monkeypatch.context() as broken:
        broken.setattr(terminal.shelf, "put", full)
        terminal.pass_time(TUESDAY_MORNING)
        terminal.finish()
        terminal.pass_time(TUESDAY_MORNING)
        assert not terminal.morning.running
    assert caplog.text.count("could not be kept") == 1
    terminal.pass_time(TUESDAY_MORNING, seconds=module.AGAIN_S)
    terminal.finish()
    assert terminal.report().ready


# --- to the centre ---------------------------------------------------------------------------------------------


def put(terminal: Terminal, *days: int) -> list[str]:
    """Reports of these days, made while the centre was away."""
    body = ReadinessReport(station="kiosk", version="1", made_at=TUESDAY_MORNING, took_s=1, ready=True)
    keys = [f"morning-2026-11-{day:02d}-aaaa" for day in days]
    for day, key in zip(days, keys, strict=True):
        terminal.shelf.put(key, date(2026, 11, day), body.model_dump_json().encode())
    return keys


def test_what_was_made_without_a_network_is_sent_later_in_order_and_once(terminal: Terminal) -> None:
    keys = put(terminal, *range(1, 6))
    terminal.hall.away = True
    with pytest.raises(CentreUnreachable):
        terminal.morning.deliver(cast("Centre", terminal.hall))
    terminal.hall.away = False
    for _ in range(2):
        terminal.morning.deliver(cast("Centre", terminal.hall))
    assert [key for key, _ in terminal.hall.got] == keys
    assert terminal.shelf.unsent() == ()


def test_a_report_that_is_refused_does_not_hold_the_others(terminal: Terminal) -> None:
    first, second = put(terminal, 1, 2)
    terminal.hall.refuses = frozenset({first})
    with pytest.raises(CentreRefused):
        terminal.morning.deliver(cast("Centre", terminal.hall))
    assert [key for key, _ in terminal.hall.got] == [second]
    terminal.hall.refuses = frozenset()
    terminal.morning.deliver(cast("Centre", terminal.hall))
    assert [key for key, _ in terminal.hall.got] == [second, first]


def test_reports_of_an_older_program_hold_nothing_up(terminal: Terminal, caplog: pytest.LogCaptureFixture) -> None:
    """One that the centre has under another wording, and one that cannot be read any more."""
    there, fine = put(terminal, 1, 3)
    terminal.shelf.put("morning-2026-11-02-aaaa", date(2026, 11, 2), b'{"station": "kiosk", "colour": "red"}')
    terminal.hall.refuses, terminal.hall.code = frozenset({there}), "idempotency-key-reused"
    terminal.morning.deliver(cast("Centre", terminal.hall))
    assert [key for key, _ in terminal.hall.got] == [fine]
    assert terminal.shelf.unsent() == ()
    assert "2026-11-02 cannot be read any more" in caplog.text
