"""Working days of mainland China: statutory holidays are free, make-up days (调休) are worked, other weekends are free.

The days come from `chinesecalendar`, which follows the yearly notices of the State Council's General Office. A year's
notice appears in the November before it; in years that the table does not have, Monday to Friday are taken for working days.
"""

import logging
from datetime import date, timedelta
from functools import cache, lru_cache

logger = logging.getLogger(__name__)
_ONE = timedelta(days=1)


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool:
    """Whether offices work on `day`."""
    import chinese_calendar  # noqa: PLC0415  the table is read with the first term, not with the first picture

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        _say_once(day.year)
        return day.isoweekday() <= 5


def working_days_between(first: date, last: date) -> int:
    """The working days after `first`, up to and with `last`; 0 where `last` is not later.

    The day on which a term begins is not counted (Civil Code, article 201).
    """
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def add_working_days(start: date, days: int) -> date:
    """The day on which a term of so many working days, begun on `start`, ends; `start` itself for 0."""
    day = start
    for _ in range(days):
        day = _next_working_day(day)
    return day


def _next_working_day(day: date) -> date:
    day += _ONE
    while not is_working_day(day):
        day += _ONE
    return day


@cache
def _say_once(year: int) -> None:
    logger.warning("the holidays of %d are not known yet: update the package chinesecalendar; weekends are used", year)
