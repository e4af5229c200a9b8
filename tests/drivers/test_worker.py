"""The worker: one thread, one device, whatever happens to it."""

import logging
import threading
import time
from queue import Queue

import pytest

from devices import registry
from devices.worker import Worker
from kiosk.errors import CardUnreadable, DeviceUnavailable, Fault
from kiosk.ports.device import Health

PATIENCE_S = 5.0


@pytest.fixture
def reader():
    return registry.build("card_reader", "simulated", {})


@pytest.fixture
def heard() -> Queue:
    return Queue()


@pytest.fixture
def worker(reader, heard):
    made = Worker("card_reader", reader, lambda name, status: heard.put((name, status.health)), watch_s=0.05)
    yield made
    made.close()
    assert not made.alive


def answer_of(worker, work):
    results = Queue()
    worker.ask(work, results.put)
    return results.get(timeout=PATIENCE_S)


def test_opens_the_device_and_says_each_change_once(worker, reader, heard):
    assert heard.get(timeout=PATIENCE_S) == ("card_reader", Health.READY)
    reader.break_with("not-authorised")
    assert heard.get(timeout=PATIENCE_S) == ("card_reader", Health.BROKEN)
    reader.break_with("none")
    assert heard.get(timeout=PATIENCE_S) == ("card_reader", Health.READY)
    assert heard.empty()


def test_a_replugged_device_is_noticed_within_two_seconds(worker, reader, heard):
    heard.get(timeout=PATIENCE_S)
    reader.unplug()
    assert heard.get(timeout=PATIENCE_S)[1] is Health.ABSENT
    reader.plug()
    begin = time.monotonic()
    assert heard.get(timeout=PATIENCE_S)[1] is Health.READY
    assert time.monotonic() - begin < 2.0


def test_work_gets_the_open_device_and_its_result_is_told(worker):
    assert answer_of(worker, lambda device, cancelled: device.status().health) is Health.READY


def test_requests_run_one_after_the_other(worker):
    order, results = [], Queue()
    for number in range(20):
        worker.ask(lambda device, cancelled, number=number: order.append(number), results.put)
    for _ in range(20):
        results.get(timeout=PATIENCE_S)
    assert order == list(range(20))


def test_a_cancelled_wait_ends_soon(worker):
    def wait(device, cancelled):
        while not cancelled.is_set():
            device.await_card(0.05)
        return "cancelled"

    results = Queue()
    request = worker.ask(wait, results.put)
    request.cancel()
    assert results.get(timeout=1) == "cancelled"


def test_the_worker_survives_what_work_raises(worker, caplog):
    def fails(device, cancelled):
        raise ValueError("李示范 440113199001010041")

    with caplog.at_level(logging.DEBUG):
        assert isinstance(answer_of(worker, fails), ValueError)
        assert isinstance(answer_of(worker, lambda device, cancelled: device.read()), Exception)
        assert answer_of(worker, lambda device, cancelled: "alive") == "alive"
    assert "ValueError at test_worker.py" in caplog.text
    assert "李示范" not in caplog.text


def test_the_worker_survives_askers_and_listeners_that_break(reader):
    def breaks(*_):
        raise RuntimeError

    worker = Worker("card_reader", reader, breaks, watch_s=0.05)
    worker.ask(lambda device, cancelled: None, breaks)
    assert answer_of(worker, lambda device, cancelled: "alive") == "alive"
    worker.close()


def test_an_expected_trouble_is_told_and_not_a_reason_to_reopen(worker, reader):
    reader.place("li")
    reader.break_with("unreadable")
    assert isinstance(answer_of(worker, lambda device, cancelled: device.read()), CardUnreadable)
    assert worker.status.works


def test_work_on_an_unplugged_device_is_told_so(worker, reader):
    reader.unplug()
    error = answer_of(worker, lambda device, cancelled: device.await_card(0.05))
    assert isinstance(error, DeviceUnavailable)
    assert error.fault is Fault.UNPLUGGED


def test_close_ends_running_work_and_refuses_the_rest(reader):
    worker = Worker("card_reader", reader, lambda name, status: None)
    running, results = threading.Event(), Queue()

    def long(device, cancelled):
        running.set()
        while not cancelled.is_set():
            device.await_card(0.05)

    worker.ask(long, results.put)
    worker.ask(lambda device, cancelled: None, results.put)
    assert running.wait(PATIENCE_S)
    begin = time.monotonic()
    worker.close()
    assert time.monotonic() - begin < 2.0
    assert not worker.alive
    assert results.get(timeout=1) is None
    assert isinstance(results.get(timeout=1), DeviceUnavailable)
    worker.ask(lambda device, cancelled: None, results.put)
    assert isinstance(results.get(timeout=1), DeviceUnavailable)


def test_a_device_that_breaks_in_an_unforeseen_way_is_broken(heard, caplog):
    class Faulty:
        def open(self):
            raise ZeroDivisionError

        def close(self):
            pass

    worker = Worker("faulty", Faulty(), lambda name, status: heard.put(status))
    status = heard.get(timeout=PATIENCE_S)
    assert (status.health, status.faults) == (Health.BROKEN, {Fault.HARDWARE})
    worker.close()


def test_headphones_are_noticed_within_the_watch_however_long_they_were_out(heard):
    headphones = registry.build("headphones", "simulated", {})
    worker = Worker("headphones", headphones, lambda name, status: heard.put(status.health), watch_s=0.05)
    assert heard.get(timeout=PATIENCE_S) is Health.ABSENT
    time.sleep(0.19)  # by now a device that is away would be looked for more and more rarely
    begin = time.monotonic()
    headphones.plug()
    assert heard.get(timeout=PATIENCE_S) is Health.READY
    assert time.monotonic() - begin < 0.15
    headphones.unplug()
    assert heard.get(timeout=PATIENCE_S) is Health.ABSENT
    worker.close()
