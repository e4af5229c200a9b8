"""What every code scanner must do, whatever its model."""

import time
from collections.abc import Iterator

import pytest

from devices import registry
from devices.code_scanners.sample_codes import CODES
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.device import Health
from tests.benches import BENCHES, all_of
from tests.benches.codes import ScannerBench

CODE = CODES["receipt"]
OTHER = CODES["book"]


@pytest.fixture(params=all_of("code_scanner"), ids="-".join)
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
    bench.scanner.clear()
    with pytest.raises(DeviceUnavailable):
        bench.scanner.await_code(0)


def test_waiting_gives_up_on_time(bench):
    begin = time.monotonic()
    assert bench.scanner.await_code(0.1) is None
    assert 0.1 <= time.monotonic() - begin < 0.2


@pytest.mark.parametrize("key", ["receipt", "book", "chinese", "chinese-gb"])
def test_reads_every_kind_of_code(bench, key):
    bench.show(CODES[key].data)
    code = bench.scanner.await_code(1)
    assert code is not None
    assert code.text == CODES[key].text


def test_two_codes_come_in_order(bench):
    bench.show(CODE.data)
    bench.show(OTHER.data)
    assert [bench.scanner.await_code(1).text for _ in range(2)] == [CODE.text, OTHER.text]
    assert bench.scanner.await_code(0.02) is None


def test_looking_at_the_status_loses_no_code(bench):
    bench.show(CODE.data)
    assert bench.scanner.status().works
    assert bench.scanner.await_code(1).text == CODE.text


def test_what_an_earlier_person_scanned_is_forgotten(bench):
    bench.show(CODE.data)
    bench.scanner.status()
    bench.scanner.clear()
    assert bench.scanner.await_code(0.15) is None
    bench.show(OTHER.data)
    assert bench.scanner.await_code(1).text == OTHER.text


def test_what_was_scanned_while_it_was_closed_is_not_given(bench):
    bench.show(CODE.data)
    bench.scanner.close()
    bench.scanner.open()
    bench.scanner.clear()
    assert bench.scanner.await_code(0.15) is None


@pytest.mark.parametrize("noise", [bytes(range(1, 9)), b"\xff" * 40, b"ab", b"good but\x07 not"])
def test_noise_is_no_code_and_is_logged_without_its_content(bench, noise, caplog):
    bench.show(noise)
    assert bench.scanner.await_code(0.15) is None
    bench.show(noise)
    assert bench.scanner.await_code(0.15) is None
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "good but" not in caplog.text
    assert bench.scanner.status().works


def test_unplugged_and_plugged_again(bench):
    bench.unplug()
    with pytest.raises(DeviceUnavailable) as caught:
        bench.scanner.await_code(0.1)
    assert caught.value.fault is Fault.UNPLUGGED
    assert bench.scanner.status().health is Health.ABSENT
    with pytest.raises(DeviceUnavailable):
        bench.scanner.open()
    bench.plug()
    bench.scanner.open()
    bench.show(CODE.data)
    assert bench.scanner.await_code(1).text == CODE.text


def test_what_was_scanned_before_the_cable_was_pulled_is_forgotten(bench):
    bench.show(CODE.data)
    bench.unplug()
    assert bench.scanner.status().health is Health.ABSENT
    bench.plug()
    bench.scanner.open()
    assert bench.scanner.await_code(0.15) is None


def test_a_code_shows_nothing_of_itself(bench):
    bench.show(CODE.data)
    code = bench.scanner.await_code(1)
    assert CODE.text not in f"{code!r} {code} {bench.scanner!r}"


def test_simulators_have_hands_that_the_dock_can_use(bench):
    hands = {hand.key: hand for hand in registry.hands_for(bench.scanner)}
    for choice, _label in hands["show"].choices if hands else ():
        hands["show"].act(choice)
        assert bench.scanner.await_code(1).text == CODES[choice].text
        assert registry.handled(bench.scanner).sight().what
