"""Results from the question to the paper: a small centre that counts, the simulated page printer, the real outbox."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import cast

import pytest

from devices.printers.simulated import SimulatedPagePrinter
from devices.worker import Worker
from kiosk.context import Context
from kiosk.contract.results import PrintEnd, PrintGrant
from kiosk.courier.courier import Courier
from kiosk.effects.results import PrintResult
from kiosk.errors import CentreRefused, CentreUnreachable, Fault, StoreError
from kiosk.events.centre import CentreAway, CentreSaidNo
from kiosk.events.model import Event
from kiosk.events.prints import PrintedOut, PrintFailed
from kiosk.events.results import ResultRefused
from kiosk.handlers.outgoing import Outgoing
from kiosk.handlers.prints import PrintHandlers
from kiosk.handlers.result_prints import ResultHandlers
from kiosk.pool import ThreadPool
from kiosk.ports.centre import Centre
from kiosk.ports.ledger import PrintState
from kiosk.ports.outbox import Letter
from kiosk.ports.worker import Request
from kiosk.store.outbox import StoreOutbox
from kiosk.store.store import Store
from kiosk.words import load
from tests.worlds import world

PDF = b"%PDF-1.7 a licence"
TOKEN = "t" * 32


@dataclass
class CountingCentre:
    """Grants by key, one document, and how each print ended."""

    left: int = 2
    away: bool = False
    document: bytes | None = PDF
    grants: dict[str, PrintGrant] = field(default_factory=dict)
    ends: dict[str, PrintEnd] = field(default_factory=dict)
    fetched: Callable[[], None] = lambda: None

    def grant_print(self, _result: str, _token: str, key: str) -> PrintGrant:
        if self.away:
            raise CentreUnreachable("no network")
        if key not in self.grants and not self.left:
            raise CentreRefused("no-prints-left", "printed as often as it may be")
        if key not in self.grants:
            self.left -= 1
            self.grants[key] = PrintGrant(id=f"g-{key}", digest=sha256(PDF).hexdigest(), prints_left=self.left)
        return self.grants[key]

    def granted_pdf(self, _grant: str) -> bytes:
        self.fetched()
        if self.document is None:
            raise CentreUnreachable("cut off in mid-answer")
        return self.document

    def report_print(self, grant: str, end: PrintEnd) -> None:
        if self.away:
            raise CentreUnreachable("no network")
        if self.ends.setdefault(grant, end) is PrintEnd.NOT_OUT:
            self.left += 1


class FullOutbox:
    """A disk without room."""

    def put(self, _letter: Letter, _files: object) -> bool:
        raise StoreError("the disk is full")


class Room:
    """The centre, the printer in its thread, the outbox and its courier, and all that was told."""

    def __init__(self, folder: Path) -> None:
        self.centre, self.printer = CountingCentre(), SimulatedPagePrinter(SimulatedPagePrinter.Options())
        self.told: list[Event] = []
        self._news = threading.Condition()
        self.store = Store.open(folder / "kiosk.db", folder / "kiosk.key")
        self.outbox = StoreOutbox(self.store)
        self.courier = Courier(self.outbox, self._at)
        self.worker = Worker("a4_printer", self.printer, lambda _name, _status: None, watch_s=60)
        self.pool = ThreadPool(2)
        self.results = self.handlers(Outgoing(self.outbox, self.courier, self.pool))

    def _at(self) -> Centre:
        return cast("Centre", self.centre)

    def handlers(self, outgoing: Outgoing | None) -> ResultHandlers:
        prints = PrintHandlers({"a4_printer": self.worker}, self.store)
        return ResultHandlers(self.pool, self._at, prints, outgoing)

    def close(self) -> None:
        self.worker.close()
        self.pool.close()
        self.courier.close()
        self.store.close()

    def _post(self, event: Event) -> None:
        with self._news:
            self.told.append(event)
            self._news.notify_all()

    def ask(self, key: str = "key-00001") -> Request:
        ctx = Context(1, world(), load("zh_CN"), self._post)
        return self.results.table()[PrintResult](PrintResult("r-1", TOKEN, key), ctx)

    def until_told(self, count: int = 1) -> Event:
        with self._news:
            assert self._news.wait_for(lambda: len(self.told) >= count, 8), self.told
        return self.told[-1]

    def deliver(self) -> dict[str, PrintEnd]:
        """What the centre knows of ends when the courier has been."""
        while self.courier.turn(0.02):
            pass
        return self.centre.ends


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.close()


def test_the_very_document_comes_out_and_is_counted(room: Room) -> None:
    room.ask()
    assert room.until_told() == PrintedOut()
    assert room.printer.papers == [PDF]
    assert room.deliver() == {"g-key-00001": PrintEnd.OUT}
    assert room.centre.left == 1


def test_no_paper_is_not_counted(room: Room) -> None:
    room.printer.break_with("paper_out")
    room.ask()
    assert room.until_told() == PrintFailed(Fault.PAPER_OUT)
    assert room.deliver() == {"g-key-00001": PrintEnd.NOT_OUT}
    assert (room.centre.left, room.printer.papers) == (2, [])


def test_the_end_reaches_the_centre_after_a_cut(room: Room) -> None:
    def cut() -> None:
        room.centre.away = True

    room.centre.fetched = cut
    room.ask()
    assert room.until_told() == PrintedOut()
    assert room.deliver() == {}
    assert room.outbox.waiting() == 1
    room.centre.away = False
    room.outbox.hurry()
    assert room.deliver() == {"g-key-00001": PrintEnd.OUT}


@pytest.mark.parametrize("document", [None, b"", b"%PDF another", b"\x89PNG" * 100])
def test_a_document_that_is_not_the_granted_one_is_not_printed(room: Room, document: bytes | None) -> None:
    room.centre.document = document
    room.ask()
    assert room.until_told() == ResultRefused("not-fetched")
    assert room.deliver() == {"g-key-00001": PrintEnd.NOT_OUT}
    assert (room.centre.left, room.printer.papers) == (2, [])


def test_no_prints_left_and_no_network_are_told_apart(room: Room) -> None:
    room.centre.left = 0
    room.ask()
    assert room.until_told() == ResultRefused("no-prints-left")
    room.centre.away = True
    room.ask("key-00002")
    assert room.until_told(2) == CentreAway()
    assert room.outbox.waiting() == 0


def test_another_refusal_is_a_refusal(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def no(*_: object) -> PrintGrant:
        raise CentreRefused("not-understood", "what is this")

    monkeypatch.setattr(room.centre, "grant_print", no)
    room.ask()
    assert room.until_told() == CentreSaidNo("not-understood")


def test_a_full_disk_does_not_keep_the_end_from_the_centre(room: Room) -> None:
    room.results = room.handlers(Outgoing(FullOutbox(), room.courier, room.pool))  # type: ignore[arg-type]
    room.ask()
    room.until_told()
    assert room.centre.ends == {"g-key-00001": PrintEnd.OUT}
    room.results = room.handlers(None)
    room.ask("key-00002")
    room.until_told(2)
    assert room.centre.ends["g-key-00002"] is PrintEnd.OUT


def test_whoever_leaves_while_it_is_fetched_gets_no_paper_and_it_is_not_counted(room: Room) -> None:
    there, gone = threading.Event(), threading.Event()

    def slow() -> None:
        there.set()
        assert gone.wait(5)

    room.centre.fetched = slow
    request = room.ask()
    assert there.wait(5)
    request.cancel()
    gone.set()
    assert room.until_told() == ResultRefused("not-fetched")
    assert room.deliver() == {"g-key-00001": PrintEnd.NOT_OUT}
    assert room.printer.papers == []


@pytest.mark.parametrize(
    ("stood", "end", "left"),
    [
        ((), PrintEnd.NOT_OUT, 2),
        ((PrintState.SENT,), PrintEnd.UNKNOWN, 1),
        ((PrintState.SENT, PrintState.OUT), PrintEnd.OUT, 1),
        ((PrintState.SENT, PrintState.VOID), PrintEnd.NOT_OUT, 2),
    ],
)
def test_after_a_power_cut_in_the_middle_the_next_start_tells_what_is_known(
    room: Room, stood: tuple[PrintState, ...], end: PrintEnd, left: int
) -> None:
    grant = room.centre.grant_print("r-1", TOKEN, "key-00001")
    room.store.prepare_print(grant.id, "result")
    for state in stood:
        room.store.mark_print(grant.id, state)
    for _ in range(2):  # the power goes; the program starts; and once more
        room.store.recover_prints()
        room.handlers(Outgoing(room.outbox, room.courier, room.pool)).recover()
    assert room.deliver() == {grant.id: end}
    assert room.centre.left == left


def test_what_was_told_is_not_told_anew_and_other_papers_are_nobodys_business(room: Room) -> None:
    room.store.prepare_print("a-slip", "ticket")
    room.ask()
    assert room.until_told() == PrintedOut()
    assert room.deliver() == {"g-key-00001": PrintEnd.OUT}
    room.store.recover_prints()
    room.results.recover()
    assert room.outbox.waiting() == 0
    room.centre.ends.clear()
    assert room.deliver() == {}


def test_the_grant_stands_in_the_ledger_before_its_document_is_fetched(room: Room) -> None:
    found: list[object] = []
    room.centre.fetched = lambda: found.append(room.store.print_record("g-key-00001"))
    room.ask()
    room.until_told()
    assert [getattr(record, "state", None) for record in found] == [PrintState.PREPARED]


def test_a_store_that_cannot_be_read_keeps_nobody_from_starting(
    room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise StoreError("the store cannot be used now (disk is full)")

    room.store.prepare_print("g-1", "result")
    room.store.recover_prints()
    full = room.handlers(Outgoing(FullOutbox(), room.courier, room.pool))  # type: ignore[arg-type]
    full.recover()
    assert room.centre.ends == {}, "with the next start"
    monkeypatch.setattr(room.store, "over_prints", broken)
    room.results.recover()
    assert "are not known" in caplog.text


def test_nothing_personal_is_logged(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    room.centre.document = b"%PDF of somebody else"
    room.ask()
    room.until_told()
    with suppress(CentreUnreachable):
        room.deliver()
    assert TOKEN not in caplog.text
