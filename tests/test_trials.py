"""Trials of every kind of device, over fakes with hands: what is told, what is counted, how soon they stop."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kiosk.effects.upkeep import NoteRefill, TryDevice
from kiosk.errors import DeviceUnavailable, Fault, NothingToScan, ScanFailed
from kiosk.events.upkeep import RefillNoted, Tried, Trying, UpkeepSeen
from kiosk.handlers import trials
from kiosk.handlers.results import count_trouble
from kiosk.handlers.trials import TRIALS
from kiosk.ports.board import Lamp
from kiosk.ports.code_scanner import Code
from kiosk.ports.page import Concern, Page
from kiosk.ports.power import Charge
from kiosk.ports.scanner import ScanOrder, Source
from kiosk.ports.tally import Counter
from kiosk.ports.voice import Tongue
from kiosk.texts import Text, msg
from kiosk.words import load
from tests.trial_devices import (
    STOPS_WITHIN_S,
    Counted,
    FakeBoard,
    FakeCamera,
    FakeCitizenReader,
    FakeCodes,
    FakePower,
    FakeScanner,
    FakeVoice,
    Plain,
    Stand,
)

ENGLISH = load("en")


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
