"""The SDT driver against a wire that misbehaves in every way there is a name for."""

import time
from dataclasses import replace

import pytest

from devices.card_readers.sdt import SdtReader
from devices.card_readers.sdt_faults import FAULTS, WHOLE_READER
from devices.card_readers.sdt_frame import reply
from devices.card_readers.sdt_link import READ
from devices.card_readers.sdt_status import MEANINGS, error_for
from devices.card_readers.sdt_wire import USUAL, Wire
from devices.transports import sim
from kiosk.errors import CardGone, CardNotGenuine, CardUnreadable, DeviceUnavailable, Fault


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def reader(wire):
    made = SdtReader(SdtReader.Options(sim.add("driver-test", wire), poll_s=0.01))
    made.open()
    yield made
    made.close()


OUTCOMES = {
    "noise": None,
    "split": None,
    "duplicate": None,
    "checksum": Fault.HARDWARE,
    "length": Fault.HARDWARE,
    "truncated": Fault.HARDWARE,
    "silent": Fault.NO_ANSWER,
    "late": CardUnreadable,
    "command": "not found",
    "not-permitted": Fault.NOT_AUTHORISED,
    "auth-sam": CardNotGenuine,
    "auth-card": CardNotGenuine,
    "signature": CardNotGenuine,
    "other-card": CardUnreadable,
    "unreadable": CardUnreadable,
    "random": CardUnreadable,
    "empty": CardUnreadable,
    "two-cards": "not found",
    "pulled-away": CardGone,
    "unplug-read": Fault.UNPLUGGED,
    "self-test": Fault.HARDWARE,
    "not-authorised": Fault.NOT_AUTHORISED,
}


def test_every_fault_of_the_wire_is_tried():
    assert set(OUTCOMES) == {*FAULTS, *WHOLE_READER}


def what_happens(reader: SdtReader) -> object:
    try:
        return None if reader.await_card(0.05) and reader.read().name == "李示范" else "not found"
    except DeviceUnavailable as error:
        return error.fault
    except CardUnreadable as error:
        return type(error)
    except CardGone:
        return CardGone


@pytest.mark.parametrize("fault", OUTCOMES)
def test_ends_as_it_should_and_works_again_afterwards(wire, reader, fault):
    wire.place("li")
    wire.break_with(fault)
    assert what_happens(reader) == OUTCOMES[fault]
    wire.break_with("none")
    wire.plug()
    wire.place("li")
    reader.open()
    assert what_happens(reader) is None


@pytest.mark.parametrize("fault", ["checksum", "truncated", "length", "unreadable", "command"])
def test_one_bad_answer_is_not_noticed_by_anybody(wire, reader, fault):
    wire.place("li")
    wire.break_with(fault, times=1)
    assert what_happens(reader) is None


@pytest.mark.parametrize(
    "sw3", sorted({0x10, 0x11, 0x21, 0x23, 0x24, 0x31, 0x32, 0x33, 0x40, 0x41, 0x47, 0x60, 0x66, 0x80, 0x81, 0x91})
)
def test_every_status_code_has_a_meaning_that_names_it(sw3):
    assert f"{sw3:02X}" in str(error_for(sw3))
    assert sw3 in MEANINGS


def test_an_unknown_status_code_is_an_unreadable_card():
    assert isinstance(error_for(0x77), CardUnreadable)


class Script:
    """A wire that answers from a list of byte strings, whatever is asked; remembers what was asked."""

    paced, plugged = False, True

    def __init__(self, *answers: bytes) -> None:
        self.answers, self.asked = list(answers), []

    def takes(self) -> bool:
        return True

    def exchange(self, data, baud):
        self.asked.append(data.hex()[-6:-2])
        return [sim.Burst(self.answers.pop(0))] if self.answers else []

    def hands(self):
        return ()

    def sight(self):
        return None


EXCHANGES = [
    (
        "find, select, read",
        [reply(0x9F, bytes(4)), reply(0x90, bytes(8)), reply(0x31)],
        ["2001", "2002", "3001"],
        CardNotGenuine,
    ),
    (
        "a refused select is no reason not to read",
        [reply(0x9F, bytes(4)), reply(0x81), reply(0x33)],
        ["2001", "2002", "3001"],
        CardNotGenuine,
    ),
    (
        "a status of the find before is not the select's",
        [reply(0x9F, bytes(4)), reply(0x80) + reply(0x90, bytes(8)), reply(0x40), reply(0x9F, bytes(4))],
        ["2001", "2002", "3001", "2001"],
        CardUnreadable,
    ),
    (
        "the host's frame was broken: once more",
        [reply(0x10), reply(0x90), reply(0x9F, bytes(4)), reply(0x90, bytes(8)), reply(0x32)],
        ["2001", "11ff", "2001", "2002", "3001"],
        CardNotGenuine,
    ),
]


@pytest.mark.parametrize(("name", "answers", "asked", "error"), EXCHANGES, ids=[row[0] for row in EXCHANGES])
def test_exchanges(name, answers, asked, error):
    script = Script(reply(0x90), *answers)
    reader = SdtReader(SdtReader.Options(sim.add("script", script)))
    reader.open()
    assert reader.await_card(0)
    with pytest.raises(error):
        reader.read()
    assert script.asked == ["11ff", *asked]
    reader.close()


def test_a_reader_at_another_speed_is_named(wire):
    wire.baud = 9600
    with pytest.raises(DeviceUnavailable, match="115200 baud is no card reader") as caught:
        SdtReader(SdtReader.Options(sim.add("slow", wire))).open()
    assert caught.value.fault is Fault.WRONG_DEVICE


def test_a_second_kiosk_on_the_same_port_is_told_so(reader):
    with pytest.raises(DeviceUnavailable, match="used by another program, perhaps a second kiosk"):
        SdtReader(SdtReader.Options(reader.options.url)).open()


def test_the_sam_number_as_vendors_print_it(reader):
    assert reader.sam_id() == "05.03-20240101-000004711-000000815"


def test_a_wire_level_visit_at_115200_baud():
    wire = Wire(paced=True, timing=USUAL)
    reader = SdtReader(SdtReader.Options(sim.add("paced", wire)))
    reader.open()
    wire.place("rare")
    begin = time.monotonic()
    assert reader.await_card(1)
    assert reader.read().name == "𠮷㛃䶮"
    assert 0.9 < time.monotonic() - begin < 1.2, "reader 0.79 s, wire 0.12 s"
    assert reader.await_removal(0.1) is False
    wire.remove()
    assert reader.await_removal(1) is True
    reader.close()


def test_a_late_answer_about_one_card_is_never_taken_for_the_next_persons(wire, reader, monkeypatch):
    monkeypatch.setattr("devices.card_readers.sdt.READ", replace(READ, limit_s=0.05))
    monkeypatch.setattr("devices.card_readers.sdt_faults.LATE_S", 0.3)
    wire.place("li")
    wire.break_with("late", times=2)
    assert what_happens(reader) is CardUnreadable
    wire.place("chen")
    assert reader.await_card(0.2)
    assert reader.read().name == "陈样本"
