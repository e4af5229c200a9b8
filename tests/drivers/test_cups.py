"""A4 printing through a real CUPS server with a printer in bad moods: only what came out is called printed, nothing stays."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from devices.printers import cups, cups_job, ipp
from devices.printers.cups import CupsPrinter
from kiosk.errors import DeviceUnavailable, Fault, SettingsError
from kiosk.ports.device import Health
from kiosk.ports.printer import Outcome, Supply
from tests.cups_server import QUEUE, CupsServer
from tests.ipp_printers import PRINTERS, own_printer
from tests.sample_documents import TICKET_EN

PAGES = b"%PDF-1.4\n% a secret that must not stay anywhere\n%%EOF\n"


@pytest.fixture(scope="module")
def server() -> Iterator[CupsServer]:
    with CupsServer() as made:
        yield made


@pytest.fixture(autouse=True)
def quick_pages(monkeypatch) -> None:
    """Setting pages is tried elsewhere."""
    monkeypatch.setattr(cups, "pdf_apart", lambda _document: PAGES)


@pytest.fixture
def printer(server) -> Iterator[CupsPrinter]:
    made = opened(server)
    yield made
    server.set_mood("ok")


def opened(server: CupsServer, **options) -> CupsPrinter:
    made = CupsPrinter(CupsPrinter.Options(QUEUE, server.server, **{"timeout_s": 20.0, **options}))
    made.open()
    return made


def until(there: Callable[[], object]) -> None:
    end = time.monotonic() + 15
    while not there():
        assert time.monotonic() < end
        time.sleep(0.02)


# --- outcomes --------------------------------------------------------------------------------------------------

MOODS = [
    ("ok", Outcome.OUT, None, 1),
    ("warns toner-low", Outcome.OUT, None, 1),
    ("reports media-empty", Outcome.OUT, None, 1),
    ("warns acme-flux-empty", Outcome.OUT, None, 1),
    ("slow 0.3", Outcome.OUT, None, 2),
    ("stops toner-empty", Outcome.FAILED, Fault.TONER_OUT, 0),
    ("stops cover-open", Outcome.FAILED, Fault.COVER_OPEN, 0),
    ("stops output-area-full", Outcome.FAILED, Fault.OUTPUT_FULL, 0),
    ("stops input-tray-missing", Outcome.FAILED, Fault.PAPER_OUT, 0),
    ("stops fuser-over-temp", Outcome.FAILED, Fault.HEAD_HOT, 0),
    ("stops acme-flux-empty", Outcome.FAILED, Fault.OFFLINE, 0),
    ("stops-after-page media-jam", Outcome.FAILED, Fault.PAPER_JAM, 1),
    ("stops-after-page media-empty", Outcome.FAILED, Fault.PAPER_OUT, 1),
    ("aborts", Outcome.FAILED, Fault.OFFLINE, 0),
    ("aborts-after-page", Outcome.FAILED, Fault.OFFLINE, 1),
    ("held", Outcome.FAILED, Fault.OFFLINE, 0),
    ("cancelled", Outcome.FAILED, Fault.HARDWARE, 1),
]


@pytest.mark.parametrize(("mood", "outcome", "fault", "pages"), MOODS, ids=[mood[0] for mood in MOODS])
def test_only_what_came_out_is_called_printed(server, printer, monkeypatch, mood, outcome, fault, pages):
    monkeypatch.setattr(cups_job, "STUCK_S", 0.3)
    server.set_mood(mood)
    before = len(server.pages_out())
    answer = printer.print(f"job-{mood}", TICKET_EN)
    assert (answer.outcome, answer.fault, answer.pages) == (outcome, fault, pages)
    assert len(server.pages_out()) - before == (outcome is Outcome.OUT)
    server.set_mood("ok")
    until(lambda: printer.status().health is Health.READY)
    assert len(server.pages_out()) - before == (outcome is Outcome.OUT), "and nothing later"
    assert server.spooled() == [], "neither pages nor their description stay in the spool"


@pytest.mark.parametrize("mood", ["ok", "stops media-jam", "aborts-after-page"])
def test_nothing_of_a_print_stays_on_the_disk(server, printer, monkeypatch, tmp_path, mood):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    server.set_mood(mood)
    printer.print(f"disk {mood}", TICKET_EN)
    server.set_mood("ok")
    until(lambda: printer.status() and server.spooled() == [])
    kept = [path for path in server.base.rglob("*") if path.is_file() and b"a secret that" in path.read_bytes()]
    assert [path for path in kept if path.parent.name != "out"] == [], "but on the paper"
    assert list(tmp_path.rglob("*")) == []


def test_levels_are_read_and_say_when_toner_runs_low(server, printer):
    server.set_mood("toner 5")
    assert printer.print("job", TICKET_EN).outcome is Outcome.OUT
    assert printer.supplies() == (Supply("Black", 5), Supply("Waste", 40))
    assert printer.status().faults == {Fault.TONER_LOW}
    assert printer.status().health is Health.LOW
    server.set_mood("toner 60")
    assert printer.print("job 2", TICKET_EN).outcome is Outcome.OUT
    assert printer.status().health is Health.READY


def test_both_sides_and_the_tray_go_with_the_job(server):
    printer = opened(server, sides="two-sided-long-edge", tray="tray-2")
    assert printer.print("job", TICKET_EN).outcome is Outcome.OUT
    told = server.options()
    assert "sides=two-sided-long-edge" in told
    assert "media-source=tray-2" in told
    assert "InputSlot=tray-2" in told
    server.set_mood("ok")


@pytest.mark.parametrize("mood", ["hangs", "hangs-after-page"])
def test_a_job_that_hangs_is_cancelled_in_time(server, printer, mood):
    server.set_mood(mood)
    hasty = opened(server, timeout_s=0.5)
    answer = hasty.print("job", TICKET_EN)
    assert (answer.outcome, answer.fault) == (Outcome.FAILED, Fault.NO_ANSWER)
    until(lambda: hasty.status() and server.spooled() == [])


@contextmanager
def printing(printer: CupsPrinter) -> Iterator[list]:
    """A print that goes on meanwhile; its outcome is in the list after."""
    outcome: list = []
    thread = threading.Thread(target=lambda: outcome.append(printer.print("job", TICKET_EN)))
    thread.start()
    until(lambda: printer._jobs)
    yield outcome
    thread.join()


def test_cancelled_by_somebody_at_the_machine_is_not_printed(server, printer):
    server.set_mood("hangs-after-page")
    before = len(server.pages_out())
    with printing(printer) as outcome:
        server.run("cancel", "-a", QUEUE)
    assert (outcome[0].outcome, len(server.pages_out()) - before) == (Outcome.FAILED, 0)


def test_purged_by_somebody_is_not_called_printed(server, printer):
    server.set_mood("hangs")
    with printing(printer) as outcome:
        server.run("cancel", "-a", "-x", QUEUE)
    assert outcome[0].outcome is not Outcome.OUT


def test_a_queue_that_is_stopped_in_the_middle(server, printer):
    server.set_mood("hangs")
    with printing(printer) as outcome:
        server.run("cupsdisable", QUEUE)
    assert (outcome[0].outcome, outcome[0].fault) == (Outcome.FAILED, Fault.OFFLINE)
    assert printer.status().faults == {Fault.OFFLINE}
    server.run("cupsenable", QUEUE)
    until(lambda: printer.status() and server.spooled() == [])


def test_a_print_service_that_is_restarted_in_the_middle_and_prints_on(server, printer):
    server.set_mood("slow 0.3")
    before = len(server.pages_out())
    with printing(printer) as outcome:
        server.stop()
        server.start()
    assert (outcome[0].outcome, len(server.pages_out()) - before) == (Outcome.OUT, 1)


def test_a_print_service_that_stays_away_prints_nothing_when_it_is_back(server, printer, monkeypatch):
    monkeypatch.setattr(cups_job, "AWAY_S", 0.2)
    server.set_mood("hangs")
    before = len(server.pages_out())
    with printing(printer) as outcome:
        server.stop()
    assert (outcome[0].outcome, outcome[0].fault) == (Outcome.FAILED, Fault.NO_ANSWER)
    assert printer.status().health is Health.BROKEN
    with pytest.raises(DeviceUnavailable, match="Check that CUPS runs"):
        printer.open()
    server.start()
    printer.open()
    until(lambda: printer.status() and server.spooled() == [])
    assert len(server.pages_out()) == before


def test_what_an_earlier_run_left_in_the_queue_is_purged_before_anything_else(server):
    server.run("cupsdisable", QUEUE)
    left = cups_job.hand_over(server.server, QUEUE, (), PAGES)
    server.run("lp", "-d", QUEUE, "-t", "somebody-elses", "/etc/hostname")
    fresh = opened(server)
    assert ipp.Ipp.queue(server.server, QUEUE).job(left).status == cups_job.GONE
    names = ipp.Ipp.queue(server.server, QUEUE).jobs(fresh._user).values()
    assert list(names) == ["somebody-elses"]
    server.run("cancel", "-a", "-x", QUEUE)
    server.set_mood("ok")


def test_a_queue_that_is_not_there(server):
    with pytest.raises(DeviceUnavailable, match="There is no print queue 'nobody'"):
        CupsPrinter(CupsPrinter.Options("nobody", server.server)).open()


def test_no_print_service():
    with pytest.raises(DeviceUnavailable, match="Check that CUPS runs"):
        CupsPrinter(CupsPrinter.Options("x", "127.0.0.1:1")).open()


def test_no_lp(server, printer, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert printer.print("job", TICKET_EN).fault is Fault.WRONG_DEVICE


@pytest.mark.parametrize(
    "options", [{"queue": "a b"}, {"queue": "a", "tray": "x; y"}, {"queue": "a", "printer_uri": "http://x"}]
)
def test_settings_that_cannot_be(options):
    with pytest.raises(SettingsError):
        CupsPrinter(CupsPrinter.Options(**options))


# --- the printer asked itself ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PRINTERS)
def test_what_the_printer_says_itself_counts_whatever_the_queue_remembers(server, name):
    before = len(server.pages_out())
    with PRINTERS[name]() as (uri, report):
        printer = opened(server, printer_uri=uri)
        assert printer.status().health is Health.READY
        report("media-jam")
        until(lambda: printer.status().faults == {Fault.PAPER_JAM})
        assert printer.print("job", TICKET_EN).fault is Fault.PAPER_JAM
        assert len(server.pages_out()) == before, "nothing was handed over"
        report("none")
        until(lambda: printer.status().health is Health.READY)
        assert printer.print("next", TICKET_EN).outcome is Outcome.OUT
    assert printer.status().faults == {Fault.NO_ANSWER}, "and is switched off now"


def test_supplies_of_the_printer_itself(server):
    with own_printer() as (uri, _):
        assert opened(server, printer_uri=uri).supplies() == (Supply("Black", 70),)


def test_an_old_reason_of_an_idle_queue_keeps_nobody_from_trying(server, printer):
    """Where CUPS alone is asked: its queue remembers a fault until the next job, refill or not."""
    server.run("lpadmin", "-p", QUEUE, "-o", "printer-error-policy=abort-job")
    server.set_mood("aborts-for media-empty")
    assert printer.print("job", TICKET_EN).fault is Fault.PAPER_OUT
    (server.base / "mood").write_text("ok\n")
    assert printer.status().faults == {Fault.PAPER_OUT}
    assert printer.print("next", TICKET_EN).outcome is Outcome.OUT
    assert printer.status().health is Health.READY, "the print has disproved it"
