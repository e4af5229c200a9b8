"""The report as sentence, as paper, as JSON; and when the morning's is due."""

import subprocess
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from devices.printers.pdf import pdf
from kiosk import words
from kiosk.contract.readiness import Examined, Figure, ReadinessReport
from kiosk.errors import Fault
from kiosk.ports.device import Health, Status
from kiosk.ports.document import Document, Facts, Heading, Items, Paragraph, first
from kiosk.readiness.document import document, shown, trial_page
from kiosk.readiness.examine import Made, Part, finding, report
from kiosk.readiness.labels import verdict
from kiosk.readiness.schedule import due
from tests.worlds import TUESDAY_MORNING

PRINTER, READER = Part("a4_printer", "cups"), Part("card_reader", "sdt")
WELL = finding(READER, Status(Health.READY), [Figure(name="answer", value=3.5, unit="ms")], "")
LOW = finding(PRINTER, Status(Health.LOW, frozenset({Fault.TONER_LOW})), (), "")
OUT = finding(PRINTER, Status(Health.BLOCKED, frozenset({Fault.PAPER_OUT, Fault.TONER_LOW})), (), "job 7 was held")
CLOCK = Examined(name="clock", ready=True)
WRONG_CLOCK = Examined(name="clock", ready=False, trouble="1999-12-31, earlier than this program; set the clock")


def made(*devices: Examined, machine: Examined = CLOCK) -> ReadinessReport:
    return report(Made("hall-1", "0.1.0", TUESDAY_MORNING, 4.24), devices, [machine])


@pytest.mark.parametrize(
    ("found", "ready", "english", "chinese"),
    [
        (made(WELL), True, "Everything is ready.", "全部就绪。"),
        (made(WELL, LOW), True, "Ready, but see to this soon: A4 printer.", "已就绪，但请尽快处理：A4 打印机。"),
        (made(WELL, OUT), False, "Not ready: A4 printer.", "未就绪：A4 打印机。"),
        (made(OUT, machine=WRONG_CLOCK), False, "Not ready: A4 printer and Clock.", "未就绪：A4 打印机和时钟。"),
    ],
)
def test_the_verdict_is_one_sentence(found: ReadinessReport, ready: bool, english: str, chinese: str) -> None:
    assert found.ready is ready
    assert words.load("en").say(verdict(found)) == english
    assert words.load("zh_CN").say(verdict(found)) == chinese


def test_what_a_newer_program_found_is_shown_by_its_own_names() -> None:
    new = Examined(name="fax", ready=True, health="sleepy", faults=("no_ink",), figures=(Figure(name="ink", value=1),))
    texts = [str(block.__dict__) for block in document(made(new), words.load("en")).blocks]
    assert all(any(name in text for text in texts) for name in ("fax", "sleepy", "no_ink", "ink"))


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure(name="answer", value=3.5, unit="ms"), "3.5 ms"),
        (Figure(name="pages", value=123456), "123456"),
        (Figure(name="charge", value=98.0, unit="%"), "98 %"),
        (Figure(name="picture", value="620 x 877"), "620 x 877"),
        (Figure(name="weight", value=2, unit="kg"), "2 kg"),
    ],
)
def test_figures_stand_with_their_units(figure: Figure, text: str) -> None:
    assert shown(figure) == text


def test_faults_stand_with_what_to_do() -> None:
    blocks = document(made(OUT), words.load("en")).blocks
    wrong = next(block for block in blocks if isinstance(block, Items))
    assert wrong.texts == (
        "The printer has run out of paper. Put in a new roll, close the cover.",
        "The toner is running low. Order a toner cartridge.",
        "job 7 was held",
    )


@pytest.mark.parametrize("language", ["zh_CN", "zh_HK", "en"])
def test_the_report_on_paper(language: str, tmp_path: Path) -> None:
    said = words.load(language)
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf(document(made(WELL, OUT, machine=WRONG_CLOCK), said)))
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    flat = "".join(text.split())
    for expected in (said.say(verdict(made(OUT, machine=WRONG_CLOCK))), "hall-1", "3.5 ms", "cups", "1999-12-31"):
        assert "".join(expected.split()) in flat


def test_a_trial_page_says_where_it_comes_from() -> None:
    page = trial_page("ticket_printer", "hall-1", TUESDAY_MORNING, words.load("en"))
    assert isinstance(page, Document)
    heading, facts, *_, line = page.blocks
    assert isinstance(heading, Heading)
    assert isinstance(facts, Facts)
    assert isinstance(line, Paragraph)
    assert first(heading.text) == "Test print"
    assert ("Terminal", "hall-1") in facts.rows


def test_the_json_is_the_wire_model() -> None:
    found = made(WELL, OUT)
    assert ReadinessReport.model_validate_json(found.model_dump_json()) == found
    assert found.took_s == 4.2


# --- when it is due --------------------------------------------------------------------------------------------

AT = time(6, 30)
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("clock", "last", "expected"),
    [
        ("06:29", TODAY - timedelta(days=1), False),
        ("06:30", TODAY - timedelta(days=1), True),
        ("06:30", TODAY, False),
        ("23:59", TODAY, False),
        ("14:00", TODAY - timedelta(days=9), True),  # it was off
        ("14:00", None, True),
        ("07:00", TODAY + timedelta(days=1), False),  # the clock was a little ahead
        ("07:00", TODAY + timedelta(days=4000), True),  # the clock had gone mad
    ],
)
def test_once_a_day_from_its_hour_on(clock: str, last: date | None, expected: bool) -> None:
    assert due(datetime.combine(TODAY, time.fromisoformat(clock)), AT, last) is expected


def test_never_where_no_hour_is_set() -> None:
    assert not due(TUESDAY_MORNING, None, None)


@pytest.mark.parametrize(("day", "hour"), [(date(2026, 10, 25), time(2, 30)), (date(2026, 3, 29), time(2, 30))])
def test_the_nights_on_which_the_hour_comes_twice_or_not_at_all(day: date, hour: time) -> None:
    """In Berlin the clock goes from 3:00 back to 2:00, and in spring from 2:00 to 3:00; both days have one report."""
    berlin, last, made_at = ZoneInfo("Europe/Berlin"), day - timedelta(days=1), []
    moment = datetime.combine(day, time(0), berlin).astimezone(ZoneInfo("UTC"))
    for _ in range(24 * 4 + 8):
        local = moment.astimezone(berlin)
        if local.date() == day and due(local, hour, last):
            made_at.append(local)
            last = local.date()
        moment += timedelta(minutes=15)
    assert len(made_at) == 1
    assert made_at[0].hour in (2, 3)
