"""The smart-card service comes and goes, hangs and is killed; the reader's worker lives on."""

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.citizen_cards.pcsc import PcscReader
from devices.citizen_cards.pcsc_card import PcscCard
from devices.citizen_cards.pcsc_child import ERRORS, Cards, Trouble
from devices.citizen_cards.pcsc_link import error_for
from devices.worker import Worker
from kiosk.errors import CardGone, CardUnreadable, DeviceUnavailable, Fault, SetupError
from kiosk.ports.device import Health
from tests.pcsc_server import PcscServer

PATIENCE_S = 8.0


@pytest.fixture
def server(tmp_path) -> Iterator[PcscServer]:
    with PcscServer(tmp_path / "pcscd") as made:
        yield made


def test_a_service_that_stops_is_noticed_and_comes_back_by_itself(server):
    heard: queue.Queue = queue.Queue()
    reader = PcscReader(PcscReader.Options(socket=server.socket))
    worker = Worker("citizen_card_reader", reader, lambda name, status: heard.put(status), watch_s=0.3)
    try:
        assert heard.get(timeout=PATIENCE_S).health is Health.READY
        server.stop()
        assert heard.get(timeout=2).faults == {Fault.NO_ANSWER}, "within 2 s"
        server.start(with_reader=False)
        assert heard.get(timeout=PATIENCE_S).faults == {Fault.UNPLUGGED}
        server.restart()
        states = [heard.get(timeout=PATIENCE_S)]
        while not states[-1].works:
            states.append(heard.get(timeout=PATIENCE_S))
        assert heard.empty()
    finally:
        worker.close()


def test_a_reader_by_a_part_of_its_name(server):
    second = PcscReader(PcscReader.Options(reader="pcd 00 01", socket=server.socket))
    second.open()
    assert second.status().works
    second.close()
    other = PcscReader(PcscReader.Options(reader="ACS ACR39U", socket=server.socket))
    with pytest.raises(DeviceUnavailable, match=r"of that name.*Virtual PCD 00 00, Virtual PCD 00 01\.") as caught:
        other.open()
    assert caught.value.fault is Fault.UNPLUGGED
    other.close()


def test_a_service_that_accepts_and_never_answers_costs_a_second(tmp_path):
    path = str(tmp_path / "deaf")
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(path)
        deaf.listen()
        reader = PcscReader(PcscReader.Options(socket=path))
        with pytest.raises(DeviceUnavailable, match="does not answer") as caught:
            reader.open()
        assert caught.value.fault is Fault.NO_ANSWER
        reader.close()


def children() -> set[int]:
    """Live processes that this one has begun."""
    return {int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}


def held() -> tuple[int, int, set[int]]:
    """Descriptors, threads, processes."""
    return len(list(Path("/proc/self/fd").iterdir())), threading.active_count(), children()


def test_the_process_between_is_killed_and_another_one_goes_on(server):
    before = children()
    reader = PcscReader(PcscReader.Options(socket=server.socket))
    reader.open()
    (pid,) = children() - before
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(DeviceUnavailable, match="has ended"):
        reader.await_card(0)
    reader.open()
    assert reader.status().works
    reader.close()
    assert children() == before


def test_opening_and_closing_leaks_neither_descriptors_nor_processes(server):
    reader = PcscReader(PcscReader.Options(socket=server.socket))
    before = held()
    for _ in range(5):
        reader.open()
        reader.close()
    assert held() == before


def test_a_card_can_be_simulated_for_any_program(server):
    reader = PcscReader(PcscReader.Options(socket=server.socket))
    reader.open()
    command = (sys.executable, "-m", "kiosk", "simulate", "social-card", "--port", str(server.port), "--card", "hk")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as simulator:
        assert "ready" in simulator.stdout.readline()
        assert reader.await_card(PATIENCE_S)
        assert reader.read().name == "黃樣本"
        simulator.stdin.write("remove\n")
        simulator.stdin.flush()
        assert simulator.stdout.readline().strip() == "ok: remove"
        assert reader.await_removal(PATIENCE_S)
        simulator.communicate("quit\n", timeout=PATIENCE_S)
    assert simulator.returncode == 0
    reader.close()


def test_the_process_between_passes_no_pin_on():
    with pytest.raises(Trouble, match="forbidden"):
        Cards().send("0020000003123456")


WORDS = {
    "no_service": Fault.NO_ANSWER,
    "no_reader": Fault.UNPLUGGED,
    "in_use": Fault.IN_USE,
    "forbidden": Fault.WRONG_DEVICE,
    "gone": CardGone,
    "mute": CardUnreadable,
    "something new": CardUnreadable,
}


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_process_between_is_an_error_with_a_sentence(word):
    error = error_for(word)
    assert getattr(error, "fault", type(error)) == WORDS[word]
    assert str(error).endswith(".")
    assert set(ERRORS) < set(WORDS)


def test_no_virtual_reader_there_is_said():
    with pytest.raises(SetupError, match="No virtual reader listens"):
        PcscCard(port=9).place("li")
