"""What every board for lamps and sensors must do, whatever its model."""

import time
from collections.abc import Iterator

import pytest

from devices import registry
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.board import Lamp, Sensor
from kiosk.ports.device import Health
from tests.benches import BENCHES, all_of
from tests.benches.boards import BoardBench


@pytest.fixture(params=all_of("board"), ids="-".join)
def bench(request, tmp_path) -> Iterator[BoardBench]:
    kind, model = request.param
    with BENCHES[kind][model](tmp_path) as made:
        made.board.open()
        yield made
        made.board.close()


def test_is_ready_after_open(bench):
    assert bench.board.status().health is Health.READY


@pytest.mark.parametrize("lamp", Lamp)
def test_every_lamp_goes_on_and_off_alone(bench, lamp):
    bench.board.light(lamp, True)
    assert bench.hands.lit == {lamp.value}
    bench.board.light(lamp, True)
    bench.board.light(lamp, False)
    assert bench.hands.lit == set()


def test_opening_it_finds_all_lamps_off(bench):
    bench.board.light(Lamp.CARD, True)
    bench.board.close()
    bench.board.open()
    assert bench.hands.lit == set()


def test_the_door_is_a_fault_that_is_told_and_told_cleared(bench):
    bench.hands.open_door()
    status = bench.board.status()
    assert (status.health, status.faults) == (Health.LOW, {Fault.DOOR_OPEN})
    bench.hands.close_door()
    assert bench.board.status().health is Health.READY


def test_sensors_are_told(bench):
    assert bench.board.sensors() == frozenset()
    bench.hands.come_near()
    bench.hands.open_door()
    assert bench.board.sensors() == {Sensor.SOMEBODY_NEAR, Sensor.DOOR_OPEN}
    bench.hands.go_away()
    assert bench.board.sensors() == {Sensor.DOOR_OPEN}
    assert Fault.DOOR_OPEN in bench.board.status().faults


def test_opening_and_closing_twice_is_harmless(bench):
    bench.board.open()
    bench.board.close()
    bench.board.close()
    bench.board.open()
    assert bench.board.status().works


def test_a_closed_board_is_absent_and_refuses_work(bench):
    bench.board.close()
    assert bench.board.status().health is Health.ABSENT
    with pytest.raises(DeviceUnavailable):
        bench.board.light(Lamp.CARD, True)
    with pytest.raises(DeviceUnavailable):
        bench.board.sensors()


def test_unplugged_and_plugged_again(bench):
    bench.hands.unplug()
    with pytest.raises(DeviceUnavailable) as caught:
        bench.board.light(Lamp.CARD, True)
    assert caught.value.fault is Fault.UNPLUGGED
    assert bench.board.status().health is Health.ABSENT
    with pytest.raises(DeviceUnavailable):
        bench.board.open()
    bench.hands.plug()
    bench.board.open()
    bench.board.light(Lamp.SLIP, True)
    assert bench.hands.lit == {"slip"}


@pytest.mark.parametrize(
    ("mood", "fault"),
    [
        ("mute", Fault.NO_ANSWER),
        ("noise", Fault.WRONG_DEVICE),
        ("damaged", Fault.WRONG_DEVICE),
        ("other", Fault.WRONG_DEVICE),
    ],
)
def test_what_answers_wrongly_is_said_in_time_and_comes_back(bench, mood, fault):
    if bench.break_with is None:
        assert registry.handled(bench.board) is bench.board  # a board without a wire has none of these
        return
    bench.break_with(mood)
    begin = time.monotonic()
    assert bench.board.status().faults == {fault}
    with pytest.raises(DeviceUnavailable) as caught:
        bench.board.open()
    assert caught.value.fault is fault
    assert time.monotonic() - begin < 2.0
    bench.break_with("none")
    bench.board.open()
    assert bench.board.status().works


def test_simulators_have_hands_that_the_dock_can_use(bench):
    for hand in registry.hands_for(bench.board):
        for choice in [choice for choice, _ in hand.choices] or [""]:
            hand.act(choice)
        assert registry.handled(bench.board).sight().what
