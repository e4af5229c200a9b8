"""ESC/POS printers in trouble: every fault that the far end can play, before a job and in the middle of one."""

import time

import pytest
from PIL import Image

from devices.printers import escpos_faults as ill
from devices.printers import slip
from devices.printers.escpos import EscposPrinter
from devices.printers.escpos_wire import Wire
from devices.transports import sim
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.device import Health
from kiosk.ports.printer import Outcome
from tests.sample_documents import GUIDE_ZH, TICKET_EN, TICKET_ZH


@pytest.fixture
def wire() -> Wire:
    return Wire()


def printer(wire: Wire, **options) -> EscposPrinter:
    made = EscposPrinter(EscposPrinter.Options(sim.add("escpos-trouble", wire), stall_s=0.2, **options))
    made.open()
    return made


def same(page: Image.Image, document) -> bool:
    drawn = slip.render(document, 576).point([255, *[0] * 255])
    return page.height >= drawn.height and page.crop((0, 0, *drawn.size)).tobytes() == drawn.tobytes()


FAILS = {
    "paper": Fault.PAPER_OUT,
    "cover": Fault.COVER_OPEN,
    "unplugged": Fault.UNPLUGGED,
    "cutter": Fault.CUTTER,
    "head-hot": Fault.HEAD_HOT,
    "hardware": Fault.HARDWARE,
    "offline": Fault.OFFLINE,
    "silent": Fault.NO_ANSWER,
    "stuck": Fault.NO_ANSWER,
    "garbage": Fault.WRONG_DEVICE,
    "other-model": Fault.WRONG_DEVICE,
    "paper-in-slip": Fault.PAPER_OUT,
    "cover-in-slip": Fault.COVER_OPEN,
    "cutter-at-cut": Fault.CUTTER,
    "head-hot-in-slip": Fault.HEAD_HOT,
    "power-in-slip": Fault.NO_ANSWER,
    "stuck-in-slip": Fault.NO_ANSWER,
    "unplugged-in-slip": Fault.UNPLUGGED,
}
HARMLESS = {"near-end", "noise"}
DOUBTFUL = {"no-sign", "half-answers"}
"""The paper comes out, and the printer does not say so."""


@pytest.fixture(autouse=True)
def short_of_patience(monkeypatch):
    """Longer than any slip takes here."""
    monkeypatch.setattr("devices.printers.escpos.MARGIN_S", 0.3)
    monkeypatch.setattr("devices.printers.escpos.SLOWEST_MM_S", 200.0)


def test_every_fault_of_the_wire_is_tried():
    assert {*FAILS, *HARMLESS, *DOUBTFUL} == {*ill.ALL}
    offered = next(hand for hand in Wire().hands() if hand.key == "fault").choices
    assert [key for key, _ in offered] == ["none", *ill.ALL]


@pytest.mark.parametrize("name", FAILS)
def test_trouble_fails_the_job_and_none_of_it_comes_out_later(wire, name):
    device = printer(wire)
    wire.break_with(name)
    outcome = device.print("job", TICKET_ZH)
    assert (outcome.outcome, outcome.fault, outcome.pages) == (Outcome.FAILED, FAILS[name], 0)
    device.status()
    time.sleep(0.1)
    wire.break_with("none")
    usable_again(device)
    assert device.print("next", TICKET_EN).outcome is Outcome.OUT
    assert same(wire.slips[-1], TICKET_EN), "and nothing of the first before it"
    whole = [same(page, TICKET_ZH) for page in wire.slips]
    assert whole.count(True) == (name == "cutter-at-cut"), "only paper that hung out already, uncut"


def usable_again(device: EscposPrinter) -> None:
    """As the worker does it: opened anew where it was lost, until it answers."""
    end = time.monotonic() + 3
    while not device.status().works:
        assert time.monotonic() < end
        try:
            device.open()
        except DeviceUnavailable:
            time.sleep(0.02)


@pytest.mark.parametrize("name", DOUBTFUL)
def test_without_its_word_nobody_says_printed(wire, name):
    device = printer(wire)
    wire.break_with(name)
    assert device.print("job", TICKET_ZH).outcome is Outcome.SENT
    assert same(wire.slips[0], TICKET_ZH)
    wire.break_with("none")
    usable_again(device)
    assert device.print("next", TICKET_EN).outcome is Outcome.OUT
    assert same(wire.slips[-1], TICKET_EN)
    assert len(wire.slips) == 2


@pytest.mark.parametrize(("name", "health"), [("near-end", Health.LOW), ("noise", Health.READY)])
def test_what_is_no_hindrance(wire, name, health):
    device = printer(wire)
    wire.break_with(name)
    assert device.print("job", TICKET_ZH).outcome is Outcome.OUT
    assert device.status().health is health
    wire.break_with("none")
    assert device.status().health is Health.READY


def test_bytes_that_look_like_signs_amid_noise_are_none(wire, monkeypatch):
    device = printer(wire)
    wire.break_with("no-sign")
    ask_paper = wire._asked
    monkeypatch.setattr(wire, "_asked", lambda command: ask_paper(command) or b"\xe7\x00\x00\x00\x00\x00\x00\x00\x00")
    assert device.print("job", TICKET_ZH).outcome is Outcome.SENT


@pytest.mark.parametrize("confirm", ["paper", "process"])
def test_a_power_dip_too_short_to_be_seen_is_not_called_printed(wire, confirm, monkeypatch):
    monkeypatch.setattr("devices.printers.escpos_wire.BOOT_S", 0.005)
    device = printer(wire, confirm=confirm)
    wire.break_with("power-in-slip:20")
    assert device.print("job", GUIDE_ZH).outcome is not Outcome.OUT
    assert not any(same(page, GUIDE_ZH) for page in wire.slips)
    device.discard()
    time.sleep(0.01)
    assert device.print("next", TICKET_EN).outcome is Outcome.OUT
    assert same(wire.slips[-1], TICKET_EN)


