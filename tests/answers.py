"""Right answers to the forms of items."""

from collections.abc import Mapping, Sequence
from datetime import date

from stdnum.cn import uscc

from kiosk.cases.answers import limit
from kiosk.catalogue.asked import fields_asked
from kiosk.catalogue.forms import FormField
from kiosk.catalogue.kinds import FieldKind
from kiosk.catalogue.model import ServiceItem

_PLAIN: Mapping[FieldKind, str] = {
    FieldKind.LATIN: "JY14401130000000",
    FieldKind.DIGITS: "5",
    FieldKind.PHONE: "13800138456",
    FieldKind.ID_NUMBER: "440113198704120015",
    FieldKind.CREDIT_CODE: "91440101MA5CTE8N0" + uscc.calc_check_digit("91440101MA5CTE8N0"),
    FieldKind.MONEY: "50000",
}


def answers_to(items: Sequence[ServiceItem], pressed: date) -> dict[str, str]:
    """A right answer to every required field of a case that is handed in on this day; an answer may bring further fields."""
    given: dict[str, str] = {}
    for _ in range(5):
        asked = fields_asked(items, {}, given)
        given = {
            name: given.get(name) or _answer(field, pressed) for name, (field, _) in asked.items() if field.required
        }
    return given


def _answer(field: FormField, pressed: date) -> str:
    if field.options:
        return str(field.options[0].id)
    if field.kind == FieldKind.DATE:
        return _day(field, pressed)
    words = "照实填写" + "。" * max(0, field.shortest - 4) + ("乙" if field.unlike else "")
    return _PLAIN.get(field.kind, words)


def _day(field: FormField, pressed: date) -> str:
    """The latest that may be, or the earliest, or that of the application."""
    return (limit(field.latest, pressed) or limit(field.earliest, pressed) or pressed).isoformat()
