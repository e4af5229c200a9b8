"""A day typed as eight digits (YYYYMMDD), judged while it is typed; ISO 8601 where it is kept."""

from datetime import date

from kiosk.id_number import Fit, Verdict

LENGTH = 8
_YEAR, _MONTH = 4, 6


def judge(digits: str) -> Verdict:
    """What can be said of the first digits of a day; month and day count as soon as they are whole."""
    if len(digits) >= _MONTH and not "01" <= digits[_YEAR:_MONTH] <= "12":
        return Verdict(Fit.NO_SUCH_DATE, max(0, LENGTH - len(digits)))
    if len(digits) < LENGTH:
        return Verdict(Fit.SO_FAR, LENGTH - len(digits))
    return Verdict(Fit.WHOLE if day(digits) else Fit.NO_SUCH_DATE, 0)


def day(digits: str) -> date | None:
    """The day; None where there is no such day."""
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[:_YEAR]), int(digits[_YEAR:_MONTH]), int(digits[_MONTH:]))
    except ValueError:
        return None


def grouped(digits: str) -> str:
    """The digits with hyphens between year, month and day: "1958-03-05"."""
    parts = digits[:_YEAR], digits[_YEAR:_MONTH], digits[_MONTH:]
    return "-".join(part for part in parts if part)


def typed(iso: str) -> str:
    """A kept day as it was typed: "1958-03-05" is "19580305"."""
    return iso.replace("-", "")
