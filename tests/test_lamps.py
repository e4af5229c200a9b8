"""Lamps lead the hand, and never stand in the way."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices import registry
from devices.boards.serial_wire import Wire
from kiosk.events.touches import Chosen, Confirmed, HomePressed, Pressed, Woken
from kiosk.handlers import lamps
from kiosk.handlers.lamps import Lamps
from kiosk.ports.board import Lamp
from tests.hall import Hall


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """The hall in the morning: everything works, nobody is here."""
    made = Hall(tmp_path)
    made.until_open()
    yield made
    made.close()


def lit(hall: Hall) -> frozenset[str]:
    """What an onlooker sees."""
    wire = registry.handled(hall.devices["board"])
    assert isinstance(wire, Wire)
    return wire.lit


def to_the_card(hall: Hall) -> None:
    hall.do(Woken(), Chosen("ticket"), Chosen("general"))
    hall.until_step("ticket.card")


def test_from_the_reader_to_the_outlet(hall: Hall) -> None:
    to_the_card(hall)
    hall.until(lambda: lit(hall) == {"card"}, "the lamp at the reader")
    hall.hand("card_reader", "place", "li")
    hall.until_step("ticket.review")
    hall.until(lambda: lit(hall) == frozenset(), "the lamp to go off")
    hall.do(Confirmed())
    hall.until_step("ticket.done")
    hall.until(lambda: lit(hall) == {"slip"}, "the lamp at the outlet")
    hall.take_card()
    hall.do(Pressed("finish"))
    hall.until(lambda: lit(hall) == frozenset(), "the lamps to go off")


def test_whoever_goes_home_needs_no_lamp(hall: Hall) -> None:
    to_the_card(hall)
    hall.until(lambda: lit(hall), "the lamp at the reader")
    hall.do(HomePressed())
    hall.until(lambda: lit(hall) == frozenset(), "the lamp to go off")


def test_an_outlet_is_not_lit_for_ever(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lamps, "PAPER_S", 0.3)
    to_the_card(hall)
    hall.do(Pressed("without_card"), Confirmed())
    hall.until_step("ticket.done")
    hall.until(lambda: lit(hall) == {"slip"}, "the lamp at the outlet")
    hall.until(lambda: lit(hall) == frozenset(), "the lamp to go off")
    assert hall.step == "ticket.done"


@pytest.mark.parametrize("mood", ["mute", "noise"])
def test_a_broken_board_delays_nothing_and_comes_back(hall: Hall, mood: str) -> None:
    hall.hand("board", "fault", mood)
    hall.until(lambda: not hall.runner.world.device("board").works, "the board to be lost")
    begin = time.monotonic()
    to_the_card(hall)
    hall.hand("card_reader", "place", "li")
    hall.until_step("ticket.review")
    assert time.monotonic() - begin < 3
    hall.hand("board", "fault", "none")
    hall.until(lambda: hall.runner.world.device("board").works, "the board")
    hall.do(Confirmed())
    hall.until(lambda: lit(hall) == {"slip"}, "the lamp at the outlet")


def test_a_board_that_was_unplugged_shows_what_is_wanted_when_it_is_back(hall: Hall) -> None:
    to_the_card(hall)
    hall.until(lambda: lit(hall) == {"card"}, "the lamp at the reader")
    hall.hand("board", "unplug")
    hall.until(lambda: not hall.runner.world.device("board").works, "the board to be lost")
    assert lit(hall) == frozenset()
    hall.hand("board", "plug")
    hall.until(lambda: lit(hall) == {"card"}, "the lamp at the reader")


def test_the_door_is_seen_and_closes_nothing(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    hall.hand("board", "open_door")
    hall.until(lambda: hall.runner.world.device("board").faults, "the door")
    to_the_card(hall)
    hall.hand("board", "close_door")
    hall.until(lambda: not hall.runner.world.device("board").faults, "the door")
    said = [record.message for record in caplog.records if "door_open" in record.message]
    assert len(said) == 1


def test_a_terminal_without_a_board_has_no_lamps() -> None:
    none = Lamps({})
    none.switch(Lamp.CARD, on=True, for_s=1.0)
    none.all_off()
    assert not none._timers


class Slow:
    """A worker that gets to nothing."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def ask(self, work: object, _done: object) -> None:
        self.asked.append(work)


def test_a_board_that_takes_long_is_asked_once() -> None:
    worker = Slow()
    over = Lamps({"board": worker})  # type: ignore[dict-item]
    for _ in range(50):
        over.switch(Lamp.CARD, on=True)
        over.switch(Lamp.CARD, on=False)
    over.switch(Lamp.SLIP, on=True)
    assert len(worker.asked) == 1
