"""What every reader of social-security cards must do, whatever its model."""

import time
from collections.abc import Iterator

import pytest

from devices import registry
from devices.card_readers.sample_cards import CARDS as ID_CARDS
from devices.card_readers.sdt_card import parse
from devices.citizen_cards.social_card import ALLOWED, SELECT_APPLICATION, CardWantsPin, OtherCard
from devices.citizen_cards.virtual_card import CARDS, MOODS
from devices.hands import Handled
from kiosk.errors import CardGone, CardUnreadable, DeviceUnavailable, Fault
from kiosk.ports.device import Health
from tests.benches import BENCHES, CitizenBench, all_of

NOTICED_S = 3.0


@pytest.fixture(params=all_of("citizen_card_reader"), ids="-".join)
def bench(request, tmp_path) -> Iterator[CitizenBench]:
    kind, model = request.param
    with BENCHES[kind][model](tmp_path) as made:
        made.reader.open()
        yield made
        made.reader.close()


def test_is_ready_after_open_and_can_be_closed_twice(bench):
    assert bench.reader.status().health is Health.READY
    bench.reader.open()
    bench.reader.close()
    bench.reader.close()
    bench.reader.open()
    assert bench.reader.status().works


def test_a_closed_reader_is_absent_and_refuses_work(bench):
    bench.reader.close()
    assert bench.reader.status().health is Health.ABSENT
    for work in (lambda: bench.reader.await_card(0), bench.reader.read, lambda: bench.reader.await_removal(0)):
        with pytest.raises(DeviceUnavailable):
            work()


def test_waiting_gives_up_on_time(bench):
    begin = time.monotonic()
    assert bench.reader.await_card(0.1) is False
    assert 0.1 <= time.monotonic() - begin < 0.5


def test_reads_what_is_on_the_card(bench):
    bench.place("li")
    assert bench.reader.await_card(NOTICED_S)
    card = bench.reader.read()
    sample = CARDS["li"]
    assert (card.number, card.name, card.card_number) == (sample.number, sample.name, sample.card_number)
    assert (card.region, card.standard) == ("440100", "3.00")
    assert card.number == parse(ID_CARDS["li"].text).number


def test_cards_come_and_go_and_the_next_is_the_next_persons(bench):
    for key in ("chen", "rare"):
        bench.place(key)
        assert bench.reader.await_card(NOTICED_S)
        assert bench.reader.read().name == CARDS[key].name
        assert bench.reader.await_removal(0.05) is False
        bench.remove()
        assert bench.reader.await_removal(NOTICED_S) is True
        assert bench.reader.await_card(0.02) is False


def test_a_card_that_was_changed_for_another_was_taken_out(bench):
    bench.place("li")
    assert bench.reader.await_card(NOTICED_S)
    first = bench.reader.read()
    assert bench.reader.read() == first, "without moving it"
    bench.place("hk")
    assert bench.reader.await_removal(NOTICED_S) is True
    assert bench.reader.await_card(NOTICED_S)
    assert bench.reader.read().number != first.number


def test_a_card_taken_out_before_it_was_read_is_gone(bench):
    bench.place("li")
    assert bench.reader.await_card(NOTICED_S)
    bench.remove()
    with pytest.raises(CardGone):
        bench.reader.read()


UNREADABLE = {
    "pin": (CardWantsPin, "wants its PIN first"),
    "blocked": (CardWantsPin, "wants its PIN first"),
    "retries": (CardWantsPin, "63C3"),
    "other-card": (OtherCard, "another kind of card"),
    "mute": (CardUnreadable, "does not answer"),
    "garbage": (CardUnreadable, "lengths that do not fit"),
    "refuses": (CardUnreadable, "refuses record 2"),
}


def test_every_mood_is_tried():
    assert set(MOODS) == set(UNREADABLE) - {"retries"} | {"slow"}


@pytest.mark.parametrize("mood", UNREADABLE)
def test_a_card_that_cannot_be_read_says_why_and_is_never_sent_a_pin(bench, mood):
    error, reason = UNREADABLE[mood]
    bench.break_with(mood)
    bench.place("chen")
    assert bench.reader.await_card(NOTICED_S)
    with pytest.raises(CardUnreadable, match=reason) as caught:
        bench.reader.read()
    assert type(caught.value) is error or mood == "mute"
    sent = bench.seen()
    assert sent[0] == SELECT_APPLICATION
    assert {command[1] for command in sent} <= ALLOWED, "no 00 20, whatever the card demands"
    assert CARDS["chen"].number not in str(caught.value)
    bench.remove()
    bench.break_with("none")
    bench.place("li")
    assert bench.reader.status().works
    assert bench.reader.await_card(NOTICED_S)
    assert bench.reader.read().name == CARDS["li"].name


def test_a_slow_card_is_read(bench):
    bench.break_with("slow")
    bench.place("li")
    assert bench.reader.await_card(NOTICED_S)
    assert bench.reader.read().name == CARDS["li"].name


def test_unplugged_and_plugged_again(bench):
    bench.unplug()
    with pytest.raises(DeviceUnavailable):
        bench.reader.await_card(0.1)
    with pytest.raises(DeviceUnavailable) as caught:
        bench.reader.open()
    assert caught.value.fault is Fault.UNPLUGGED
    assert bench.reader.status().health is Health.ABSENT
    bench.plug()
    bench.reader.open()
    bench.place("li")
    assert bench.reader.await_card(NOTICED_S)
    assert bench.reader.read().name == CARDS["li"].name


def test_a_card_shows_nothing_of_its_holder(bench):
    bench.place("rare")
    assert bench.reader.await_card(NOTICED_S)
    card = bench.reader.read()
    shown = f"{card!r} {card} {bench.reader!r}"
    assert card.number not in shown
    assert card.name not in shown


def test_simulators_have_hands_that_the_dock_can_use(bench):
    handled = registry.handled(bench.reader)
    if handled is None:
        assert type(bench.reader).__name__ == "PcscReader", "only the real one has none"
        return
    assert isinstance(handled, Handled)
    hands = {hand.key: hand for hand in handled.hands()}
    assert {"place", "remove", "fault", "unplug", "plug"} <= set(hands)
    for choice, _label in hands["place"].choices:
        hands["place"].act(choice)
        assert bench.reader.read().name == CARDS[choice].name
        hands["remove"].act("")
    for choice, _label in hands["fault"].choices:
        hands["fault"].act(choice)
    assert handled.sight().what
