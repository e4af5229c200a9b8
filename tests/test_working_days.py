"""Working days by the State Council's notices: holidays, make-up days, and years that are not known yet."""

import logging
from datetime import date, timedelta

import pytest

from kiosk import working_days
from kiosk.working_days import add_working_days, is_working_day, working_days_between


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2019, 2, 4), False),  # the eve of the Spring Festival, a Monday
        (date(2019, 2, 2), True),  # made up for, a Saturday
        (date(2019, 2, 3), True),  # made up for, a Sunday
        (date(2019, 10, 7), False),
        (date(2019, 10, 12), True),
        (date(2019, 12, 31), True),
        (date(2020, 1, 31), False),  # the Spring Festival was made longer
        (date(2026, 2, 14), True),
        (date(2026, 3, 7), False),
    ],
)
def test_holidays_and_make_up_days(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_a_year_of_2019_has_250_working_days() -> None:
    assert working_days_between(date(2018, 12, 31), date(2019, 12, 31)) == 250


def test_the_first_day_is_not_counted() -> None:
    friday = date(2026, 3, 6)
    assert [working_days_between(friday, friday + timedelta(days=n)) for n in (-1, 0, 1, 2, 3)] == [0, 0, 0, 0, 1]
    assert [add_working_days(friday, n) for n in (0, 1)] == [friday, date(2026, 3, 9)]


def test_counting_and_adding_agree() -> None:
    start = date(2019, 9, 20)
    for days in range(40):
        assert working_days_between(start, add_working_days(start, days)) == days


def test_beyond_the_table_weekends_are_used_and_it_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    working_days.is_working_day.cache_clear()
    working_days._say_once.cache_clear()
    caplog.set_level(logging.WARNING)
    assert [is_working_day(date(2199, 1, day)) for day in (4, 5, 6, 7)] == [True, False, False, True]
    assert [record.getMessage() for record in caplog.records] == [
        "the holidays of 2199 are not known yet: update the package chinesecalendar; weekends are used"
    ]
