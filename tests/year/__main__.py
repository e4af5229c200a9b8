"""`make year`: a year shaped as the report's, and one of ten times the cases; exits 1 when a total is not the report's.

`python -m tests.year [--year YYYY] [--times N ...]`
"""

import argparse
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from kiosk.approval.queues import Hall, load_queues
from kiosk.approval.year import YearReport, table
from kiosk.catalogue.source import load_builtin
from tests.year import plan
from tests.year.replay import a_year


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.year", description=__doc__)
    parser.add_argument("--year", type=int, default=2019)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10], metavar="N", help="so many times the cases")
    asked = parser.parse_args()
    took, right = {}, True
    for times in asked.times:
        report, took[times] = played(asked.year, times)
        wrong = differences(report, times)
        right = right and not wrong
        _say("\n".join([*_short(report), f"{report.figures.applied:,} cases in {took[times]:.1f} s", *wrong, ""]))
    for times, seconds in list(took.items())[1:]:
        once, first = next(iter(took.items()))
        _say(f"{times / once:g} times the cases took {seconds / first:.2f} times as long")
    return 0 if right else 1


def played(year: int, times: int) -> tuple[YearReport, float]:
    """The report of a year, and the seconds that the whole of it took: planning, service, cases, counting."""
    began = time.perf_counter()
    catalogue, zone = load_builtin(), Hall(load_queues(), lambda: datetime.now().astimezone()).zone
    cases = plan.year(catalogue, year, zone, times=times)
    begins = datetime(year, 1, 1, tzinfo=zone)
    with tempfile.TemporaryDirectory(prefix="year-") as folder, a_year(Path(folder), catalogue, begins) as here:
        here.play(cases)
        report = here.report(year)
    return report, time.perf_counter() - began


def differences(report: YearReport, times: int) -> list[str]:
    """Where a year is not the report's: each group's three totals, and none late."""
    found = []
    for chapter in report.chapters:
        want, have = plan.TOTALS[chapter.group] * times, chapter.figures
        if (have.applied, have.accepted, have.completed, have.late) != (want, want, want, 0):
            numbers = f"{have.applied} / {have.accepted} / {have.completed}, {have.late} late"
            found.append(f"WRONG {chapter.group.value}: {numbers}, not {want} each and none late")
    return found


def _short(report: YearReport) -> list[str]:
    """The sums of the groups and of the whole."""
    rows = [row for row in table(report) if row[1] in ("小计", "")]
    return [
        f"{row[0]} 申请 {row[2]} 受理 {row[3]} 办结 {row[4]} 逾期 {row[6]} 提前办结率 {row[8]} 平均 {row[11]}"
        for row in rows
    ]


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
