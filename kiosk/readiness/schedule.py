"""When the morning's readiness report is due: once a day, from its hour on, whenever nobody is here."""

from datetime import date, datetime, time, timedelta


def due(now: datetime, at: time | None, last: date | None) -> bool:
    """Whether a report is to be made now. `now` is the station's own time, `at` its hour (None: never), `last` the
    station's day of the newest report.

    A clock that is turned back, by a summer time's end or by hand, makes no second report of a day. A machine that was
    off at the hour makes it when it is on again. A day that lies more than one day ahead was written by a wrong clock.
    """
    if at is None or now.time() < at:
        return False
    return last is None or last < now.date() or last > now.date() + timedelta(days=1)
