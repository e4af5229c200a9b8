"""Judges what was answered to a field of a form, in words for the person who answered; pure.

Names are kept as they are written: no character is exchanged for a "better" one, whatever plane or private area it
stands in. Only control characters and emoji are refused, and blanks around and between words are made one.
"""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from kiosk import credit_code, day_digits, id_number
from kiosk.cases.phones import judge_phone, plain_number
from kiosk.catalogue.forms import FormField
from kiosk.catalogue.kinds import FieldKind
from kiosk.id_number import Fit, Verdict
from kiosk.texts import Msg, counted, msg

MOST_YUAN = Decimal("999999999999.99")
EMPTY = msg("Nothing is written here yet.")
LETTERS = msg("Please write a name with letters or characters.")
SIGNS = msg("Please leave out pictures and special signs.")
CHOOSE = msg("Please choose one of the answers.")
LATIN = msg("Please use letters, digits and hyphens only.")
DIGITS = msg("Please use digits only.")
MONEY = msg("Please write the amount in digits, such as 50000 or 50000.50.")
NO_DAY = msg("There is no such day. Please write eight digits, such as 20261124.")
REPEATS = msg("You gave the same answer to another question. Please compare the two.")
ID_FITS: Mapping[Fit, Msg] = {
    Fit.NO_SUCH_DATE: msg("There is no such date of birth. Please compare digits 7 to 14 with your card."),
    Fit.WRONG_DIGIT: msg("One digit is not right. Please compare with your card."),
}
CODE_WRONG = msg("One character is not right. Please compare with the business licence.")
_EMOJI = (
    (0x1F000, 0x1FAFF),
    (0x2600, 0x27BF),
    (0x2B05, 0x2B55),
    (0x231A, 0x231B),
    (0x23E9, 0x23FA),
    (0xFE0F, 0xFE0F),
    (0xE0000, 0xE007F),
)
_HAN = range(0x20000, 0x40000)
"""The planes of rare characters; newer ones are characters, too, though this Python's table does not know them."""
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
"""Control and format characters, halves of pairs, unassigned ones, separators of lines."""
_WIDE, _WIDE_BY = range(0xFF01, 0xFF5F), 0xFEE0
"""Full-width forms of ASCII, and how far they are away from it."""
_SIGN = frozenset("-/.()（） ")
_EXACT = (
    FieldKind.DIGITS,
    FieldKind.PHONE,
    FieldKind.ID_NUMBER,
    FieldKind.CREDIT_CODE,
    FieldKind.DATE,
    FieldKind.MONEY,
)


def judge(field: FormField, text: str, today: date, fields: Mapping[str, str]) -> Msg | None:
    """What is wrong with an answer, None where nothing is. `fields`: the other answers. Never raises."""
    said = settled(field, text)
    if not said:
        return EMPTY if field.required else None
    if field.kind is FieldKind.CHOICE:
        return None if any(said == option.id for option in field.options) else CHOOSE
    if len(said) > field.longest:
        return too_long(field.longest)
    if any(_is_refused(char) for char in said):
        return SIGNS
    return _JUDGES[field.kind](field, said, today) or _compared(field, said, fields)


def settled(field: FormField, text: str) -> str:
    """The answer as it is kept: without blanks around it; days as ISO 8601; digits and codes in their plain form."""
    said = " ".join("".join(" " if char in "\t\r\n\u3000" else char for char in text).split(" ")).strip()
    if field.kind not in _EXACT:
        return " ".join(said.split())
    plain = "".join(_plain(char) for char in said if char != " ")
    return _SETTLED.get(field.kind, str)(plain)


def _plain(char: str) -> str:
    """A full-width digit, letter or sign as the keyboard has it, letters as capitals; anything else as it is."""
    char = chr(ord(char) - _WIDE_BY) if ord(char) in _WIDE else char
    return char.upper() if char.isascii() else char


def typed(field: FormField, answer: str) -> str:
    """A kept answer as it is written on the keyboard."""
    return day_digits.typed(answer) if field.kind is FieldKind.DATE else answer


def too_long(longest: int) -> Msg:
    """That no more than so much fits."""
    return counted("No more than {n} character fits here.", "No more than {n} characters fit here.", longest)


def _is_refused(char: str) -> bool:
    code = ord(char)
    if code in _HAN:
        return False
    return unicodedata.category(char) in _REFUSED or any(first <= code <= last for first, last in _EMOJI)


# --- settling ------------------------------------------------------------------------------------------------------


def _settled_day(plain: str) -> str:
    digits = plain.replace("-", "").replace("/", "").replace(".", "")
    found = day_digits.day(digits)
    return found.isoformat() if found else plain


