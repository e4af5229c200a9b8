"""What items ask for in their variants, given the answers so far: the same rules for the terminal that asks and the service
that takes. Pure.

A field or material is asked for where at least one item takes it in its variant, and where the answers that it hangs on
say so. What one item's result gives another (the licence that is applied for in the same case) is nobody's to bring.
"""

from collections.abc import Iterable, Mapping, Sequence

from kiosk.catalogue.forms import FormField, When
from kiosk.catalogue.model import Material, ServiceItem

Taken = tuple[FormField, tuple[str, ...]]
"""A field, and the items that take it."""
Wanted = tuple[Material, tuple[str, ...]]
"""A material as it is wanted (`required` where it is needed only in this case), and the items that take it."""


def fields_taken(items: Sequence[ServiceItem], variants: Mapping[str, str]) -> dict[str, Taken]:
    """The fields of the variants, each once, in the order of forms: also those that hang on an answer."""
    found: dict[str, Taken] = {}
    for item in items:
        for field in item.form.fields:
            if _fits(field.when, variants, item.id) and not _comes_of(field.made_by, items, item.id):
                before, takers = found.get(field.id, (field, ()))
                found[field.id] = (_both(before, field), (*takers, item.id))
    return found


def fields_asked(
    items: Sequence[ServiceItem], variants: Mapping[str, str], answers: Mapping[str, str]
) -> dict[str, Taken]:
    """Those of them that are to be answered. An answer may bring further fields."""
    taken = fields_taken(items, variants)
    return {name: each for name, each in taken.items() if _is_asked(each[0], taken, answers)}


def materials_asked(
    items: Sequence[ServiceItem], variants: Mapping[str, str], answers: Mapping[str, str]
) -> dict[str, Wanted]:
    """The materials that somebody hands in or that the government holds, each once; not the forms that are made here."""
    asked = fields_asked(items, variants, answers)
    told = {name: answers.get(name, "") for name in asked}
    found: dict[str, Wanted] = {}
    for item in items:
        for material in item.materials:
            if _is_taken(material, items, variants, item.id, told):
                _, takers = found.get(material.id, (material, ()))
                found[material.id] = (_as_wanted(material), (*takers, item.id))
    return found


def _both(one: FormField, other: FormField) -> FormField:
    """The field as two items take it: nothing old is filled in if one of them asks for the new state."""
    return one if one.known_from == other.known_from else one.model_copy(update={"known_from": ""})


def _fits(when: When | None, variants: Mapping[str, str], item: str) -> bool:
    return when is None or not when.variants or variants.get(item, "") in when.variants


def _comes_of(made_by: tuple[str, ...], items: Iterable[ServiceItem], taker: str) -> bool:
    """Whether another item of the case results in it."""
    return any(item.id in made_by for item in items if item.id != taker)


def _is_asked(field: FormField, taken: Mapping[str, Taken], answers: Mapping[str, str]) -> bool:
    """Whether the answer it hangs on is there, and is itself still asked for."""
    if field.when is None or field.when.field is None:
        return True
    on = taken.get(field.when.field)
    return on is not None and answers.get(on[0].id, "") in field.when.equals and _is_asked(on[0], taken, answers)


def _is_taken(
    material: Material, items: Sequence[ServiceItem], variants: Mapping[str, str], item: str, told: Mapping[str, str]
) -> bool:
    if material.made_here or _comes_of(material.made_by, items, item):
        return False
    if material.variants and variants.get(item, "") not in material.variants:
        return False
    needed = material.needed_if
    if needed is None:
        return True
    return _fits(needed, variants, item) and (needed.field is None or told.get(needed.field, "") in needed.equals)


def _as_wanted(material: Material) -> Material:
    return material if material.needed_if is None else material.model_copy(update={"required": True})
