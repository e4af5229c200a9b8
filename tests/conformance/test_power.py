"""What every power supply must do, whatever its model. A change may take a driver two seconds to notice."""

import time
from collections.abc import Callable, Iterator

import pytest

from devices import registry
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.device import Health
from tests.benches import BENCHES, all_of
from tests.benches.power import PowerBench

PATIENCE_S = 8.0


@pytest.fixture(params=all_of("power"), ids="-".join)
def bench(request, tmp_path) -> Iterator[PowerBench]:
    kind, model = request.param
    with BENCHES[kind][model](tmp_path) as made:
        made.power.open()
        yield made
        made.power.close()


def until(there: Callable[[], object]) -> None:
    """Wait for something."""
    deadline = time.monotonic() + PATIENCE_S
    while not there():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_on_the_mains_it_is_ready(bench):
    status = bench.power.status()
    assert (status.health, status.faults) == (Health.READY, frozenset())


@pytest.mark.parametrize(
    ("words", "health", "faults"),
    [
        ("OB DISCHRG", Health.LOW, {Fault.ON_BATTERY}),
        ("OB LB", Health.BLOCKED, {Fault.ON_BATTERY, Fault.BATTERY_LOW}),
        ("OL RB", Health.LOW, {Fault.BATTERY_OLD}),
    ],
)
def test_trouble_is_told_and_told_cleared(bench, words, health, faults):
    bench.become(words)
    until(lambda: bench.power.status().faults == faults)
    assert bench.power.status().health is health
    bench.become("OL CHRG")
    until(lambda: bench.power.status().health is Health.READY)


def test_says_how_long_it_lasts(bench):
    charge = bench.power.charge()
    assert (charge.percent, charge.runtime_s) == (100.0, 1800.0)


def test_asking_is_quick(bench):
    begin = time.monotonic()
    for _ in range(20):
        bench.power.status()
    assert time.monotonic() - begin < 1.0


def test_opening_and_closing_twice_is_harmless(bench):
    bench.power.open()
    bench.power.close()
    bench.power.close()
    bench.power.open()
    assert bench.power.status().works


def test_a_closed_supply_is_absent_and_refuses_work(bench):
    bench.power.close()
    assert bench.power.status().health is Health.ABSENT
    with pytest.raises(DeviceUnavailable):
        bench.power.charge()


def test_one_that_stops_answering_is_told_and_comes_back(bench):
    bench.end()
    until(lambda: Fault.NO_ANSWER in bench.power.status().faults)
    bench.power.close()
    with pytest.raises(DeviceUnavailable) as caught:
        bench.power.open()
    assert caught.value.fault is Fault.NO_ANSWER
    bench.begin()
    bench.power.open()
    assert bench.power.status().works


def test_simulators_have_hands_that_the_dock_can_use(bench):
    for hand in registry.hands_for(bench.power):
        hand.act("")
        assert registry.handled(bench.power).sight().what
