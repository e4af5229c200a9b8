"""A short year: every item once, through the real API; and the report of it as people get it."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from kiosk.__main__ import main
from kiosk.approval.year import table
from kiosk.catalogue.source import load_builtin
from kiosk.centre.holder import holder_digest
from kiosk.ports.card_reader import CardKind, IdCard
from kiosk.working_days import is_working_day
from tests.year import plan
from tests.year.__main__ import differences
from tests.year.replay import Year, a_year

ZONE = ZoneInfo("Asia/Shanghai")


def cases() -> list[plan.Planned]:
    """The first case of every item."""
    found: dict[str, plan.Planned] = {}
    for case in plan.year(load_builtin(), 2019, ZONE):
        found.setdefault(case.item.id, case)
    return list(found.values())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("year")


@pytest.fixture(scope="module")
def year(folder: Path) -> Iterator[Year]:
    with a_year(folder, load_builtin(), datetime(2019, 1, 1, tzinfo=ZONE)) as made:
        made.play(cases())
        yield made


def test_the_plan_is_the_reports_year() -> None:
    planned = plan.year(load_builtin(), 2019, ZONE)
    assert len(planned) == 3807
    assert all(is_working_day(case.applied.date()) and is_working_day(case.decided_on) for case in planned)
    assert {case.decided_on.year for case in planned} == {2019}
    assert not is_working_day(datetime(2019, 10, 1, tzinfo=ZONE).date())
    assert is_working_day(datetime(2019, 10, 12, tzinfo=ZONE).date()), (
        "a Saturday that was worked in place of a holiday"
    )


def test_every_item_is_applied_for_accepted_and_completed_in_time(year: Year) -> None:
    whole = year.report(2019).figures
    assert (whole.applied, whole.accepted, whole.completed, whole.late, whole.complaints) == (59, 59, 59, 0, 0)
    assert whole.early_share == 1.0
    assert whole.rated == whole.satisfied == sum(case.rating is not None for case in cases())


def test_each_line_counts_its_own_item(year: Year) -> None:
    lines = [line for chapter in year.report(2019).chapters for line in chapter.lines]
    assert {line.figures.applied for line in lines} == {1}
    assert all(line.figures.average_days is not None and line.figures.average_days <= line.promised for line in lines)


def test_another_year_is_empty(year: Year) -> None:
    assert year.report(2020).figures.applied == 0
    assert table(year.report(2020))[-1][8] == "", "no share of nothing"


def test_a_year_that_is_not_the_reports_is_found_out(year: Year) -> None:
    assert len(differences(year.report(2019), 1)) == 3, "no group has the report's number"


def test_the_command_writes_what_was_counted(year: Year, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = ["--database", f"sqlite:///{folder / 'approval.db'}"]
    assert main(["approval", "report", "--year", "2019", *database]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[-1][:5] == ["合计", "", "59", "59", "59"]
    sheet, paper = folder / "year.csv", folder / "year.pdf"
    assert main(["approval", "report", "--year", "2019", "--csv", str(sheet), "--pdf", str(paper), *database]) == 0
    assert sheet.read_text(encoding="utf-8-sig").splitlines()[0].startswith("类别,事项,申请量,受理量,办结量")
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper))
    assert "2019年度行政许可实施情况统计表" in text
    assert "食品摊贩登记" in text


def test_a_complaint_counts_when_it_was_justified(year: Year, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It counts in the year in which it comes: the command's clock is today's."""
    database = ["--database", f"sqlite:///{folder / 'approval.db'}"]
    number, now = year.centre.cases_of(_holder(year))[0].number, datetime.now(ZONE).year
    assert main(["approval", "complaint", number, "--justified", "yes", *database]) == 2, "nothing is open"
    assert main(["approval", "complaint", "20190101000010", *database]) == 2, "nobody's number"
    assert main(["approval", "complaint", number, *database]) == 0
    assert year.report(now).figures.complaints == 0, "nobody has looked into it yet"
    assert main(["approval", "complaint", number, "--justified", "yes", *database]) == 0
    assert year.report(now).figures.complaints == 1
    assert "the complaint was justified" in capsys.readouterr().out


def _holder(year: Year) -> str:
    case = cases()[0]
    return holder_digest(year.holder_key, IdCard(CardKind.RESIDENT, case.card, case.name))
