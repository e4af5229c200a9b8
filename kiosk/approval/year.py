"""The yearly report on cases: what was applied for, accepted and completed per item and group, and how long it took.

Its table is that of the seed report's annex: 申请量, 受理量, 办结量, on time, completed early, statutory, promised and average
actual working days, ratings, complaints. Every figure is counted from the tables when it is asked for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Integer, Select, case, cast, func, select
from sqlalchemy.orm import Session

from kiosk.approval.case_tables import CaseRow, SubCaseRow
from kiosk.approval.complaint_tables import ComplaintRow
from kiosk.approval.record_tables import RatingRow
from kiosk.catalogue.kinds import ReportingGroup
from kiosk.catalogue.model import Catalogue, ServiceItem
from kiosk.contract.ratings import Level


@dataclass(frozen=True)
class Figures:
    """What can be added up. `used`: working days of all completed cases together. `satisfied`: ratings of the three upper
    levels. Ratings belong to the year in which their case was completed."""

    applied: int = 0
    accepted: int = 0
    completed: int = 0
    on_time: int = 0
    early: int = 0
    used: int = 0
    rated: int = 0
    satisfied: int = 0
    complaints: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def late(self) -> int:
        """Completed after the statutory limit."""
        return self.completed - self.on_time

    @property
    def early_share(self) -> float | None:
        """提前办结率; None where nothing was completed."""
        return self.early / self.completed if self.completed else None

    @property
    def average_days(self) -> float | None:
        """The average actual working days; None where nothing was completed."""
        return self.used / self.completed if self.completed else None


@dataclass(frozen=True)
class Line:
    """An item's line. `statutory`, `promised`: the limits in working days."""

    item: ServiceItem
    statutory: int
    promised: int
    figures: Figures


@dataclass(frozen=True)
class Chapter:
    """A group of the report, its items in catalogue order."""

    group: ReportingGroup
    lines: tuple[Line, ...]

    @property
    def figures(self) -> Figures:
        """All of them together."""
        return added(line.figures for line in self.lines)


@dataclass(frozen=True)
class YearReport:
    """A whole year."""

    year: int
    chapters: tuple[Chapter, ...]

    @property
    def figures(self) -> Figures:
        """All of it together."""
        return added(chapter.figures for chapter in self.chapters)


def added(each: Iterable[Figures]) -> Figures:
    """The sum."""
    return sum(each, Figures())


def year_report(session: Session, catalogue: Catalogue, year: int, zone: ZoneInfo) -> YearReport:
    """Count a year (the hall's calendar; `zone` for complaints, which have a time). Items that the catalogue no
    longer has are not in the report of today's catalogue."""
    counted = _counted(session, year, zone)
    groups = {group.id: group.reporting_group for group in catalogue.groups}
    lines = [(groups[item.group], _line(item, counted.get(item.id, Figures()))) for item in catalogue.items]
    return YearReport(
        year, tuple(Chapter(group, tuple(line for of, line in lines if of is group)) for group in ReportingGroup)
    )


def _line(item: ServiceItem, figures: Figures) -> Line:
    return Line(item, item.time_limit.statutory_days, item.time_limit.promised_days, figures)


def _counted(session: Session, year: int, zone: ZoneInfo) -> Mapping[str, Figures]:
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    found: dict[str, Figures] = {}
    for names, query in (
        (("applied",), _per_item(SubCaseRow.applied_on >= first, SubCaseRow.applied_on < after)),
        (("accepted",), _per_item(SubCaseRow.accepted_on >= first, SubCaseRow.accepted_on < after)),
        (("completed", "on_time", "early", "used"), _completed(first, after)),
        (("rated", "satisfied"), _rated(first, after)),
        (("complaints",), _complaints(first, after, zone)),
    ):
        for item, *numbers in session.execute(query):
            more = Figures(**{name: int(number or 0) for name, number in zip(names, numbers, strict=True)})
            found[item] = found.get(item, Figures()) + more
    return found


def _per_item(*where: ColumnElement[bool]) -> Select[str, int]:
    return select(SubCaseRow.item, func.count()).where(*where).group_by(SubCaseRow.item)


def _completed(first: date, after: date) -> Select[str, int, int, int, int | None]:
    return (
        select(
            SubCaseRow.item,
            func.count(),
            func.sum(cast(SubCaseRow.on_time, Integer)),
            func.sum(cast(SubCaseRow.early, Integer)),
            func.sum(SubCaseRow.used_days),
        )
        .where(SubCaseRow.decided_on >= first, SubCaseRow.decided_on < after)
        .group_by(SubCaseRow.item)
    )


def _rated(first: date, after: date) -> Select[str, int, int]:
    """A rating of a package counts for each of its items."""
    satisfied = case((RatingRow.level >= int(Level.BASICALLY_SATISFIED), 1), else_=0)
    return (
        select(SubCaseRow.item, func.count(), func.sum(satisfied))
        .join(CaseRow, CaseRow.number == SubCaseRow.case_number)
        .join(RatingRow, RatingRow.case_number == CaseRow.number)
        .where(SubCaseRow.decided_on >= first, SubCaseRow.decided_on < after)
        .group_by(SubCaseRow.item)
    )


def _complaints(first: date, after: date, zone: ZoneInfo) -> Select[str, int]:
    begin, end = (datetime(day.year, 1, 1, tzinfo=zone).astimezone(UTC) for day in (first, after))
    return (
        select(SubCaseRow.item, func.count())
        .join(ComplaintRow, ComplaintRow.sub_case == SubCaseRow.number)
        .where(ComplaintRow.received_at >= begin, ComplaintRow.received_at < end, ComplaintRow.justified.is_(True))
        .group_by(SubCaseRow.item)
    )


HEAD: Sequence[str] = (
    "类别", "事项", "申请量", "受理量", "办结量", "按时办结", "逾期办结", "提前办结", "提前办结率", "法定工作日", "承诺工作日",
    "实际平均工作日", "评价数", "满意数", "有效投诉",
)  # fmt: skip
"""The columns."""
GROUPS: Mapping[ReportingGroup, str] = {
    ReportingGroup.HYGIENE: "公共场所卫生许可",
    ReportingGroup.MARKET: "市场监督管理",
    ReportingGroup.VENDOR: "食品摊贩登记",
}


def table(report: YearReport) -> list[tuple[str, ...]]:
    """The report as rows of text: each item, each group's sum, the whole."""
    rows = []
    for chapter in report.chapters:
        name = GROUPS[chapter.group]
        rows += [
            _row(name, line.item.title.in_language("zh_CN"), line.figures, str(line.statutory), str(line.promised))
            for line in chapter.lines
        ]
        rows.append(_row(name, "小计", chapter.figures))
    return [*rows, _row("合计", "", report.figures)]


def _row(group: str, item: str, figures: Figures, statutory: str = "", promised: str = "") -> tuple[str, ...]:
    share = "" if figures.early_share is None else f"{figures.early_share:.1%}"
    average = "" if figures.average_days is None else f"{figures.average_days:.2f}"
    counts = (figures.applied, figures.accepted, figures.completed, figures.on_time, figures.late, figures.early)
    after = (figures.rated, figures.satisfied, figures.complaints)
    return (group, item, *map(str, counts), share, statutory, promised, average, *map(str, after))
