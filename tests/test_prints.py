"""Prints from the touch to the paper and into the ledger: taken, left behind, counted, killed in the middle."""

import logging
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.printers.escpos import EscposPrinter
from devices.printers.escpos_wire import Wire
from kiosk.errors import DeviceUnavailable, StoreError
from kiosk.events.touches import Confirmed, Pressed
from kiosk.handlers import slips
from kiosk.handlers.prints import PrintHandlers
from kiosk.ports.ledger import PrintState, Recovered
from kiosk.ports.tally import Counter
from kiosk.store.store import Store
from tests.drivers.test_escpos_trouble import same
from tests.far_ends import tcp_printer
from tests.hall import Hall
from tests.sample_documents import TICKET_EN
from tests.test_visits import finish, to_the_review

PRESENTER = {"taken": "full_status", "left": "retract"}


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """A hall whose ticket printer has a sensor in its outlet and can pull a slip back."""
    url = f"sim://devices.printers.escpos_wire:Wire?mm_per_s=250&presenter=1#{tmp_path}"
    here = Hall(tmp_path, urls={"ticket_printer": url}, options={"ticket_printer": PRESENTER})
    here.until_open()
    yield here
    here.close()


def print_a_slip(hall: Hall) -> None:
    to_the_review(hall)
    hall.do(Confirmed())
    hall.until_step("ticket.done")
    hall.take_card()


def states(hall: Hall) -> list[PrintState]:
    rows = hall.store._connection.execute("SELECT job_id FROM print_ledger ORDER BY prepared_at").fetchall()
    return [hall.store.print_record(row[0]).state for row in rows]


def test_a_slip_that_is_taken_is_known_to_be_taken_and_the_screen_goes_on(hall: Hall) -> None:
    print_a_slip(hall)
    assert states(hall) == [PrintState.OUT]
    assert hall.step == "ticket.done"
    hall.hand("ticket_printer", "take")
    hall.until_step("ticket.in_hand")
    assert states(hall) == [PrintState.TAKEN]
    finish(hall)
    assert states(hall) == [PrintState.TAKEN], "what was taken is not void"


def test_the_printer_is_looked_after_while_a_slip_lies_there(hall: Hall) -> None:
    print_a_slip(hall)
    hall.hand("ticket_printer", "open_cover")
    hall.until(lambda: not hall.runner.world.device("ticket_printer").works, "the cover")
    hall.hand("ticket_printer", "close_cover")
    hall.until(lambda: hall.runner.world.device("ticket_printer").works, "the cover")


