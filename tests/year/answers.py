"""How an invented applicant answers: the kiosk's own rules say what is asked, the first right answer of its kind is given."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from stdnum.cn import uscc

from kiosk.cases.answers import judge, limit
from kiosk.cases.model import CaseInHand, Identity
from kiosk.cases.needs import materials_of, missing, prefilled, relevant
from kiosk.catalogue.forms import FormField
from kiosk.catalogue.kinds import FieldKind, IdentityMethod
from kiosk.catalogue.model import Catalogue
from kiosk.contract.cases import HandedIn
from kiosk.ports.card_reader import CardKind, IdCard
from tests.year.plan import Planned

ADDRESS = "广东省广州市番禺区小谷围街示范路1号"
CREDIT_CODES = tuple(base + uscc.calc_check_digit(base) for base in ("91440101MA5CTE8N0", "91440113MA59EXAM0"))
ROUNDS = 8
"""An answer may bring further fields; after so many rounds a form is taken to have no end."""


def case_of(planned: Planned, catalogue: Catalogue) -> CaseInHand:
    """A case with nothing missing but the pages of its materials. Raises ValueError for a form that cannot be filled in."""
    card = IdCard(CardKind.RESIDENT, planned.card, planned.name, address=ADDRESS)
    case = CaseInHand(planned.item.id, (planned.item.id,), identity=Identity(IdentityMethod.RESIDENT_CARD, card))
    case = prefilled(_replied(case, planned), catalogue)
    today = planned.applied.date()
    for _ in range(ROUNDS):
        still = missing(case, catalogue, today).fields
        if not still:
            return relevant(case, catalogue)
        given = {need.field.id: _answer(need.field, planned, today, case) for need in still}
        case = prefilled(replace(case, fields={**case.fields, **given}), catalogue)
    raise ValueError(f"{planned.item.id}: {[need.field.id for need in still]} cannot be answered")


def handed_in(case: CaseInHand, catalogue: Catalogue, page: str) -> tuple[HandedIn, ...]:
    """What is required of the case: the same page for everything, or on file."""
    return tuple(
        HandedIn(material=need.material.id, files=() if need.on_file else (page,), on_file=need.on_file)
        for need in materials_of(case, catalogue)
        if need.material.required
    )


def _replied(case: CaseInHand, planned: Planned) -> CaseInHand:
    """The first reply to each question that leads on."""
    item, variants, replies = planned.item, dict[str, str](), dict[str, str]()
    for question in item.form.questions:
        reply = next(reply for reply in question.replies if reply.leads == "on")
        replies[question.id] = reply.id
        if reply.variant:
            variants[item.id] = reply.variant
    return replace(case, eligible=replies, variants=variants)


def _answer(field: FormField, planned: Planned, today: date, case: CaseInHand) -> str:
    for text in _tries(field, planned, today):
        if judge(field, text, today, case.fields) is None:
            return text
    raise ValueError(f"{planned.item.id}: no answer for {field.id} ({field.kind.value})")


def _tries(field: FormField, planned: Planned, today: date) -> Iterator[str]:
    yield from (option.id for option in field.options)
    if field.kind is FieldKind.DATE:
        yield from (day.isoformat() for day in _days(field, today))
    yield from {
        FieldKind.NAME: (planned.name, f"{planned.name}示范店"),
        FieldKind.PHONE: (planned.phone,),
        FieldKind.ID_NUMBER: (planned.card,),
        FieldKind.CREDIT_CODE: CREDIT_CODES,
        FieldKind.ADDRESS: (ADDRESS,),
        FieldKind.MONEY: ("50000",),
        FieldKind.LATIN: ("SHIFAN",),
        FieldKind.DIGITS: ("12", "123456", "3"),
        FieldKind.TEXT: ("示范内容，照实填写。", "示范内容，" * 20),
    }.get(field.kind, ())


def _days(field: FormField, today: date) -> Iterator[date]:
    earliest, latest = limit(field.earliest, today), limit(field.latest, today)
    yield from (day for day in (today, earliest, latest) if day)
    yield from (today + timedelta(days=n) for n in (-1, 1, 30, -30, 365, -365))
