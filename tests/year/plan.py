"""The plan of a year shaped as the report's: 52 hygiene, 3,731 market and 24 vendor cases over the 59 items, by the calendar.

Everything is drawn from one seed, so that a year can be played again. People are invented: their numbers have valid check
digits, their names are of three common characters in no order.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stdnum.cn import ric

from kiosk.catalogue.kinds import ReportingGroup
from kiosk.catalogue.model import Catalogue, ServiceItem
from kiosk.working_days import add_working_days, is_working_day

TOTALS: Mapping[ReportingGroup, int] = {
    ReportingGroup.HYGIENE: 52,
    ReportingGroup.MARKET: 3731,
    ReportingGroup.VENDOR: 24,
}
"""Applied, accepted and completed in 2019 (report, part one, 3)."""
OPENS, MINUTES = time(8, 30), 8 * 60
FAMILY, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "安宁康乐明朗清和平静知远思齐若水"
RATED = 0.4
"""So many leave a rating."""


@dataclass(frozen=True)
class Planned:
    """A case of the year: who applies for what, when, and on which days the office works on it."""

    number: int
    item: ServiceItem
    name: str
    card: str
    phone: str
    applied: datetime
    decided_on: date
    rating: int | None


def year(catalogue: Catalogue, of: int, zone: ZoneInfo, *, times: int = 1, seed: int = 2019) -> list[Planned]:
    """All cases in the order in which people come. `times`: so many as often as in the report."""
    draw = random.Random(seed)
    days = [day for day in _days(of) if is_working_day(day)]
    groups = {group.id: group.reporting_group for group in catalogue.groups}
    cases = []
    for group, total in TOTALS.items():
        items = [item for item in catalogue.items if groups[item.group] is group]
        cases += [_planned(draw, item, days, zone) for item in _spread(draw, items, total * times)]
    cases.sort(key=lambda case: case[1])
    return [_person(draw, at, *case) for at, case in enumerate(cases)]


def _spread(draw: random.Random, items: list[ServiceItem], total: int) -> Iterator[ServiceItem]:
    """Each item at least once; the rest as Zipf would have it: few items make most of the work."""
    yield from items
    weights = [1 / (rank + 1) for rank in range(len(items))]
    yield from draw.choices(items, weights, k=total - len(items))


def _planned(
    draw: random.Random, item: ServiceItem, days: list[date], zone: ZoneInfo
) -> tuple[ServiceItem, datetime, date]:
    """Applied early enough to be decided within the year, and decided before the promised day is over."""
    takes = draw.randint(0, max(0, item.time_limit.promised_days - 1))
    last = next(day for day in reversed(days) if add_working_days(day, takes).year == day.year)
    day = draw.choice([each for each in days if each <= last])
    moment = datetime.combine(day, OPENS, zone) + timedelta(minutes=draw.randrange(MINUTES), seconds=draw.randrange(60))
    return item, moment, add_working_days(day, takes)


def _person(draw: random.Random, at: int, item: ServiceItem, applied: datetime, decided_on: date) -> Planned:
    born = date(1950, 1, 1) + timedelta(days=draw.randrange(50 * 365))
    digits = f"440113{born:%Y%m%d}{at % 1000:03d}"
    name = draw.choice(FAMILY) + draw.choice(GIVEN) + draw.choice(GIVEN)
    rating = draw.choice((5, 5, 5, 4, 3)) if draw.random() < RATED else None
    phone = f"1380000{at % 10_000:04d}"
    return Planned(at, item, name, digits + ric.calc_check_digit(digits + "0"), phone, applied, decided_on, rating)


def _days(of: int) -> Iterator[date]:
    first = date(of, 1, 1)
    return (first + timedelta(days=n) for n in range((date(of + 1, 1, 1) - first).days))
