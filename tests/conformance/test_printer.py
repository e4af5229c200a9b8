"""What every printer must do, whatever its model and paper."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from devices.printers.pdf import pdf
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.device import Health
from kiosk.ports.document import Document, Ready
from kiosk.ports.printer import Outcome
from tests.benches import PrinterBench, bench_of, ways_of
from tests.pages_once import pages_set_once
from tests.sample_documents import ALL, TICKET_EN, TICKET_ZH

MODELS = ways_of("ticket_printer", "a4_printer")


@pytest.fixture(scope="module", autouse=True)
def _pages() -> Iterator[None]:
    with pages_set_once():
        yield


@pytest.fixture(params=MODELS, ids="-".join)
def bench(request, tmp_path) -> Iterator[PrinterBench]:
    kind, model = request.param
    with bench_of(kind, model)(tmp_path) as made:
        made.printer.open()
        yield made
        made.printer.close()


def until(there: Callable[[], bool]) -> None:
    """A cable of the operating system's takes a moment to be gone."""
    end = time.monotonic() + 3
    while not there():
        assert time.monotonic() < end
        time.sleep(0.01)


def opens(printer: Any) -> bool:
    """As the worker tries it."""
    try:
        printer.open()
    except DeviceUnavailable:
        return False
    return True


def test_is_ready_after_open_and_says_what_it_can(bench):
    assert bench.printer.status().health is Health.READY
    assert 40 <= bench.printer.capabilities.width_mm <= 300


def test_opening_and_closing_twice_is_harmless(bench):
    bench.printer.open()
    bench.printer.close()
    bench.printer.close()
    bench.printer.open()
    assert bench.printer.status().works


def test_a_closed_printer_is_absent_and_refuses_work(bench):
    bench.printer.close()
    assert bench.printer.status().health is Health.ABSENT
    with pytest.raises(DeviceUnavailable):
        bench.printer.print("job", TICKET_EN)
    bench.printer.discard()


def test_a_job_comes_out_once(bench):
    first = bench.printer.print("job", TICKET_ZH)
    again = bench.printer.print("job", TICKET_ZH)
    assert first.outcome is Outcome.OUT
    assert again == first
    assert bench.papers() == 1
    assert bench.printer.print("next", TICKET_EN).outcome is Outcome.OUT
    assert bench.papers() == 2


def test_prints_every_kind_of_block(bench):
    for name, document in ALL.items():
        assert bench.printer.print(name, document).outcome is Outcome.OUT
    assert bench.papers() == len(ALL)


def test_an_empty_document_is_no_trouble(bench):
    assert bench.printer.print("empty", replace(TICKET_EN, blocks=(), footer=())).outcome in (
        Outcome.OUT,
        Outcome.FAILED,
    )
    assert bench.printer.status().works


def test_each_fault_fails_the_job_and_is_reported_and_reported_cleared(bench):
    for fault, (bring, clear) in bench.faults.items():
        bring()
        outcome = bench.printer.print(f"job-{fault}", TICKET_EN)
        assert (outcome.outcome, outcome.fault) == (Outcome.FAILED, fault)
        status = bench.printer.status()
        assert fault in status.faults
        assert not status.works
        clear()
        assert bench.printer.status().health is Health.READY


def test_what_failed_never_comes_out_later(bench):
    bring, clear = bench.faults[Fault.PAPER_OUT]
    bring()
    bench.printer.print("first", TICKET_ZH)
    bench.printer.discard()
    clear()
    assert bench.printer.status().works
    assert bench.papers() == 0
    assert bench.printer.print("first", TICKET_ZH).outcome is Outcome.FAILED
    assert bench.printer.print("second", TICKET_EN).outcome is Outcome.OUT
    assert bench.papers() == 1


def test_discard_is_harmless_when_nothing_waits(bench):
    bench.printer.discard()
    assert bench.printer.print("job", TICKET_EN).outcome is Outcome.OUT
    bench.printer.discard()
    assert bench.papers() == 1


def test_unplugged_and_plugged_again(bench):
    if bench.unplug is None:
        assert not hasattr(bench.printer.options, "url")
        return
    bench.unplug()
    until(lambda: bench.printer.status().health is Health.ABSENT)
    with pytest.raises(DeviceUnavailable) as caught:
        bench.printer.open()
    assert caught.value.fault is Fault.UNPLUGGED
    bench.plug()
    until(lambda: opens(bench.printer))
    assert bench.printer.print("job", TICKET_EN).outcome is Outcome.OUT


def test_says_whether_the_paper_was_taken_only_where_it_can_tell(bench):
    bench.printer.print("job", TICKET_EN)
    if not bench.printer.capabilities.can_tell_taken:
        assert bench.printer.await_taken(0.05) is None
        return
    assert bench.printer.await_taken(0.05) is False
    bench.take()
    assert bench.printer.await_taken(0.5) is True


def test_a_slip_that_nobody_took_is_pulled_back_where_it_can_be(bench):
    if not bench.printer.capabilities.can_retract:
        assert not hasattr(bench.printer, "retract") or bench.printer.options.left == "leave"
        return
    bench.printer.print("job", TICKET_EN)
    assert bench.printer.await_taken(0.05) is False
    assert bench.printer.retract() is True
    assert bench.printer.await_taken(0.05) is True


def test_supplies_are_told_where_they_can_be(bench):
    if not bench.printer.capabilities.can_tell_supplies:
        assert not hasattr(bench.printer, "supplies")
        return
    assert all(
        supply.name and (supply.percent is None or 0 <= supply.percent <= 100) for supply in bench.printer.supplies()
    )
    bench.printer.close()
    assert bench.printer.supplies() == ()


def test_what_a_run_that_crashed_left_is_dropped_whether_the_printer_is_open_or_not(bench):
    bench.printer.discard(begun=True)
    bench.printer.close()
    bench.printer.discard(begun=True)
    bench.printer.open()
    assert bench.papers() == 0
    assert bench.printer.print("job", TICKET_EN).outcome is Outcome.OUT
    assert bench.papers() == 1


def test_pages_are_counted_only_when_they_came_out(bench):
    bring, clear = bench.faults[Fault.PAPER_OUT]
    bring()
    assert bench.printer.print("first", TICKET_EN).pages == 0
    clear()
    assert bench.printer.status().works
    assert bench.printer.print("second", TICKET_EN).pages == 1


def test_nothing_personal_in_reprs(bench):
    document = ALL["rare"]
    bench.printer.print("job", document)
    assert "𠮷" not in f"{document!r} {document.blocks!r} {bench.printer!r} {bench.printer.status()!r}"


def test_ready_pages_come_out_of_page_printers_alone(bench):
    """A result of the centre is a PDF file; a roll of paper is not for it."""
    ready = Document("result", "zh_CN", (Ready(pdf(TICKET_EN)),))
    outcome = bench.printer.print("ready", ready)
    if bench.printer.capabilities.width_mm > 200:
        assert (outcome.outcome, bench.papers()) == (Outcome.OUT, 1)
    else:
        assert (outcome.outcome, outcome.fault, bench.papers()) == (Outcome.FAILED, Fault.WRONG_DEVICE, 0)
        assert bench.printer.print("next", TICKET_EN).outcome is Outcome.OUT
