"""What every headphone socket must do, whatever its model. A change is told by the next `status`, without waiting."""

import time
from collections.abc import Iterator

import pytest

from kiosk.ports.device import Health, Status
from tests.benches import BENCHES, HeadphonesBench, all_of


@pytest.fixture(params=all_of("headphones"), ids="-".join)
def bench(request, tmp_path) -> Iterator[HeadphonesBench]:
    kind, model = request.param
    with BENCHES[kind][model](tmp_path) as made:
        made.headphones.open()
        yield made
        made.headphones.close()


def test_without_a_plug_it_is_absent_and_nothing_is_wrong(bench):
    assert bench.headphones.status() == Status(Health.ABSENT)


def test_the_next_status_knows_of_a_change(bench):
    for _ in range(3):
        bench.plug()
        assert bench.headphones.status().health is Health.READY
        bench.unplug()
        assert bench.headphones.status().health is Health.ABSENT


def test_only_the_last_of_many_changes_counts(bench):
    for _ in range(100):
        bench.plug()
        bench.unplug()
    bench.plug()
    assert bench.headphones.status().works


def test_asking_does_not_wait(bench):
    begin = time.monotonic()
    for _ in range(50):
        bench.headphones.status()
    assert time.monotonic() - begin < 0.25


def test_opening_and_closing_twice_is_harmless(bench):
    bench.headphones.open()
    bench.headphones.close()
    bench.headphones.close()
    assert bench.headphones.status().health is Health.ABSENT
    bench.headphones.open()
    bench.plug()
    assert bench.headphones.status().works


def test_closed_headphones_are_absent(bench):
    bench.plug()
    bench.headphones.close()
    assert bench.headphones.status().health is Health.ABSENT