def _settled_money(plain: str) -> str:
    number = plain.replace(",", "").replace("元", "")
    whole, dot, cents = number.partition(".")
    if not (whole + cents).isascii() or not (whole + cents).isdigit():
        return number
    return (whole.lstrip("0") or "0") + (f".{cents}" if dot and cents.strip("0") else "")


_SETTLED: Mapping[FieldKind, Callable[[str], str]] = {
    FieldKind.DATE: _settled_day,
    FieldKind.MONEY: _settled_money,
    FieldKind.PHONE: plain_number,
}


# --- judging -------------------------------------------------------------------------------------------------------


def _words(field: FormField, said: str, _today: date) -> Msg | None:
    return _too_short(field) if len(said) < field.shortest else None


def _name(field: FormField, said: str, today: date) -> Msg | None:
    """At least one letter or character; a private one counts: names on cards may have them."""
    if not any(_is_letter(char) for char in said):
        return LETTERS
    return _words(field, said, today)


def _is_letter(char: str) -> bool:
    return ord(char) in _HAN or unicodedata.category(char) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Co")


def _latin(field: FormField, said: str, today: date) -> Msg | None:
    if not all((char.isascii() and char.isalnum()) or char in _SIGN for char in said):
        return LATIN
    return _words(field, said, today)


def _digits(field: FormField, said: str, today: date) -> Msg | None:
    return _words(field, said, today) if said.isascii() and said.isdigit() else DIGITS


def _phone(_field: FormField, said: str, _today: date) -> Msg | None:
    return judge_phone(said)


def _id_number(_field: FormField, said: str, today: date) -> Msg | None:
    if not all(id_number.goes_on(said[:at], char) for at, char in enumerate(said)):
        return ID_FITS[Fit.WRONG_DIGIT]
    return _verdict(id_number.judge(said, today), ID_FITS)


def _credit_code(_field: FormField, said: str, _today: date) -> Msg | None:
    if not all(credit_code.goes_on(said[:at], char) for at, char in enumerate(said)):
        return CODE_WRONG
    return _verdict(credit_code.judge(said), {Fit.WRONG_DIGIT: CODE_WRONG})


def _verdict(verdict: Verdict, wrong: Mapping[Fit, Msg]) -> Msg | None:
    if verdict.fit is Fit.SO_FAR:
        return counted("{n} character is missing.", "{n} characters are missing.", verdict.still)
    return wrong.get(verdict.fit)


def _date(field: FormField, said: str, today: date) -> Msg | None:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return NO_DAY
    earliest, latest = limit(field.earliest, today), limit(field.latest, today)
    if earliest and day < earliest:
        return msg("The day cannot be before {date}.", date=earliest)
    if latest and day > latest:
        return msg("The day cannot be after {date}.", date=latest)
    return None


def limit(written: str, today: date) -> date | None:
    """The earliest or latest day that a field says: "today", days from today ("+30", "-1") or ISO 8601; None for none.
    Raises ValueError for anything else."""
    if not written:
        return None
    if written == "today":
        return today
    if written[0] in "+-":
        return today + timedelta(days=int(written))
    return date.fromisoformat(written)


def _money(_field: FormField, said: str, _today: date) -> Msg | None:
    whole, dot, cents = said.partition(".")
    if not (said.isascii() and whole.isdigit()) or (dot and not (cents.isdigit() and len(cents) <= 2)):
        return MONEY
    try:
        amount = Decimal(said)
    except InvalidOperation:
        return MONEY
    if not amount:
        return msg("Please write an amount above 0.")
    return too_much(MOST_YUAN) if amount > MOST_YUAN else None


def too_much(most: Decimal) -> Msg:
    """That an amount is larger than any that can be."""
    return msg("The amount cannot be above {most}.", most=f"{most:,}")


_JUDGES: Mapping[FieldKind, Callable[[FormField, str, date], Msg | None]] = {
    FieldKind.TEXT: _words,
    FieldKind.NAME: _name,
    FieldKind.LATIN: _latin,
    FieldKind.DIGITS: _digits,
    FieldKind.PHONE: _phone,
    FieldKind.ID_NUMBER: _id_number,
    FieldKind.CREDIT_CODE: _credit_code,
    FieldKind.DATE: _date,
    FieldKind.ADDRESS: _words,
    FieldKind.MONEY: _money,
}


def _too_short(field: FormField) -> Msg:
    return counted("Please write at least {n} character.", "Please write at least {n} characters.", field.shortest)


def _compared(field: FormField, said: str, fields: Mapping[str, str]) -> Msg | None:
    """Against the other answers."""
    if field.unlike and said == fields.get(field.unlike):
        return REPEATS
    most = fields.get(field.at_most or "", "")
    if field.at_most and most.isascii() and most.isdigit() and int(said) > int(most):
        return msg("This cannot be more than the {n} you gave before.", n=int(most))
    return None
