"""What adapters and simulated devices are built upon: connecting once, letting go of what is lost, hands for a cable."""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from devices.connected import Connected
from devices.hands import do, fault_named
from devices.health import status_of
from devices.printers.simulated import SimulatedPagePrinter
from devices.simulated import Simulated
from devices.transports.line import read_some
from kiosk.errors import DeviceUnavailable, Fault, SetupError
from kiosk.ports.device import ABSENT, READY

LOST = DeviceUnavailable("It is gone.", Fault.NO_ANSWER)


@dataclass
class Way:
    """A way to a device that a test can lose."""

    lost: bool = False
    closed: int = 0
    faults: set[Fault] = field(default_factory=set)

    def ask(self) -> None:
        if self.lost:
            raise LOST

    def close(self) -> None:
        self.closed += 1


class Adapter(Connected[Way]):
    """Keeps the ways it made."""

    def __init__(self) -> None:
        super().__init__("lamp at /dev/lamp")
        self.ways: list[Way] = []
        self.next_is_lost = False

    def _connect(self) -> Way:
        self.ways.append(Way(self.next_is_lost))
        return self.ways[-1]

    def _greet(self, way: Way) -> None:
        way.ask()

    def _faults(self, way: Way) -> Iterable[Fault]:
        way.ask()
        return way.faults

    def light(self) -> None:
        self._open_way.ask()


class Lamp(Simulated):
    """Burns when somebody comes."""

    called = "lamp"

    def await_somebody(self, timeout_s: float) -> bool:
        return self._await(lambda: False, timeout_s)


def test_it_connects_once_and_lets_go_once() -> None:
    adapter = Adapter()
    adapter.open()
    adapter.open()
    assert len(adapter.ways) == 1
    adapter.close()
    adapter.close()
    assert adapter.ways[0].closed == 1
    assert adapter.status() == ABSENT


def test_who_does_not_greet_back_is_let_go_of() -> None:
    adapter = Adapter()
    adapter.next_is_lost = True
    with pytest.raises(DeviceUnavailable):
        adapter.open()
    assert adapter.ways[0].closed == 1
    adapter.next_is_lost = False
    adapter.open()
    assert adapter.status() == READY


def test_what_is_lost_is_closed_with_its_fault_and_opens_again() -> None:
    adapter = Adapter()
    adapter.open()
    adapter.ways[0].faults.add(Fault.DOOR_OPEN)
    assert adapter.status() == status_of({Fault.DOOR_OPEN})
    adapter.ways[0].lost = True
    assert adapter.status().faults == {Fault.NO_ANSWER}
    assert adapter.ways[0].closed == 1
    adapter.open()
    assert adapter.status() == READY


def test_a_closed_one_says_which_it_is() -> None:
    with pytest.raises(DeviceUnavailable, match=r"The lamp at /dev/lamp is not open\.") as caught:
        Adapter().light()
    assert caught.value.fault is Fault.UNPLUGGED


def test_a_pulled_cable_ends_a_wait_at_once_and_wants_a_new_open() -> None:
    lamp = Lamp()
    lamp.open()
    threading.Timer(0.05, lamp.unplug).start()
    begun = time.monotonic()
    with pytest.raises(DeviceUnavailable):
        lamp.await_somebody(5)
    assert time.monotonic() - begun < 2
    lamp.plug()
    assert lamp.status() == ABSENT
    lamp.open()
    assert lamp.status() == READY
    assert lamp.await_somebody(0.01) is False


def test_the_hands_for_the_cable_are_those_of_the_device() -> None:
    printer = SimulatedPagePrinter(SimulatedPagePrinter.Options())
    printer.open()
    do(printer, "unplug")
    assert printer.status() == ABSENT
    do(printer, "plug")
    printer.open()
    assert printer.status() == READY


@pytest.mark.parametrize(("name", "named"), [("", ""), ("none", ""), ("jam", "jam")])
def test_faults_by_name(name: str, named: str) -> None:
    assert fault_named(name, ("none", "jam", "noise"), "lamp") == named


def test_an_unknown_fault_names_the_known_ones() -> None:
    with pytest.raises(SetupError, match=r"has no fault 'x'\. Known are jam, noise, none\."):
        fault_named("x", ("none", "jam", "noise"), "lamp")


class Told:
    """A line on which these bytes have arrived."""

    url = "told"

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, size: int, _timeout_s: float) -> bytes:
        got, self._data = self._data[:size], self._data[size:]
        return got


@pytest.mark.parametrize(("size", "got"), [(1, b"a"), (3, b"abc"), (99, b"abcde")])
def test_some_bytes_are_no_more_than_asked(size: int, got: bytes) -> None:
    assert read_some(Told(b"abcde"), size, 0.1) == got
    assert read_some(Told(b""), size, 0.0) == b""
