"""A citizen's number (GB 11643-1999) judged while it is typed: how many digits are missing, and whether they fit.

The six digits of the place are not judged: codes of districts that were renamed or dissolved stay on people's cards
for life, and no list of them is complete (stdnum's own `validate` refuses what its list does not have).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LENGTH = 18
BORN_FROM, BORN_TO = 6, 14
"""Where the date of birth stands: YYYYMMDD."""
EARLIEST_YEAR = 1880
GROUPS = (6, 8, 3, 1)
"""Place, date of birth, sequence, check digit: how people read it out."""


class Fit(StrEnum):
    """Whether the digits can be somebody's number."""

    SO_FAR = "so far"
    WHOLE = "whole"
    NO_SUCH_DATE = "no such date"
    WRONG_DIGIT = "wrong digit"


@dataclass(frozen=True)
class Verdict:
    """What can be said of the digits typed so far; `still`: how many are missing."""

    fit: Fit
    still: int


def judge(number: str, today: date) -> Verdict:
    """What can be said of the first digits of a number; the date of birth counts as soon as it is whole."""
    still = max(0, LENGTH - len(number))
    if len(number) >= BORN_TO and not _was_born(number[BORN_FROM:BORN_TO], today):
        return Verdict(Fit.NO_SUCH_DATE, still)
    if still:
        return Verdict(Fit.SO_FAR, still)
    return Verdict(Fit.WHOLE if _check_fits(number) else Fit.WRONG_DIGIT, 0)


def grouped(number: str) -> str:
    """The digits with spaces between their parts: "440113 19870412 001 X"."""
    parts, at = [], 0
    for length in GROUPS:
        parts.append(number[at : at + length])
        at += length
    return " ".join(part for part in parts if part)


def goes_on(number: str, char: str) -> bool:
    """Whether a character can be the next one: digits, and X in the last place."""
    if len(number) >= LENGTH:
        return False
    return (char.isascii() and char.isdigit()) or (char == "X" and len(number) == LENGTH - 1)


def _was_born(digits: str, today: date) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born.year >= EARLIEST_YEAR and born <= today


def _check_fits(number: str) -> bool:
    from stdnum.cn import ric  # noqa: PLC0415  with the first number, not with the first picture

    return bool(ric.calc_check_digit(number) == number[-1])
