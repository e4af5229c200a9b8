"""Trials of every kind of device, over fakes with hands: what is told, what is counted, how soon they stop."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from devices.worker import Worker
from kiosk import words
from kiosk.context import Context
from kiosk.effects.upkeep import NoteRefill, TryDevice
from kiosk.errors import DeviceUnavailable, Fault, NothingToScan, ScanFailed, StoreError
from kiosk.events.model import Event
from kiosk.events.upkeep import RefillNoted, Tried, Trying, UpkeepSeen
from kiosk.handlers import trials
from kiosk.handlers.results import count_trouble
from kiosk.handlers.trials import TRIALS
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
from kiosk.texts import Text, msg
from kiosk.words import load
from tests.worlds import world

ENGLISH = load("en")
STOPS_WITHIN_S = 0.5
"""0.25 s are promised; the rest is for a busy test machine."""
FULL = Charge(87, 1500)
OUYANG = CitizenCard("440113195803050027", "欧阳秀英", "A12345678", "440100", "3.00")
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


@pytest.fixture
def stand() -> Iterator[Callable[..., Stand]]:
    """Sets a device up; its thread ends with the test."""
    stands: list[Stand] = []

    def put_up(name: str, device: Any, **more: Any) -> Stand:
        stands.append(Stand(name, device, **more))
        return stands[-1]

    yield put_up
    for one in stands:
        one.close()


def facts(tried: Tried) -> dict[str, str]:
    """Label -> value, in English."""
    return {ENGLISH.say(label): ENGLISH.say(value) for label, value in tried.facts}


def said(text: Text) -> str:
    return ENGLISH.say(text)


# --- pages ---------------------------------------------------------------------------------------------------


def test_a_scanner_gives_one_page_and_is_stopped_after_it(stand: Callable[..., Stand]) -> None:
    here = stand("document_scanner", scanner := FakeScanner())
    tried = here.tried()
    assert tried.well
    assert facts(tried)["Picture"] == "2,480 × 3,508 pixels"
    assert (scanner.closed, scanner.orders) == (1, [ScanOrder(Source.FLATBED)])
    assert here.tally.counts == {("document_scanner", Counter.SCANS): 1}
    assert b"somebody" not in repr(here.told).encode()


def test_a_scanner_without_a_glass_uses_its_feeder(stand: Callable[..., Stand]) -> None:
    here = stand("document_scanner", scanner := FakeScanner(NothingToScan("empty"), (Source.FEEDER,)))
    tried = here.tried()
    assert not tried.well
    assert said(tried.text) == "There was no page. Put one in and try again."
    assert scanner.orders == [ScanOrder(Source.FEEDER)]
    assert here.tally.counts == {}, "an empty feeder is no fault of the scanner"


def test_a_jam_is_said_and_counted(stand: Callable[..., Stand]) -> None:
    here = stand("document_scanner", FakeScanner(ScanFailed("stuck", Fault.PAGE_JAM)))
    assert said(here.tried().text) == "A page is stuck in the scanner."
    assert here.tally.counts == {("document_scanner", Counter.ERRORS): 1}


def test_a_scan_that_is_waited_for_is_stopped(stand: Callable[..., Stand]) -> None:
    here = stand("document_scanner", scanner := FakeScanner(None))
    stops(here, lambda: bool(scanner.orders))
    assert scanner.stopped.is_set()


def test_a_camera_gives_a_page_and_what_is_to_be_seen_on_it(stand: Callable[..., Stand]) -> None:
    page = Page(b"", 2592, 1944, None, frozenset({Concern.BLURRED, Concern.TOO_DARK}))
    here = stand("document_camera", camera := FakeCamera(page))
    tried = here.tried()
    assert tried.well, "the camera did its part"
    assert facts(tried)["To be seen on it"] == "not sharp and too dark"
    assert "First picture after" in facts(tried)
    assert not camera.running


def test_the_camera_waits_for_a_page_that_is_laid_under_it(stand: Callable[..., Stand]) -> None:
    here = stand("document_camera", FakeCamera(laid_at=8))
    assert here.tried().text == msg("A page came. Nothing of it was kept.")


def test_a_camera_without_a_page_gives_a_picture_and_no_more_is_said(
    stand: Callable[..., Stand], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trials, "PAGE_S", 0.1)
    tried = stand("document_camera", FakeCamera(laid_at=10_000)).tried()
    assert (tried.well, tried.text) == (True, msg("There is a picture, but no page on it."))
    assert facts(tried)["To be seen on it"] == "no page found"


def test_a_blind_camera_is_stopped_when_the_technician_stops(stand: Callable[..., Stand]) -> None:
    here = stand("document_camera", camera := FakeCamera(blind=True))
    stops(here, lambda: camera.looks > 1)
    assert not camera.running


# --- cards and codes -----------------------------------------------------------------------------------------


def test_a_citizen_card_is_a_kind_and_a_time(stand: Callable[..., Stand]) -> None:
    here = stand("citizen_card_reader", FakeCitizenReader())
    tried = here.tried()
    assert facts(tried)["What was read"] == "Citizen or social-security card"
    assert here.tally.counts == {("citizen_card_reader", Counter.READS): 1}
    assert not [own for own in ("欧阳", "440113", "A12345678") if own in repr(here.told)]


def test_waiting_for_a_card_that_never_comes_is_stopped(stand: Callable[..., Stand]) -> None:
    here = stand("citizen_card_reader", FakeCitizenReader(None))
    stops(here, lambda: any(isinstance(event, Trying) for event in here.told))


def test_of_a_code_only_its_length_is_told_and_never_an_earlier_one(stand: Callable[..., Stand]) -> None:
    here = stand("code_scanner", FakeCodes([None, Code("https://example.org/secret")]))
    tried = here.tried()
    assert facts(tried) == {"Characters in the code": "26"}
    assert "secret" not in repr(here.told)
    stops(stand("code_scanner", waiting := FakeCodes([])), lambda: not waiting.left)


# --- others --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("charge", "told"),
    [
        (Charge(87, 1500), {"Charge": "87 %", "Lasts for": "25 min"}),
        (Charge(87, None), {"Charge": "87 %"}),
        (Charge(None, None), {}),
    ],
)
def test_a_power_supply_says_what_it_knows(stand: Callable[..., Stand], charge: Charge, told: dict[str, str]) -> None:
    tried = stand("power", FakePower(charge)).tried()
    assert (tried.well, facts(tried)) == (True, told)


def test_a_supply_that_is_gone(stand: Callable[..., Stand]) -> None:
    here = stand("power", FakePower(DeviceUnavailable("gone", Fault.UNPLUGGED)))
    tried = here.tried()
    assert (tried.well, said(tried.text)) == (False, "The device is not connected.")
    assert here.tally.counts == {("power", Counter.ERRORS): 1}


def test_every_lamp_on_and_off_one_after_the_other(
    stand: Callable[..., Stand], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.handlers.trials.LAMP_S", 0.01)
    here = stand("board", board := FakeBoard())
    assert facts(here.tried()) == {"Noticed now": "service door open"}
    assert board.story == [(lamp, on) for lamp in Lamp for on in (True, False)]
    assert len([event for event in here.told if isinstance(event, Trying)]) == len(Lamp)


def test_a_stopped_board_leaves_no_lamp_on(stand: Callable[..., Stand]) -> None:
    here = stand("board", board := FakeBoard())
    stops(here, lambda: bool(board.story))
    assert [on for _, on in board.story] == [True, False]


@pytest.mark.parametrize(
    ("language", "known", "tongue"),
    [
        ("zh_CN", frozenset(Tongue), Tongue.MANDARIN),
        ("zh_HK", frozenset(Tongue), Tongue.CANTONESE),
        ("zh_CN", frozenset({Tongue.ENGLISH}), Tongue.ENGLISH),
    ],
)
def test_the_voice_speaks_the_pages_language_or_what_it_can(
    stand: Callable[..., Stand], language: str, known: frozenset[Tongue], tongue: Tongue
) -> None:
    here = stand("voice", voice := FakeVoice(known), language=language)
    assert here.tried().well
    assert [spoken for _, spoken in voice.said] == [tongue]


def test_a_voice_without_languages_and_one_that_is_stopped(stand: Callable[..., Stand]) -> None:
    assert not stand("voice", FakeVoice(frozenset())).tried().well
    here = stand("voice", voice := FakeVoice(endless=True))
    stops(here, lambda: bool(voice.said))
    assert voice.silenced


@pytest.mark.parametrize("name", TRIALS)
def test_a_device_that_is_not_fitted(stand: Callable[..., Stand], name: str) -> None:
    here = stand("another", Plain())
    here.ask(TryDevice(name))
    assert not here.until(Tried).well


def stops(here: Stand, begun: Callable[[], bool]) -> None:
    """The trial ends soon after it was stopped, tells no result, and the device takes other work."""
    request = here.ask(TryDevice(here.name))
    here.until_there(begun)
    began = time.monotonic()
    request.cancel()
    free: list[float] = []
    here.worker.ask(lambda _device, _cancelled: None, lambda _result: free.append(time.monotonic()))
    here.until_there(lambda: free)
    assert free[0] - began < STOPS_WITHIN_S
    assert not [event for event in here.told if isinstance(event, Tried)]


# --- the desk ------------------------------------------------------------------------------------------------


def test_counters_that_cannot_be_read_are_left_out(stand: Callable[..., Stand]) -> None:
    from kiosk.effects.upkeep import LookAround

    here = stand("power", FakePower(), tally=Counted(full=True))
    here.ask(LookAround())
    report = here.until(UpkeepSeen).report
    assert (report.fitted, report.counted("power")) == (("power",), {})


@pytest.mark.parametrize("full", [True, False])
def test_a_refill_is_written_down_or_it_is_said_that_not(stand: Callable[..., Stand], full: bool) -> None:
    here = stand("power", FakePower(), tally=Counted({("a4_printer", Counter.PAGES_SINCE_REFILL): 9}, full))
    here.ask(NoteRefill("a4_printer"))
    assert here.until(RefillNoted).done is not full
    assert bool(here.tally.counts) is full


def test_what_a_person_does_is_no_error_of_a_device() -> None:
    tally = Counted()
    count_trouble(tally, "card_reader", DeviceUnavailable("gone"))
    count_trouble(tally, "card_reader", NothingToScan("empty"))
    assert tally.counts == {("card_reader", Counter.ERRORS): 1}
