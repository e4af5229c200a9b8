"""The technician's pages on real protocols: PIN, devices over simulated wires, trials; what a trial saw is nowhere."""

import logging
import time
from collections.abc import Iterator
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from devices.card_readers import sdt_card
from devices.card_readers.sample_cards import CARDS
from kiosk.documents import TEST_CODE
from kiosk.events.touches import Chosen, HomePressed, Pressed, TimedOut, Typed, UpkeepAsked, Woken
from kiosk.ports.attempts import Attempts
from kiosk.ports.ledger import PrintState
from kiosk.ports.tally import Counter
from kiosk.views.devices import DeviceView
from kiosk.views.parts import Tone
from kiosk.views.told import MessageView, WaitView
from kiosk.words import load
from tests.hall import PIN, Hall

ENGLISH = load("en")
STOPS_WITHIN_S = 0.5
"""0.25 s are promised; the rest is for a busy test machine."""


@pytest.fixture(scope="module")
def building(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """One hall for all of them: it takes seconds to open."""
    here = Hall(tmp_path_factory.mktemp("hall"))
    here.until_open()
    yield here
    here.close()


@pytest.fixture
def hall(building: Hall) -> Hall:
    """The hall as in the morning: everything works, nobody is here, nothing was counted."""
    building.runner.end_visit()
    for hand, choice in (("plug", ""), ("fault", "none"), ("remove", "")):
        building.hand("card_reader", hand, choice)
    building.hand("ticket_printer", "refill")
    building.until_open()
    building.store._connection.execute("DELETE FROM tally")
    building.store._connection.execute("DELETE FROM print_ledger")
    building.shown.clear()
    return building


def enter(hall: Hall, pin: str = PIN, leads_to: str = "upkeep.devices") -> None:
    """The gesture, then the PIN."""
    hall.do(UpkeepAsked())
    hall.until_step("upkeep.pin")
    hall.do(Typed(pin), Pressed("open"))
    hall.until_step(leads_to)


def try_device(hall: Hall, name: str) -> None:
    """Its page, then its trial."""
    hall.do(Chosen(name), Pressed("trial"))
    assert hall.step == "upkeep.trying"


def until_asked(hall: Hall, sentence: str) -> None:
    """Until the trial asks for something."""
    hall.until(lambda: isinstance(hall.view, WaitView) and ENGLISH.say(hall.view.explain) == sentence, sentence)


def ended(hall: Hall) -> MessageView:
    """How the trial ended."""
    hall.until_step("upkeep.tried")
    assert isinstance(hall.view, MessageView)
    return hall.view


# --- in and out ----------------------------------------------------------------------------------------------


def test_three_wrong_pins_lock(hall: Hall) -> None:
    hall.store.keep_attempts(Attempts())
    enter(hall, "111111", "upkeep.pin")
    for leads_to in ("upkeep.pin", "upkeep.locked"):
        hall.do(Typed("111111"), Pressed("open"))
        assert hall.step == "upkeep.checking"
        hall.until_step(leads_to)
    assert isinstance(hall.view, WaitView)
    assert hall.view.ends_at is not None
    assert 25 < hall.view.ends_at - time.monotonic() <= 30
    assert hall.store.attempts().wrong == 3
    hall.do(Pressed("again"))
    hall.until_step("upkeep.locked")
    hall.do(Pressed("finish"))
    assert hall.step == "home.attract"
    hall.do(Woken(), UpkeepAsked())
    hall.until_step("upkeep.locked")
    hall.lock_clock.skip(30)
    enter_again(hall)


def enter_again(hall: Hall) -> None:
    """After the pause."""
    hall.do(Pressed("again"))
    hall.until_step("upkeep.pin")
    hall.do(Typed(PIN), Pressed("open"))
    hall.until_step("upkeep.devices")


def test_inside_home_and_time_out_lead_out_and_the_pin_is_asked_again(hall: Hall) -> None:
    enter(hall)
    hall.do(HomePressed())
    assert hall.step == "home.home"
    enter(hall)
    hall.do(Chosen("a4_printer"), TimedOut())
    assert hall.step == "home.attract"
    hall.do(UpkeepAsked())
    hall.until_step("upkeep.pin")
    assert not hall.runner.position.answers.pin


def test_a_touch_of_a_resident_cannot_be_answered_by_it(hall: Hall) -> None:
    """The gesture during somebody's errand does nothing."""
    hall.do(Woken(), Chosen("ticket"), UpkeepAsked())
    assert hall.step == "ticket.choose"


# --- card reader ---------------------------------------------------------------------------------------------


def test_a_card_is_tried_and_nobody_learns_whose_it_is(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        enter(hall)
        try_device(hall, "card_reader")
        until_asked(hall, "Put any card on the reader.")
        hall.hand("card_reader", "place", "li")
        view = ended(hall)
    assert view.tone is Tone.DONE
    facts = {ENGLISH.say(fact.note): ENGLISH.say(fact.value) for fact in view.facts}
    assert facts["What was read"] == "Resident ID card"
    assert facts["Reading took"].endswith(" s")
    card = sdt_card.parse(CARDS["li"].text, b"")
    everywhere = f"{[shown for shown, _ in hall.shown]!r} {hall.runner.position.answers.__dict__!r} {caplog.text}"
    assert card.name
    assert not [own for own in (card.name, card.number, card.address, card.issuer) if own and own in everywhere]
    assert hall.store.counted("card_reader") == {Counter.READS: 1}


def test_the_card_of_a_trial_is_not_the_next_residents(hall: Hall) -> None:
    enter(hall)
    try_device(hall, "card_reader")
    hall.hand("card_reader", "place", "li")
    ended(hall)
    hall.do(HomePressed(), Chosen("ticket"), Chosen("general"))
    hall.until_step("ticket.card_left")
    hall.hand("card_reader", "remove")
    hall.until_step("ticket.card")


def test_a_card_left_by_a_resident_does_not_keep_the_trial_waiting(hall: Hall) -> None:
    """The reader is watched for that card for minutes; a trial does not queue behind it."""
    hall.do(Woken(), Chosen("ticket"), Chosen("general"))
    hall.until_step("ticket.card")
    hall.hand("card_reader", "place", "li")
    hall.until_step("ticket.review")
    hall.do(HomePressed())
    enter(hall)
    try_device(hall, "card_reader")
    assert ended(hall).tone is Tone.DONE


def test_an_unreadable_card_is_counted_and_said(hall: Hall) -> None:
    hall.hand("card_reader", "fault", "unreadable")
    enter(hall)
    try_device(hall, "card_reader")
    hall.hand("card_reader", "place", "li")
    view = ended(hall)
    assert view.tone is Tone.TROUBLE
    assert "could not be read" in ENGLISH.say(view.explain)
    assert hall.store.counted("card_reader") == {Counter.ERRORS: 1}


def test_a_trial_stops_at_once_and_the_reader_is_free(hall: Hall) -> None:
    enter(hall)
    try_device(hall, "card_reader")
    until_asked(hall, "Put any card on the reader.")
    began = time.monotonic()
    free: list[float] = []
    hall.do(Pressed("stop"))
    hall.workers["card_reader"].ask(lambda _device, _cancelled: None, lambda _result: free.append(time.monotonic()))
    hall.until(lambda: free, "the reader")
    assert free[0] - began < STOPS_WITHIN_S
    assert hall.step == "upkeep.device"


def test_a_reader_that_is_pulled_out_during_the_trial(hall: Hall) -> None:
    enter(hall)
    try_device(hall, "card_reader")
    until_asked(hall, "Put any card on the reader.")
    hall.hand("card_reader", "unplug")
    assert ended(hall).tone is Tone.TROUBLE
    hall.do(Pressed("device"))
    hall.until(lambda: isinstance(hall.view, DeviceView) and hall.view.steps, "what to do")


# --- printers ------------------------------------------------------------------------------------------------


def test_a_test_slip_comes_out_with_its_code_and_stands_in_the_ledger(hall: Hall) -> None:
    enter(hall)
    try_device(hall, "ticket_printer")
    view = ended(hall)
    assert view.tone is Tone.DONE
    slip = hall.slip()
    assert slip is not None
    codes = zxingcpp.read_barcodes(Image.open(BytesIO(slip)))
    assert [code.text for code in codes] == [hall.runner.world.station.public_url or TEST_CODE]
    rows = hall.store._connection.execute("SELECT document, state FROM print_ledger").fetchall()
    assert rows == [("test", PrintState.OUT.value)]


def test_no_paper_is_no_success_and_the_device_page_shows_what_to_do(hall: Hall) -> None:
    hall.hand("ticket_printer", "use_up", "end")
    enter(hall)
    try_device(hall, "ticket_printer")
    view = ended(hall)
    assert view.tone is Tone.TROUBLE
    assert ENGLISH.say(view.explain) == "The printer has run out of paper."
    hall.do(Pressed("device"))
    hall.until(lambda: isinstance(hall.view, DeviceView) and len(hall.view.steps) == 4, "four pictures")
    hall.hand("ticket_printer", "refill")
    hall.until(lambda: isinstance(hall.view, DeviceView) and not hall.view.steps, "ready by itself")


def test_a_page_is_tried(hall: Hall) -> None:
    enter(hall)
    try_device(hall, "a4_printer")
    assert ended(hall).tone is Tone.DONE


def test_a_refill_starts_the_count_anew(hall: Hall) -> None:
    hall.store.count("ticket_printer", Counter.PAGES, 900)
    hall.store.count("ticket_printer", Counter.PAGES_SINCE_REFILL, 412)
    enter(hall)
    hall.do(Chosen("ticket_printer"))
    hall.until(lambda: isinstance(hall.view, DeviceView) and ("412" in [value for _, value in hall.view.rows]), "412")
    hall.do(Pressed("refill"))
    hall.until(lambda: isinstance(hall.view, DeviceView) and [v for _, v in hall.view.rows] == ["900"], "900 alone")
    assert isinstance(hall.view, DeviceView)
    assert "written down" in ENGLISH.say(hall.view.note)
