"""Case numbers: the hall's day (YYYYMMDD), a serial of five digits, and a check digit (ISO/IEC 7064, MOD 11,10).

The check digit finds every wrong digit and nearly every swap of neighbours, so that a mistyped number is nobody's.
"""

from datetime import date

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session
from stdnum.iso7064 import mod_11_10

from kiosk.approval.case_tables import CaseDayRow
from kiosk.approval.problems import Refusal
from kiosk.approval.tables import table_of

MOST_PER_DAY = 99_999
_DAYS = table_of(CaseDayRow)
_TAKE = (
    update(_DAYS)
    .where(_DAYS.c.day == bindparam("of_day"))
    .values(last=_DAYS.c.last + bindparam("more"))
    .returning(_DAYS.c.last)
)
_BEGIN = insert(_DAYS)


def take_numbers(session: Session, day: date, count: int) -> tuple[str, ...]:
    """The next `count` numbers of a day, in order. Raises Refusal 503 day-full when five digits do not suffice."""
    connection = session.connection()
    last = connection.scalar(_TAKE, {"of_day": day, "more": count})
    if last is None:  # the first of the day
        connection.execute(_BEGIN, {"day": day, "last": count})
        last = count
    if last > MOST_PER_DAY:
        detail = "All numbers of this day are taken; the case can be handed in tomorrow."
        raise Refusal(503, "day-full", detail, headers={"Retry-After": "3600"})
    first = last - count + 1
    return tuple(number(day, serial) for serial in range(first, last + 1))


def number(day: date, serial: int) -> str:
    """The number of a day's serial."""
    digits = f"{day:%Y%m%d}{serial:05d}"
    return digits + str(mod_11_10.calc_check_digit(digits))


def is_number(digits: str) -> bool:
    """Whether the check digit fits."""
    return len(digits) == 14 and bool(mod_11_10.is_valid(digits))
