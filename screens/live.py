"""What can be said while something is typed that fits together or does not: numbers with a check digit, days."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kiosk import credit_code, day_digits, id_number
from kiosk.id_number import Fit, Verdict
from kiosk.texts import Text, counted, msg
from kiosk.views.fields import FieldKind


class Mood(Enum):
    """Whether it is unfinished, fits, or cannot be."""

    SO_FAR = "so far"
    FITS = "fits"
    WRONG = "wrong"


@dataclass(frozen=True)
class _Live:
    judge: Callable[[str, date], Verdict]
    length: int
    still: Callable[[int], Text]
    fits: Mapping[Fit, Text]


def _still_digits(count: int) -> Text:
    return counted("Still {n} digit", "Still {n} digits", count)


def _still_characters(count: int) -> Text:
    return counted("Still {n} character", "Still {n} characters", count)


_LIVE: Mapping[FieldKind, _Live] = {
    FieldKind.ID_NUMBER: _Live(
        id_number.judge,
        id_number.LENGTH,
        _still_digits,
        {
            Fit.WHOLE: msg("All 18 digits are there and fit together."),
            Fit.NO_SUCH_DATE: msg("There is no such date of birth. Please compare digits 7 to 14 with your card."),
            Fit.WRONG_DIGIT: msg("One digit is not right. Please compare with your card."),
        },
    ),
    FieldKind.CREDIT_CODE: _Live(
        lambda code, _today: credit_code.judge(code),
        credit_code.LENGTH,
        _still_characters,
        {
            Fit.WHOLE: msg("All 18 characters are there and fit together."),
            Fit.WRONG_DIGIT: msg("One character is not right. Please compare with the business licence."),
        },
    ),
    FieldKind.DATE: _Live(
        lambda digits, _today: day_digits.judge(digits),
        day_digits.LENGTH,
        _still_digits,
        {
            Fit.WHOLE: msg("There is such a day."),
            Fit.NO_SUCH_DATE: msg("There is no such day. Please write eight digits, such as 20261124."),
        },
    ),
}
KINDS = frozenset(_LIVE)
"""The kinds of fields that are judged so."""


def judged(kind: FieldKind, text: str, today: date) -> tuple[Text, Mood] | None:
    """What to say of the text, and in which mood; None for a kind that is not judged while it is typed."""
    live = _LIVE.get(kind)
    if live is None:
        return None
    verdict = live.judge(text, today)
    if verdict.fit is Fit.SO_FAR:
        return live.still(verdict.still), Mood.SO_FAR
    return live.fits[verdict.fit], Mood.FITS if verdict.fit is Fit.WHOLE else Mood.WRONG


def sentences(kind: FieldKind) -> list[Text]:
    """All that may be said of a kind, the longest forms."""
    live = _LIVE.get(kind)
    return [*live.fits.values(), live.still(live.length)] if live else []
