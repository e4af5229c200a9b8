"""What the client makes of trouble on the way to the centre: lines that are down, cut or slow, a centre that is busy."""

import threading
import time
from collections.abc import Callable

import pytest

from kiosk.centre.fault_proxy import FaultProxy, Mode
from kiosk.errors import CentreBusy, CentreUnreachable
from kiosk.ports.centre import Centre
from tests.approval.hall import HOLDER

ASKS: list[Callable[[Centre], object]] = [
    lambda c: c.catalogue(None),
    lambda c: c.queues(),
    lambda c: c.take_ticket("general", None, "trouble-ahead-1"),
    lambda c: c.open_tickets(HOLDER),
    lambda c: c.ticket("some"),
    lambda c: c.give_up_ticket("some"),
    lambda c: c.heartbeat(1, ()),
]


@pytest.mark.parametrize("ask", ASKS)
@pytest.mark.parametrize("mode", [Mode.DOWN, Mode.CUT, Mode.LOST_ANSWER])
def test_no_whole_answer_is_unreachable(
    centre: Centre, proxy: FaultProxy, mode: Mode, ask: Callable[[Centre], object]
) -> None:
    proxy.set_mode(mode)
    with pytest.raises(CentreUnreachable):
        ask(centre)
    proxy.set_mode(Mode.PASS)
    assert centre.queues()


@pytest.mark.parametrize("ask", ASKS)
def test_busy_says_when_to_come_back(centre: Centre, proxy: FaultProxy, ask: Callable[[Centre], object]) -> None:
    proxy.set_mode(Mode.ERROR_503)
    with pytest.raises(CentreBusy) as busy:
        ask(centre)
    assert busy.value.retry_after_s == 1


def test_a_slow_centre_is_given_up_in_time(centre: Centre, proxy: FaultProxy) -> None:
    proxy.set_mode(Mode.SLOW, 5)
    started = time.monotonic()
    with pytest.raises(CentreUnreachable):
        centre.queues()
    assert time.monotonic() - started < 1.5


def test_a_slow_centre_that_answers_in_time_is_fine(centre: Centre, proxy: FaultProxy) -> None:
    proxy.set_mode(Mode.SLOW, 0.15)
    started = time.monotonic()
    assert centre.queues()
    assert time.monotonic() - started >= 0.15


@pytest.mark.parametrize("mode", [Mode.LOST_ANSWER, Mode.CUT])
def test_exactly_one_ticket_when_the_answer_is_lost(centre: Centre, proxy: FaultProxy, mode: Mode) -> None:
    key = f"lost-answer-{mode.value}"
    proxy.set_mode(mode)
    with pytest.raises(CentreUnreachable):
        centre.take_ticket("hygiene", HOLDER, key)
    proxy.set_mode(Mode.PASS)
    taken = centre.take_ticket("hygiene", HOLDER, key)
    assert (taken.ticket.number, taken.already_open) == ("C001", False)
    assert centre.open_tickets(HOLDER) == (taken.ticket,)
    assert centre.queues()[2].waiting == 1


def test_no_ticket_when_the_request_never_arrived(centre: Centre, proxy: FaultProxy) -> None:
    proxy.set_mode(Mode.DOWN)
    with pytest.raises(CentreUnreachable):
        centre.take_ticket("general", None, "never-arrived-1")
    proxy.set_mode(Mode.PASS)
    assert centre.queues()[0].waiting == 0


def test_two_threads_at_once(centre: Centre) -> None:
    numbers: list[str] = []

    def take(name: str) -> None:
        for n in range(5):
            numbers.append(centre.take_ticket("general", None, f"thread-{name}-{n}").ticket.number)

    threads = [threading.Thread(target=take, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [f"A{n:03d}" for n in range(1, 11)]
