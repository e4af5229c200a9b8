"""What a case must be to be taken: judged by the published catalogue, refused in words.

The first thing that is unknown is refused by its own code; what is missing is named all at once, so that it is told once.
An item whose form has no fields takes any that fit the contract.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.approval.problems import Refusal
from kiosk.cases import answers
from kiosk.catalogue.asked import fields_asked, materials_asked
from kiosk.catalogue.forms import FormField
from kiosk.catalogue.kinds import FieldKind, ResultDelivery
from kiosk.catalogue.model import Catalogue, ServiceItem
from kiosk.contract.cases import CaseRequest, DeliveryWish, HandedIn, ItemAsked

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
"""Control characters except tab and line feed: no writing has them, and PostgreSQL cannot keep the first. With them those that
turn the direction of writing or break its lines (Unicode, UAX #9): a clerk would read another name than the one that is kept."""


@dataclass(frozen=True)
class Chosen:
    """An item that was asked for, with its variant."""

    item: ServiceItem
    variant: str


def judge(request: CaseRequest, catalogue: Catalogue, on_file: Callable[[], Iterable[str]]) -> tuple[Chosen, ...]:
    """The items of a case that may be taken. `on_file`: the materials held about this person, asked for when needed.

    Raises Refusal 422: unknown-item, unknown-package, unknown-variant, unknown-field, unknown-material, item-twice,
    material-twice, identity-not-allowed, delivery-not-offered, bad-field, not-on-file, incomplete.
    """
    chosen = chosen_of(request.items, request.package, catalogue)
    _refuse_identity(request.applicant.document, chosen)
    _refuse_delivery(request.delivery, chosen)
    refuse_controls({"name": request.applicant.name, "number": request.applicant.number, **request.fields})
    refuse_controls(_delivery(request.delivery))
    _refuse_fields(request.fields, chosen, request.made_at.date())
    refuse_materials(request.materials, chosen, on_file)
    _refuse_incomplete(request, chosen)
    return chosen


def chosen_of(items: Iterable[ItemAsked], package: str | None, catalogue: Catalogue) -> tuple[Chosen, ...]:
    """The items by the catalogue. Raises Refusal 422 unknown-package, unknown-item, item-twice, unknown-variant."""
    asked = tuple(items)
    _refuse_package(asked, package, catalogue)
    _refuse_twice("item", (each.item for each in asked))
    return tuple(_chosen(each, catalogue) for each in asked)


def refuse_materials(
    handed: Iterable[HandedIn], chosen: Iterable[Chosen], on_file: Callable[[], Iterable[str]]
) -> None:
    """Raises Refusal 422 unknown-material, material-twice, not-on-file."""
    known = {each.id: each for one in chosen for each in one.item.materials}
    given = tuple(handed)
    _refuse_twice("material", (each.material for each in given))
    for each in given:
        if each.material not in known:
            raise _no("unknown-material", f"None of the items asks for the material {each.material}.")
    claimed = {each.material for each in given if each.on_file and not known[each.material].held_by_government}
    for material in sorted(claimed - set(on_file() if claimed else ())):
        raise _no("not-on-file", f"The material {material} is not held about this person; it must be handed in.")


def required_materials(chosen: Iterable[Chosen], answers: Mapping[str, str]) -> tuple[str, ...]:
    """What must be handed in (or be on file), each once: required, and not held by the government."""
    wanted = materials_asked(*_asking(chosen), answers)
    return tuple(name for name, (each, _) in wanted.items() if each.required and not each.held_by_government)


def _asking(chosen: Iterable[Chosen]) -> tuple[tuple[ServiceItem, ...], dict[str, str]]:
    """The items, and their variants."""
    several = tuple(chosen)
    return tuple(one.item for one in several), {one.item.id: one.variant for one in several}


def refuse_controls(texts: Mapping[str, str]) -> None:
    """Raises Refusal 422 bad-field naming the first text with a control character, or one that turns the writing, in it."""
    for name, text in texts.items():
        if _CONTROL.search(text):
            raise _no("bad-field", f"{name} holds a control character; only writing is taken.")


def _no(code: str, detail: str, **extra: object) -> Refusal:
    return Refusal(422, code, detail, extra)


def _refuse_twice(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise _no(f"{what}-twice", f"The {what} {name} is named twice.")
        seen.add(name)


def _refuse_package(items: tuple[ItemAsked, ...], package: str | None, catalogue: Catalogue) -> None:
    if package is None:
        if len(items) > 1:
            raise _no("unknown-package", "Several items are asked for together as a package; name the package.")
        return
    known = catalogue.packages_by_id.get(package)
    if known is None:
        raise _no("unknown-package", f"There is no package {package}.")
    parts = {part.item for part in known.items}
    for each in items:
        if each.item not in parts:
            raise _no("unknown-item", f"The package {package} has no item {each.item}.")


def _chosen(asked: ItemAsked, catalogue: Catalogue) -> Chosen:
    item = catalogue.by_id.get(asked.item)
    if item is None:
        raise _no("unknown-item", f"There is no item {asked.item}.")
    variants = {reply.variant for question in item.form.questions for reply in question.replies if reply.variant}
    if asked.variant and asked.variant not in variants:
        raise _no("unknown-variant", f"The item {item.id} has no such variant.")
    return Chosen(item, asked.variant)


def _refuse_identity(document: str, chosen: tuple[Chosen, ...]) -> None:
    for one in chosen:
        if document not in one.item.identity_methods:
            allowed = ", ".join(one.item.identity_methods)
            raise _no("identity-not-allowed", f"The item {one.item.id} takes as identification: {allowed}.")


def _refuse_delivery(wish: DeliveryWish, chosen: tuple[Chosen, ...]) -> None:
    if not any(wish.method in one.item.delivery for one in chosen):
        raise _no("delivery-not-offered", f"No item that is asked for offers the delivery {wish.method.value}.")


def _refuse_fields(fields: Mapping[str, str], chosen: tuple[Chosen, ...], day: date) -> None:
    """`day`: when submit was pressed; a case that comes days later is judged as it was there."""
    known = {field.id: field for one in chosen for field in one.item.form.fields}
    anything = any(not one.item.form.fields for one in chosen)
    for name, answer in fields.items():
        if name in known:
            _refuse_answer(known[name], answer, day, fields)
        elif not anything:
            raise _no("unknown-field", f"None of the items has the field {name}.")


def _refuse_answer(field: FormField, answer: str, day: date, fields: Mapping[str, str]) -> None:
    """By the rules that the kiosk said at the field, in its words; what is empty is missing, and named with the rest."""
    wrong = answers.judge(field, answer, day, fields) if answer.strip() else None
    if wrong:
        words = wrong.plural if wrong.plural and wrong.mapping["n"] != 1 else wrong.id
        raise _no("bad-field", f"{field.id}: {words.format(**wrong.mapping)}")
    if field.kind is FieldKind.DATE and answer and not _is_date(answer):
        raise _no("bad-field", f"{field.id} is not a date as ISO 8601 writes it.")


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _refuse_incomplete(request: CaseRequest, chosen: tuple[Chosen, ...]) -> None:
    fields = [*_fields_missing(request.fields, chosen), *_delivery_missing(request.delivery)]
    there = {each.material for each in request.materials if each.files or each.on_file}
    bare = [each.material for each in request.materials if not each.files and not each.on_file]
    materials = list(dict.fromkeys([*(m for m in required_materials(chosen, request.fields) if m not in there), *bare]))
    if fields or materials:
        detail = f"Missing: {', '.join([*fields, *materials])}."
        raise _no("incomplete", detail, fields=fields, materials=materials)


def _fields_missing(answers: Mapping[str, str], chosen: tuple[Chosen, ...]) -> list[str]:
    asked = fields_asked(*_asking(chosen), answers)
    return [name for name, (field, _) in asked.items() if field.required and not answers.get(name, "").strip()]


def _delivery(wish: DeliveryWish) -> dict[str, str]:
    parts = {"recipient": wish.recipient, "address": wish.address, "phone": wish.phone}
    return {f"delivery.{name}": text for name, text in parts.items()}


def _delivery_missing(wish: DeliveryWish) -> list[str]:
    posted = wish.method is ResultDelivery.POST
    return [name for name, text in _delivery(wish).items() if posted and not text.strip()]
