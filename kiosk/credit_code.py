"""A unified social credit code (GB 32100-2015) judged while it is typed, as kiosk.id_number judges a citizen's number.

The six digits of the place are not judged, for the same reason: codes of dissolved districts stay in use.
"""

from kiosk.id_number import Fit, Verdict

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Digits and letters without I, O, S, V, Z (GB 32100-2015, table 1)."""
PLACE_FROM, PLACE_TO = 2, 8
"""Where the place stands: digits only."""
GROUPS = (2, 6, 9, 1)
"""Registrar and kind, place, organisation, check character."""


def judge(code: str) -> Verdict:
    """What can be said of the first characters of a code."""
    still = max(0, LENGTH - len(code))
    if still:
        return Verdict(Fit.SO_FAR, still)
    return Verdict(Fit.WHOLE if _check_fits(code) else Fit.WRONG_DIGIT, 0)


def grouped(code: str) -> str:
    """The characters with spaces between their parts: "91 110000 600037341 L"."""
    parts, at = [], 0
    for length in GROUPS:
        parts.append(code[at : at + length])
        at += length
    return " ".join(part for part in parts if part)


def goes_on(code: str, char: str) -> bool:
    """Whether a character can be the next one: of the alphabet, and a digit where the place stands."""
    if len(code) >= LENGTH or char not in ALPHABET or not char:
        return False
    return char.isdigit() or not PLACE_FROM <= len(code) < PLACE_TO


def _check_fits(code: str) -> bool:
    from stdnum.cn import uscc  # noqa: PLC0415  with the first code, not with the first picture

    if len(code) != LENGTH or any(char not in ALPHABET for char in code):
        return False
    return bool(uscc.calc_check_digit(code[:-1]) == code[-1])
