"""What every card reader must do, whatever its model."""

import time
from collections.abc import Iterator

import pytest

from devices import registry
from devices.hands import Handled
from kiosk.errors import CardGone, CardNotGenuine, CardUnreadable, DeviceUnavailable, Fault
from kiosk.ports.device import Health
from tests.benches import BENCHES, ReaderBench, all_of


@pytest.fixture(params=all_of("card_reader"), ids="-".join)
def bench(request, tmp_path) -> Iterator[ReaderBench]:
    kind, model = request.param
    with BENCHES[kind][model](tmp_path) as made:
        made.reader.open()
        yield made
        made.reader.close()


@pytest.mark.parametrize("kind", registry.MODELS)
def test_every_model_has_a_bench(kind):
    assert set(BENCHES[kind]) == set(registry.MODELS[kind])


def test_is_ready_after_open(bench):
    assert bench.reader.status().health is Health.READY


def test_opening_and_closing_twice_is_harmless(bench):
    bench.reader.open()
    bench.reader.close()
    bench.reader.close()
    bench.reader.open()
    assert bench.reader.status().works


def test_a_closed_reader_is_absent_and_refuses_work(bench):
    bench.reader.close()
    assert bench.reader.status().health is Health.ABSENT
    with pytest.raises(DeviceUnavailable):
        bench.reader.await_card(0)
    with pytest.raises(DeviceUnavailable):
        bench.reader.read()
    with pytest.raises(DeviceUnavailable):
        bench.reader.await_removal(0)


def test_waiting_gives_up_on_time(bench):
    begin = time.monotonic()
    assert bench.reader.await_card(0.1) is False
    assert 0.1 <= time.monotonic() - begin < 0.2


def test_an_address_that_was_added_is_the_address_where_the_reader_gives_it(bench):
    bench.place("moved")
    assert bench.reader.await_card(0.5)
    card = bench.reader.read()
    ends = ("贝岗村样例路8号", "样本路3号") if card.printed_address else ("样本路3号", "")
    assert card.address.endswith(ends[0])
    assert (card.printed_address or "").endswith(ends[1])
    assert bench.reader.await_removal(0.05) is False
    bench.place("li")
    bench.reader.await_card(0.5)
    assert bench.reader.read().printed_address is None


def test_without_a_decoder_there_is_no_portrait(bench):
    bench.place("li")
    bench.reader.await_card(0.5)
    assert bench.reader.portrait(bench.reader.read()) is None


@pytest.mark.parametrize("key", ["li", "chen", "rare", "long", "expired", "hk", "foreigner", "foreigner17"])
def test_reads_every_kind_of_card(bench, key):
    from devices.card_readers.sample_cards import CARDS
    from devices.card_readers.sdt_card import parse

    bench.place(key)
    assert bench.reader.await_card(0.5)
    assert bench.reader.read() == parse(CARDS[key].text)


def test_a_visit_card_comes_and_goes(bench):
    for key in ("li", "hk"):
        bench.place(key)
        assert bench.reader.await_card(0.5)
        bench.reader.read()
        assert bench.reader.await_removal(0.05) is False
        bench.remove()
        assert bench.reader.await_removal(0.5) is True
        assert bench.reader.await_card(0.02) is False


def test_the_same_card_can_be_read_again_without_moving_it(bench):
    bench.place("li")
    assert bench.reader.await_card(0.5)
    first = bench.reader.read()
    assert bench.reader.await_card(0.5)
    assert bench.reader.read() == first


def test_the_next_persons_card_is_the_next_persons(bench):
    bench.place("li")
    assert bench.reader.await_card(0.5)
    first = bench.reader.read()
    bench.place("chen")
    assert bench.reader.await_card(0.5)
    assert bench.reader.read().number != first.number


def test_a_card_taken_away_before_it_was_read_is_gone(bench):
    bench.place("li")
    assert bench.reader.await_card(0.5)
    bench.remove()
    with pytest.raises(CardGone):
        bench.reader.read()


def test_unreadable_is_not_absent(bench):
    bench.place("li")
    bench.break_with("unreadable")
    assert bench.reader.await_card(0.5)
    with pytest.raises(CardUnreadable) as caught:
        bench.reader.read()
    assert not isinstance(caught.value, CardNotGenuine)
    assert bench.reader.status().works


def test_not_genuine_is_said(bench):
    bench.place("li")
    bench.break_with("not-genuine")
    assert bench.reader.await_card(0.5)
    with pytest.raises(CardNotGenuine):
        bench.reader.read()


def test_trouble_is_reported_and_reported_cleared(bench):
    bench.break_with("not-authorised")
    assert bench.reader.status().faults == {Fault.NOT_AUTHORISED}
    assert bench.reader.status().health is Health.BROKEN
    bench.break_with("none")
    assert bench.reader.status().health is Health.READY


def test_a_silent_reader_cannot_be_opened(bench):
    bench.reader.close()
    bench.break_with("silent")
    with pytest.raises(DeviceUnavailable) as caught:
        bench.reader.open()
    assert caught.value.fault is Fault.NO_ANSWER


def test_unplugged_and_plugged_again(bench):
    bench.unplug()
    with pytest.raises(DeviceUnavailable) as caught:
        bench.reader.await_card(0.1)
    assert caught.value.fault is Fault.UNPLUGGED
    assert bench.reader.status().health is Health.ABSENT
    with pytest.raises(DeviceUnavailable):
        bench.reader.open()
    bench.plug()
    bench.reader.open()
    assert bench.reader.status().works


def test_a_card_shows_nothing_of_its_holder(bench):
    bench.place("rare")
    bench.reader.await_card(0.5)
    card = bench.reader.read()
    shown = f"{card!r} {card} {bench.reader!r}"
    assert card.number not in shown
    assert card.name not in shown


def test_simulators_have_hands_that_the_dock_can_use(bench):
    handled = registry.handled(bench.reader)
    assert isinstance(handled, Handled)
    hands = {hand.key: hand for hand in registry.hands_for(bench.reader)}
    assert {"place", "remove", "fault", "unplug", "plug"} <= set(hands)
    for choice, _label in hands["place"].choices:
        hands["place"].act(choice)
        assert bench.reader.await_card(0.5)
        bench.reader.read()
        hands["remove"].act("")
    for choice, _label in hands["fault"].choices:
        hands["fault"].act(choice)
    assert handled.sight().what