def test_a_slip_that_is_left_is_pulled_back_and_logged_once(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(slips, "LEFT_S", 0.1)
    print_a_slip(hall)
    hall.handlers._prints._slips["ticket_printer"]._left_s = 0.1
    finish(hall)
    assert states(hall) == [PrintState.VOID]
    hall.until(lambda: hall.slip() is None, "the slip")
    hall.until(lambda: "left in the printer and pulled back" in caplog.text, "the log")
    assert caplog.text.count("left in the printer") == 1


def test_the_next_slip_is_not_laid_upon_one_that_was_left(hall: Hall) -> None:
    print_a_slip(hall)
    finish(hall)
    to_the_review(hall, "hk")
    hall.do(Confirmed())
    hall.until_step("ticket.done")
    wire = hall_wire(hall)
    assert (wire.retracted, len(wire.slips)) == (1, 2)


def hall_wire(hall: Hall) -> Wire:
    from devices import registry

    wire = registry.handled(hall.devices["ticket_printer"])
    assert isinstance(wire, Wire)
    return wire


def test_pages_cuts_and_errors_are_counted(hall: Hall) -> None:
    print_a_slip(hall)
    finish(hall)
    hall.hand("ticket_printer", "use_up", "end")
    to_the_review(hall, "hk")
    hall.do(Confirmed())
    hall.until_step("ticket.not_printed")
    hall.hand("ticket_printer", "refill")
    hall.until(lambda: hall.runner.world.device("ticket_printer").works, "the printer")
    hall.do(Pressed("print"))
    hall.until_step("ticket.done")
    assert hall.store.counted("ticket_printer") == {
        Counter.PAGES: 2,
        Counter.PAGES_SINCE_REFILL: 2,
        Counter.CUTS: 2,
        Counter.ERRORS: 1,
    }


# --- the start after a crash -----------------------------------------------------------------------------------


class Told:
    """A printer and its worker, which does at once what it is asked."""

    def __init__(self) -> None:
        self.begun: list[bool] = []

    def ask(self, work: Callable[..., object], done: Callable[[object], None]) -> None:
        done(work(self, None))

    def discard(self, begun: bool = False) -> None:
        self.begun.append(begun)


class Ledger:
    """What was left open."""

    def __init__(self, left: Recovered | None) -> None:
        self._left = left

    def recover_prints(self) -> Recovered:
        if self._left is None:
            raise StoreError("the store cannot be used now (disk full)")
        return self._left


@pytest.mark.parametrize(
    ("left", "begun", "lines"),
    [
        (Recovered(), False, 0),
        (Recovered(unsent=1), False, 1),
        (Recovered(unknown=1), True, 1),
        (Recovered(out=1), False, 1),
        (None, True, 1),
    ],
)
def test_every_printer_is_told_before_the_first_visit(left, begun, lines, caplog) -> None:
    printers = {"ticket_printer": Told(), "a4_printer": Told()}
    handlers = PrintHandlers(printers, Ledger(left))
    with caplog.at_level(logging.WARNING):
        handlers.recover()
    handlers.clear_printers()
    assert [printer.begun for printer in printers.values()] == [[begun], [begun]]
    assert len(caplog.records) == lines


CHILD = """
    import os, signal, sys
    from pathlib import Path
    from devices.printers.escpos import EscposPrinter
    from devices.printers.escpos_talk import Talk
    from kiosk.handlers.prints import PrintHandlers
    from kiosk.store.store import Store
    from tests.sample_documents import TICKET_ZH

    folder, url, moment = sys.argv[1:]
    store = Store.open(Path(folder) / "kiosk.db", Path(folder) / "kiosk.key")
    printer = EscposPrinter(EscposPrinter.Options(url))
    die = lambda: os.kill(os.getpid(), signal.SIGKILL)
    printer.open()
    store.prepare_print("job", "ticket")
    if moment == "prepared":
        die()
    if moment == "sending":
        send, sent = Talk.send, []
        Talk.send = lambda self, data: sent.append(send(self, data)) or (len(sent) > 12 and die())
    handlers = PrintHandlers({}, store)
    if moment == "sent":
        handlers._mark = lambda *_: die()
    handlers._printed("ticket_printer", printer, "job", TICKET_ZH)
    die()
"""


@pytest.mark.parametrize(
    ("moment", "recovered", "papers"),
    [
        ("prepared", Recovered(unsent=1), 0),
        ("sending", Recovered(unknown=1), 1),
        ("sent", Recovered(unknown=1), 1),
        ("out", Recovered(out=1), 1),
    ],
)
def test_killed_while_printing(tmp_path: Path, moment: str, recovered: Recovered, papers: int) -> None:
    wire = Wire()
    root = Path(__file__).resolve().parents[1]
    with tcp_printer(wire) as url:
        command = [sys.executable, "-c", textwrap.dedent(CHILD), str(tmp_path), url, moment]
        done = subprocess.run(command, check=False, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, timeout=60)
        assert done.returncode == -signal.SIGKILL
        store = Store.open(tmp_path / "kiosk.db", tmp_path / "kiosk.key")
        assert store.recover_prints() == recovered
        printer = EscposPrinter(EscposPrinter.Options(url))
        opened(printer)
        printer.discard(begun=recovered.unknown > 0)
        assert printer.print("next", TICKET_EN).outcome == "out"
        assert same(wire.slips[-1], TICKET_EN), "nothing of the job before it"
        assert len(wire.slips) == papers + 1
        assert store.unknown_prints() == recovered.unknown
        printer.close()
        store.close()


def opened(printer: EscposPrinter) -> None:
    """The port is free when the far end has noticed that the dead process hung up."""
    end = time.monotonic() + 3
    while True:
        try:
            printer.open()
            return
        except DeviceUnavailable:
            assert time.monotonic() < end