def test_a_printer_that_answers_only_the_last_question(wire, monkeypatch):
    """Signs in between are then not asked for; with them, it would never be called printed."""
    asked = []
    original = wire._asked
    monkeypatch.setattr(wire, "_asked", lambda command: asked.append(command.name) or original(command))
    assert printer(wire, signs="end").print("job", GUIDE_ZH).outcome is Outcome.OUT
    assert asked.count("ask-paper") == 1
    asked.clear()
    assert printer(Wire(), signs="part").print("job", GUIDE_ZH).outcome is Outcome.OUT


def test_ten_megabytes_of_noise_are_survived_in_time(wire):
    device = printer(wire)
    wire.break_with("noise")
    begin = time.monotonic()
    device.status()
    assert time.monotonic() - begin < 3
    usable_again(device)


def test_half_a_slip_of_a_run_that_crashed_is_cut_off(wire):
    wire.feed(b"\x1dv0\x00\x48\x00\x10\x00" + b"\xff" * 72 * 16)
    device = printer(wire)
    device.discard(begun=True)
    assert len(wire.slips) == 1, "the half slip"
    assert device.print("next", TICKET_EN).outcome is Outcome.OUT
    assert same(wire.slips[-1], TICKET_EN)


def test_half_a_slip_is_remembered_until_the_printer_is_there(wire):
    device = EscposPrinter(EscposPrinter.Options(sim.add("escpos-trouble", wire)))
    wire.feed(b"\x1dv0\x00\x48\x00\x10\x00" + b"\xff" * 72 * 16)
    device.discard(begun=True)
    assert wire.slips == []
    device.open()
    assert len(wire.slips) == 1


def test_a_slip_that_may_still_be_coming_out_is_left_alone(monkeypatch):
    """Of a printer that gives no sign only time says when a slip is out; clearing its buffer before would halve it."""
    wire = Wire()
    cleared = []
    original = wire.exchange

    def exchange(data: bytes, baud: int):
        if b"\x10\x14\x08" in data:
            cleared.append(data)
        return original(data, baud)

    monkeypatch.setattr(wire, "exchange", exchange)
    device = printer(wire, confirm="none")
    cleared.clear()
    assert device.print("job", TICKET_EN).outcome is Outcome.SENT
    device.status()
    device.discard()
    device.status()
    assert cleared == []
    device._due_at = 0.0
    device.status()
    assert len(cleared) == 1
    assert len(wire.slips) == 1, "no blank slip was cut off"


def test_what_was_sent_does_not_wait_for_a_refill(wire):
    device = printer(wire, confirm="none")
    wire.break_with("stuck:100000")
    device.print("job", TICKET_ZH)
    wire.break_with("none")
    wire.use_up("20")
    device.print("second", TICKET_ZH)
    assert device.status().health is Health.BLOCKED
    wire.refill()
    device.status()
    count = len(wire.slips)
    device.print("third", TICKET_EN)
    assert [same(page, TICKET_EN) for page in wire.slips[count:]] == [True]


def test_a_printer_that_stops_taking_data_in_the_middle_fails_in_time(wire):
    device = printer(wire)
    wire.break_with("stuck:20000")
    begin = time.monotonic()
    outcome = device.print("job", TICKET_ZH)
    assert time.monotonic() - begin < 2.0
    assert (outcome.outcome, outcome.fault) == (Outcome.FAILED, Fault.NO_ANSWER)
    wire.break_with("none")
    assert device.status().works, "and by now what was left of the job is dropped"
    assert device.print("next", TICKET_EN).outcome is Outcome.OUT
    assert not any(same(page, TICKET_ZH) for page in wire.slips)


def test_paper_that_ends_in_the_middle_of_a_slip(wire):
    device = printer(wire)
    wire.use_up("20")
    outcome = device.print("job", TICKET_ZH)
    assert (outcome.outcome, outcome.fault) == (Outcome.FAILED, Fault.PAPER_OUT)
    assert device.status().health is Health.BLOCKED
    assert wire.sight().picture, "half a slip hangs out"
    wire.refill()
    assert device.status().health is Health.READY
    assert device.print("next", TICKET_EN).outcome is Outcome.OUT
    assert same(wire.slips[-1], TICKET_EN), "nothing of the first job on the second one's slip"
    assert wire.slips[0].height < 200, "20 mm and no more of the first"


def test_paper_that_runs_low_is_no_hindrance(wire):
    device = printer(wire)
    wire.use_up("near-end")
    assert device.status().health is Health.LOW
    assert device.print("job", TICKET_EN).outcome is Outcome.OUT


def test_a_printer_that_cannot_be_asked_has_only_sent(wire):
    wire.break_with("silent")
    device = printer(wire, answers=False)
    assert device.print("job", TICKET_EN).outcome is Outcome.SENT
    assert device.capabilities.can_confirm is False
    assert len(wire.slips) == 1


def test_the_echo_of_a_job_confirms_it(wire):
    assert printer(wire, confirm="process").print("job", TICKET_EN).outcome is Outcome.OUT


def test_without_a_sign_it_is_only_sent(wire):
    device = printer(wire, confirm="none")
    assert device.print("job", TICKET_EN).outcome is Outcome.SENT
    assert device.capabilities.can_confirm is False


def test_confirmed_only_when_the_paper_is_really_out():
    wire = Wire(mm_per_s=250)
    device = printer(wire)
    begin = time.monotonic()
    assert device.print("job", GUIDE_ZH).outcome is Outcome.OUT
    assert time.monotonic() - begin > 0.9, "a slip of 260 mm at 250 mm/s, asked meanwhile how it goes"
