"""Telephone numbers as people in the mainland, Hong Kong and Macau give them.

Mainland: mobiles have 11 digits and begin with 13 to 19 (工信部《电信网编号计划》, 2017); landlines an area code of 3 or 4
digits that begins with 0, then 7 or 8 digits. Hong Kong and Macau: 852 or 853, then 8 digits.
"""

import re

from kiosk.texts import Msg, msg

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}")
_ABROAD = re.compile(r"852[2-9][0-9]{7}|853[268][0-9]{7}")
_LOCAL = (7, 8)
_MOBILE_DIGITS = 11
NOT_DIGITS = msg("Please use digits only.")
NO_AREA = msg("Please put the area code first. For Hong Kong and Macau that is 852 or 853.")
NOT_WHOLE = msg("A mobile number has 11 digits. Please count once more.")
NO_SUCH = msg("There is no such telephone number. Please read it once more.")
LANDLINE = msg("A landline number has its area code first, such as 020, then 7 or 8 digits.")


def plain_number(written: str) -> str:
    """Digits only, without the country code of the mainland: "+86 138-0000 0000" is "13800000000"."""
    number = re.sub(r"[-()\s]", "", written)
    number = re.sub(r"^(?:\+|00)(?=8)", "", number)
    return number[2:] if _MOBILE.fullmatch(number[2:]) and number.startswith("86") else number


def judge_phone(number: str) -> Msg | None:
    """What is wrong with a plain number, None where nothing is."""
    if not (number.isascii() and number.isdigit()):
        return NOT_DIGITS
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number) or _ABROAD.fullmatch(number):
        return None
    return _complaint(number)


def _complaint(number: str) -> Msg:
    if len(number) in _LOCAL:
        return NO_AREA
    if number.startswith("0"):
        return LANDLINE
    if number.startswith(("1", "85")) and len(number) != _MOBILE_DIGITS:
        return NOT_WHOLE
    return NO_SUCH
