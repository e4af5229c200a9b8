"""Every kind of device is made to do its work, says figures, and leaves nothing behind."""

import threading
from pathlib import Path
from typing import Any

import pytest

from devices import registry
from kiosk.contract.readiness import Examined
from kiosk.device_titles import TITLES
from kiosk.errors import REMEDIES, DeviceUnavailable, Fault, SettingsError
from kiosk.ports.camera import Frame
from kiosk.ports.device import ABSENT, Health, Status
from kiosk.ports.document import Document
from kiosk.ports.power import Charge
from kiosk.ports.printer import Outcome, PrintOutcome, Supply
from kiosk.ports.scanner import Source
from kiosk.ports.tally import Counter
from kiosk.readiness import exercises
from kiosk.readiness.examine import Part, examined, opened, unavailable
from kiosk.readiness.exercises import EXERCISES, Order, judged
from kiosk.readiness.labels import FIGURES, UNITS
from tests.benches import BENCHES
from tests.readiness.fakes import (
    FAKES,
    Fake,
    FakeBoard,
    FakeCamera,
    FakeCodeScanner,
    FakePrinter,
    FakeScanner,
    FakeSupply,
    FakeVoice,
)

PAGE = Document("test-print", "zh_CN", ())


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a camera."""
    monkeypatch.setattr(exercises, "PREVIEW_S", 0.05)
    monkeypatch.setattr(exercises, "FIRST_FRAME_S", 0.05)
    monkeypatch.setattr(exercises, "SPEECH_S", 0.1)
    monkeypatch.setattr(exercises, "LOOK_S", 0.005)


def tried(kind: str, device: Any, order: Order | None = None) -> Examined:
    return examined(Part(kind, "model"), device, order or Order(), {})


def figures(found: Examined) -> dict[str, object]:
    return {figure.name: figure.value for figure in found.figures}


def test_the_tables_know_every_kind() -> None:
    assert set(EXERCISES) == set(registry.MODELS) == set(TITLES) == set(FAKES)


@pytest.mark.parametrize("kind", EXERCISES)
def test_a_device_that_works_is_ready_and_every_figure_has_its_name_and_unit(kind: str) -> None:
    found = tried(kind, FAKES[kind](), Order(test_print=PAGE))
    assert found.ready
    assert (found.health, found.faults, found.trouble) == ("ready", (), "")
    assert found.figures
    assert {figure.name for figure in found.figures} <= set(FIGURES)
    assert {figure.unit for figure in found.figures} <= set(UNITS)


@pytest.mark.parametrize("counter", Counter)
def test_every_counter_has_its_name(counter: Counter) -> None:
    found = examined(Part("power", "m"), FakeSupply(), Order(), {counter: 7})
    assert figures(found)[counter.value] == 7
    assert counter.value in FIGURES


@pytest.mark.parametrize("kind", EXERCISES)
def test_a_device_that_is_away_is_said_to_be_so(kind: str) -> None:
    away = FAKES[kind](trouble=DeviceUnavailable("It is not there.", Fault.UNPLUGGED), state=ABSENT)
    found = opened(Part(kind, "model"), away, Order(), {})
    assert away.calls[-1] == "close"
    assert found.ready is (kind == "headphones")
    assert found.remedies == (() if kind == "headphones" else (REMEDIES[Fault.UNPLUGGED].staff.id,))


def test_headphones_that_nobody_uses_are_no_trouble() -> None:
    found = tried("headphones", Fake(ABSENT))
    assert (found.ready, found.faults) == (True, ())


def test_opening_is_timed_and_the_device_is_closed_again() -> None:
    device = FakeSupply()
    found = opened(Part("power", "m"), device, Order(), {})
    assert found.figures[0].name == "opened_in"
    assert device.calls == ["open", "close"]


def test_what_runs_low_is_ready_with_its_remedy() -> None:
    found = tried("ticket_printer", FakePrinter(Status(Health.LOW, frozenset({Fault.PAPER_LOW}))))
    assert (found.ready, found.faults, found.remedies) == (True, ("paper_low",), ("Put in a new roll soon.",))


def test_no_paper_is_used_unless_somebody_wants_it() -> None:
    printer = FakePrinter()
    assert "test_print" not in figures(tried("ticket_printer", printer))
    assert printer.printed == []
    assert figures(tried("ticket_printer", printer, Order(test_print=PAGE)))["test_print"] == "out"


def test_a_test_print_that_does_not_come_out() -> None:
    printer = FakePrinter(outcome=PrintOutcome(Outcome.FAILED, Fault.PAPER_JAM))
    found = tried("a4_printer", printer, Order(test_print=PAGE))
    assert (found.ready, found.health, found.faults) == (False, "blocked", ("paper_jam",))
    assert printer.calls == ["discard"]


def test_a_printer_says_what_it_has_left() -> None:
    printer = FakePrinter(left=(Supply("Black toner", 40), Supply("Waste box", None)))
    assert figures(tried("a4_printer", printer))["supplies"] == "Black toner 40 %, Waste box"
    many = FakePrinter(left=tuple(Supply(f"Cartridge {n}", n) for n in range(99)))
    assert tried("a4_printer", many).ready


def test_the_scanner_scans_its_glass_coarsely_and_a_feeder_is_left_alone() -> None:
    flatbed, feeder = FakeScanner(), FakeScanner(sources=(Source.FEEDER,))
    assert figures(tried("document_scanner", flatbed))["picture"] == "620 x 877"
    assert [(order.source, order.dpi, order.colour) for order in flatbed.orders] == [(Source.FLATBED, 75, False)]
    assert tried("document_scanner", feeder).ready
    assert feeder.orders == []


def test_a_scan_that_goes_wrong() -> None:
    found = tried("document_scanner", FakeScanner(jammed=True))
    assert (found.ready, found.faults, found.trouble) == (False, ("lid_open",), "The scanner's cover is open.")


def test_the_camera_is_watched_and_its_picture_judged() -> None:
    camera = FakeCamera()
    found = figures(tried("document_camera", camera))
    assert float(str(found["pictures_per_second"])) > 1
    assert (found["picture"], found["brightness"]) == ("4 x 2", 110.0)
    assert not camera.runs


def test_a_camera_without_a_picture() -> None:
    camera = FakeCamera(dark=True)
    found = tried("document_camera", camera)
    assert (found.ready, found.faults) == (False, ("no_picture",))
    assert not camera.runs


def test_a_sharp_picture_is_sharper_than_a_blurred_one() -> None:
    sharp = Frame(1, 8, 1, bytes([0, 0, 0, 255, 255, 255] * 4))
    blurred = Frame(1, 8, 1, bytes([120, 120, 120, 130, 130, 130] * 4))
    assert judged(sharp)[0] > judged(blurred)[0] > 0
    assert judged(Frame(1, 0, 0, b"")) == (0, 0)


def test_the_code_scanner_forgets_what_was_left_in_it() -> None:
    scanner = FakeCodeScanner()
    found = tried("code_scanner", scanner)
    assert scanner.left == ""
    assert "left behind" not in found.model_dump_json()


def test_a_supply_that_says_nothing_of_its_battery() -> None:
    assert set(figures(tried("power", FakeSupply(now=Charge(None, None))))) == {"answer"}


def test_every_lamp_goes_on_and_off() -> None:
    board = FakeBoard()
    assert figures(tried("board", board))["sensors"] == "somebody_near"
    assert board.lit == set()
    assert tried("board", FakeBoard(gone=True)).faults == ("no_answer",)


def test_the_voice_speaks_so_that_nobody_hears_it() -> None:
    voice = FakeVoice()
    assert "first_sound" in figures(tried("voice", voice))
    assert voice.silent
    assert voice.said[0][1].loudness == 0
    assert tried("voice", FakeVoice(mute=True)).faults == ("no_sound",)


def test_somebody_who_comes_ends_the_camera_and_the_voice_at_once() -> None:
    order = Order(cancelled=threading.Event())
    order.cancelled.set()
    assert not tried("document_camera", FakeCamera(), order).ready
    assert not tried("voice", FakeVoice(mute=True), order).ready


def test_a_model_with_a_mistake_in_it_is_a_finding_without_its_text() -> None:
    class Faulty(FakeSupply):
        def charge(self) -> Charge:
            raise KeyError("440113195803050020")

    found = tried("power", Faulty())
    assert (found.ready, found.trouble) == (False, "failed in an unforeseen way: KeyError")


def test_wrong_settings_are_a_finding() -> None:
    found = unavailable(Part("power", "m"), SettingsError("power m has no option 'prot'."))
    assert (found.ready, found.health, found.trouble) == (False, "broken", "power m has no option 'prot'.")


SLOW = ("cups", "espeak")
"""A print server and a voice take seconds to start."""
REAL = [(kind, model) for kind, models in BENCHES.items() for model in models if model not in SLOW]


@pytest.mark.parametrize(("kind", "model"), REAL, ids=[f"{kind}-{model}" for kind, model in REAL])
def test_every_model_of_the_house_stands_its_exercise(
    kind: str, model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exercises, "FIRST_FRAME_S", 10.0)
    with BENCHES[kind][model](tmp_path) as bench:
        device = next(value for value in vars(bench).values() if hasattr(value, "status"))
        found = opened(Part(kind, model), device, Order(), {})
        assert found.ready, found
        assert device.status().health is Health.ABSENT
