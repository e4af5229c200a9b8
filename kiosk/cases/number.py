"""A case number judged while it is typed: the day, its serial, a check digit (ISO/IEC 7064, MOD 11,10)."""

from enum import StrEnum

LENGTH = 14
GROUPS = (8, 5, 1)
"""Day, serial, check digit: how it is printed and read out."""


class Fit(StrEnum):
    """Whether the digits can be a case number."""

    SO_FAR = "so far"
    WHOLE = "whole"
    WRONG = "wrong"
    """So many digits, or more, and they do not fit together."""


def judge(number: str) -> Fit:
    """What can be said of the first digits of a number."""
    if not number.isascii() or (number and not number.isdigit()) or len(number) > LENGTH:
        return Fit.WRONG
    if len(number) < LENGTH:
        return Fit.SO_FAR
    return Fit.WHOLE if _check_fits(number) else Fit.WRONG


def spaced(number: str) -> str:
    """The digits with spaces between their parts: "20261124 00001 5"."""
    parts, at = [], 0
    for length in GROUPS:
        parts.append(number[at : at + length])
        at += length
    return " ".join(part for part in parts if part)


def _check_fits(number: str) -> bool:
    from stdnum.iso7064 import mod_11_10  # noqa: PLC0415  with the first number, not with the first picture

    return bool(mod_11_10.is_valid(number))
