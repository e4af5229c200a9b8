"""What every printer must do, whatever its model and paper."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.device import Health
from kiosk.ports.printer import Outcome
from tests.benches import BENCHES, PrinterBench, all_of
from tests.sample_documents import ALL, TICKET_EN, TICKET_ZH

MODELS = all_of("ticket_printer", "a4_printer")


@pytest.fixture(params=MODELS, ids="-".join)
def bench(request, tmp_path) -> Iterator[PrinterBench]:
    kind, model = request.param
    with BENCHES[kind][model](tmp_path) as made:
        made.printer.open()
        yield made
        made.printer.close()


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
    assert bench.printer.status().health is Health.ABSENT
    with pytest.raises(DeviceUnavailable) as caught:
        bench.printer.open()
    assert caught.value.fault is Fault.UNPLUGGED
    bench.plug()
    bench.printer.open()
    assert bench.printer.print("job", TICKET_EN).outcome is Outcome.OUT


def test_says_whether_the_paper_was_taken_only_where_it_can_tell(bench):
    bench.printer.print("job", TICKET_EN)
    if not bench.printer.capabilities.can_tell_taken:
        assert bench.printer.await_taken(0.05) is None
        return
    assert bench.printer.await_taken(0.05) is False
    bench.take()
    assert bench.printer.await_taken(0.05) is True


def test_nothing_personal_in_reprs(bench):
    document = ALL["rare"]
    bench.printer.print("job", document)
    assert "𠮷" not in f"{document!r} {document.blocks!r} {bench.printer!r} {bench.printer.status()!r}"
