"""What every scanner must do, whatever its model."""

import threading
import time
from collections.abc import Iterator
from itertools import islice

import pytest

from devices import registry
from devices.scanners.jpeg import measured
from kiosk.errors import DeviceUnavailable, Fault, NothingToScan, ScanFailed
from kiosk.ports.device import Health
from kiosk.ports.scanner import ScanOrder, Source
from tests.benches import BENCHES, ScannerBench, all_of

GLASS = ScanOrder(Source.FLATBED, 100)
FEEDER = ScanOrder(Source.FEEDER, 100)
FAULTS = [Fault.PAGE_JAM, Fault.LID_OPEN, Fault.IN_USE, Fault.HARDWARE]


@pytest.fixture(params=all_of("document_scanner"), ids="-".join)
def bench(request, tmp_path) -> Iterator[ScannerBench]:
    kind, model = request.param
    with BENCHES[kind][model](tmp_path) as made:
        made.scanner.open()
        yield made
        made.scanner.close()


def test_is_ready_after_open(bench):
    assert bench.scanner.status().health is Health.READY


def test_opening_and_closing_twice_is_harmless(bench):
    bench.scanner.open()
    bench.scanner.close()
    bench.scanner.close()
    bench.scanner.open()
    assert bench.scanner.status().works


def test_a_closed_scanner_is_absent_and_refuses_work(bench):
    bench.scanner.close()
    assert bench.scanner.status().health is Health.ABSENT
    with pytest.raises(DeviceUnavailable):
        bench.scanner.scan(GLASS)
    with pytest.raises(DeviceUnavailable):
        _ = bench.scanner.capabilities
    bench.scanner.cancel()


def test_says_what_it_can_do(bench):
    can = bench.scanner.capabilities
    assert set(can.sources) == {Source.FLATBED, Source.FEEDER}
    assert 300 in can.dpis
    assert list(can.dpis) == sorted(can.dpis)
    assert can.colour
    assert min(can.width_mm, can.height_mm) >= 210


def test_a_page_from_the_glass_is_a_whole_a4_page(bench):
    bench.lay()
    (page,) = bench.scanner.scan(GLASS)
    assert page.dpi == 100
    assert measured(page.jpeg) == (page.width_px, page.height_px)
    assert page.width_px == pytest.approx(827, abs=5)
    assert page.height_px == pytest.approx(1169, abs=5)


def test_the_next_finer_resolution_is_taken(bench):
    (page,) = bench.scanner.scan(ScanOrder(Source.FLATBED, 101))
    assert page.dpi == 150
    assert page.width_px == pytest.approx(1240, abs=5)


def test_without_colour_there_is_one_component(bench):
    sizes = [len(next(iter(bench.scanner.scan(ScanOrder(dpi=100, colour=colour)))).jpeg) for colour in (True, False)]
    assert sizes[1] < sizes[0]


def test_all_sheets_of_the_feeder_come_in_order_and_then_it_is_empty(bench):
    sheets = bench.fill()
    assert len(list(bench.scanner.scan(FEEDER))) == sheets
    bench.empty()
    with pytest.raises(NothingToScan):
        next(iter(bench.scanner.scan(FEEDER)))


def test_an_empty_feeder_is_no_fault(bench):
    bench.empty()
    with pytest.raises(NothingToScan):
        list(bench.scanner.scan(FEEDER))
    assert bench.scanner.status().health is Health.READY


def test_a_page_is_there_before_the_last_one(bench):
    bench.fill()
    pages = bench.scanner.scan(FEEDER)
    assert len(list(islice(pages, 1))) == 1
    pages.close()
    assert bench.scanner.status().works


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("order", [GLASS, FEEDER], ids=lambda order: order.source)
def test_trouble_is_said_and_said_to_be_over(bench, fault, order):
    bench.fill()
    bench.faults[fault]()
    with pytest.raises(ScanFailed) as caught:
        list(bench.scanner.scan(order))
    assert caught.value.fault is fault
    assert str(caught.value).endswith(".")
    bench.mend()
    bench.fill()
    assert next(iter(bench.scanner.scan(order)))
    assert bench.scanner.status().health is Health.READY


@pytest.mark.parametrize("fault", [Fault.PAGE_JAM, Fault.LID_OPEN])
def test_what_a_person_can_clear_is_the_devices_state(bench, fault):
    bench.faults[fault]()
    with pytest.raises(ScanFailed) as caught:
        list(bench.scanner.scan(GLASS))
    assert caught.value.fault is fault, caught.value
    assert bench.scanner.status().faults == {fault}
    assert bench.scanner.status().health is Health.BLOCKED


@pytest.mark.parametrize("order", [GLASS, FEEDER], ids=lambda order: order.source)
def test_a_scan_is_cancelled_from_another_thread_within_a_second(bench, order):
    bench.fill()
    bench.slow()
    pages = bench.scanner.scan(order)
    began = time.monotonic()
    threading.Timer(0.15, bench.scanner.cancel).start()
    assert list(pages) == []
    assert time.monotonic() - began < 1.15


def test_a_scan_that_was_cancelled_before_its_first_page_gives_none(bench):
    bench.slow()
    pages = bench.scanner.scan(GLASS)
    bench.scanner.cancel()
    assert list(pages) == []


def test_a_cancelled_scan_is_not_the_next_ones_business(bench):
    bench.scanner.cancel()
    assert len(list(bench.scanner.scan(GLASS))) == 1


def test_unplugged_and_plugged_again(bench):
    bench.unplug()
    assert bench.scanner.status().health is Health.ABSENT
    with pytest.raises(DeviceUnavailable) as caught:
        list(bench.scanner.scan(GLASS))
    assert caught.value.fault is Fault.UNPLUGGED
    bench.scanner.close()
    with pytest.raises(DeviceUnavailable) as caught:
        bench.scanner.open()
    assert caught.value.fault is Fault.UNPLUGGED
    bench.plug()
    bench.scanner.open()
    assert len(list(bench.scanner.scan(GLASS))) == 1


def test_the_state_is_told_within_a_second(bench):
    began = time.monotonic()
    bench.scanner.status()
    assert time.monotonic() - began < 1


def test_a_page_shows_nothing_of_itself(bench):
    (page,) = bench.scanner.scan(GLASS)
    assert repr(page) == f"<Page {page.width_px}x{page.height_px}>"


def test_simulators_have_hands_that_the_dock_can_use(bench):
    handled = registry.handled(bench.scanner)
    if handled is None:
        assert registry.hands_for(bench.scanner) == ()
        return
    hands = {hand.key: hand for hand in handled.hands()}
    assert {"lay", "fill", "fault", "pace", "unplug", "plug"} <= set(hands)
    for hand in hands.values():
        for choice, _label in hand.choices or (("", ""),):
            hand.act(choice)
            assert handled.sight().what
