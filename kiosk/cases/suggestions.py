"""Which of what was read on the pages may answer which field. Pure; offered to the person, never filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.catalogue.forms import FormField
from kiosk.catalogue.kinds import FieldKind
from kiosk.reading.find import CREDIT_CODE, DATE, ID_NUMBER, LEGAL_PERSON, NAME, ORGANISATION

BY_KIND: Mapping[FieldKind, str] = {
    FieldKind.CREDIT_CODE: CREDIT_CODE,
    FieldKind.ID_NUMBER: ID_NUMBER,
}
DATED = frozenset({"founded", "established", "issued"})
"""Words of a date field's id that mean the date on a licence; any other date on a page may mean anything."""
BY_WORD: Mapping[str, str] = {
    "legal": LEGAL_PERSON,
    "representative": LEGAL_PERSON,
    "responsible": LEGAL_PERSON,
    "operator": LEGAL_PERSON,
    "organisation": ORGANISATION,
    "company": ORGANISATION,
    "enterprise": ORGANISATION,
    "firm": ORGANISATION,
    "business": ORGANISATION,
    "shop": ORGANISATION,
    "unit": ORGANISATION,
    "applicant": NAME,
    "person": NAME,
}
"""A word of a name field's id -> whose name it asks for. Names of nobody in particular are not suggested."""


@dataclass(frozen=True, repr=False)
class Suggestion:
    """A field's id, and what may be its answer."""

    field: str
    value: str


def suggestions(found: Mapping[str, str], fields: Iterable[FormField]) -> tuple[Suggestion, ...]:
    """For each field for which something was read, in their order. Ask it for the fields that have no answer yet."""
    return tuple(Suggestion(field.id, found[name]) for field in fields if (name := _asks_for(field)) in found)


def _asks_for(field: FormField) -> str:
    if field.kind is FieldKind.NAME:
        return next((BY_WORD[word] for word in field.id.split("-") if word in BY_WORD), "")
    if field.kind is FieldKind.DATE:
        return DATE if DATED & set(field.id.split("-")) else ""
    return BY_KIND.get(field.kind, "")
