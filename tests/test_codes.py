"""ReadCode over a real worker: one code, asked for, of this visit; never what was scanned before."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from devices import registry
from devices.code_scanners.sample_codes import CODES
from devices.worker import Worker
from kiosk import words
from kiosk.context import Context
from kiosk.effects.codes import ReadCode
from kiosk.errors import Fault
from kiosk.events.codes import CodeScanned, CodeScannerLost
from kiosk.events.model import Event
from kiosk.handlers.codes import CodeHandlers
from tests.worlds import world

PATIENCE_S = 5.0


class Desk:
    """A scanner, its worker, and what was posted."""

    def __init__(self) -> None:
        self.scanner: Any = registry.build("code_scanner", "simulated", {})
        self.worker = Worker("code_scanner", self.scanner, lambda _name, _status: None, watch_s=0.05)
        self.posted: list[Event] = []
        self.until(lambda: self.worker.status.works)

    def ask(self) -> Any:
        """What a journey's step does."""
        handler = CodeHandlers({"code_scanner": self.worker}).table()[ReadCode]
        return handler(ReadCode(), Context(1, world(), words.load("en"), self.posted.append))

    def until(self, there: Callable[[], object]) -> None:
        """Wait for something."""
        deadline = time.monotonic() + PATIENCE_S
        while not there():
            assert time.monotonic() < deadline
            time.sleep(0.005)


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.worker.close()


def listening(desk: Desk) -> bool:
    """Whether the scanner is being waited for: what it had was forgotten."""
    return desk.worker._running is not None


def test_a_code_is_told(desk: Desk) -> None:
    desk.ask()
    desk.until(lambda: listening(desk))
    time.sleep(0.02)
    desk.scanner.show("receipt")
    desk.until(lambda: desk.posted)
    (event,) = desk.posted
    assert isinstance(event, CodeScanned)
    assert event.code.text == CODES["receipt"].text
    assert CODES["receipt"].text not in repr(event)


def test_what_was_scanned_before_it_was_asked_for_is_never_told(desk: Desk) -> None:
    desk.scanner.show("receipt")
    desk.ask()
    desk.until(lambda: listening(desk))
    time.sleep(0.1)
    assert desk.posted == []
    desk.scanner.show("book")
    desk.until(lambda: desk.posted)
    assert [event.code.text for event in desk.posted] == [CODES["book"].text]


def test_a_cancelled_request_tells_nothing(desk: Desk) -> None:
    request = desk.ask()
    desk.until(lambda: listening(desk))
    request.cancel()
    desk.until(lambda: not listening(desk))
    desk.scanner.show("receipt")
    assert desk.posted == []


def test_an_unplugged_scanner_is_lost(desk: Desk) -> None:
    desk.ask()
    desk.until(lambda: listening(desk))
    desk.scanner.unplug()
    desk.until(lambda: desk.posted)
    assert desk.posted == [CodeScannerLost(Fault.UNPLUGGED)]


def test_a_terminal_without_a_scanner_says_so() -> None:
    posted: list[Event] = []
    CodeHandlers({}).table()[ReadCode](ReadCode(), Context(1, world(), words.load("en"), posted.append))
    assert posted == [CodeScannerLost(Fault.UNPLUGGED)]
