"""Cases in hand that tests start from: invented people, businesses and answers with valid check digits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from stdnum.cn import ric, uscc

from kiosk.cases.answers import limit, settled
from kiosk.cases.model import CaseInHand, Identity
from kiosk.cases.needs import fields_of
from kiosk.catalogue.forms import FormField
from kiosk.catalogue.kinds import FieldKind, IdentityMethod
from kiosk.catalogue.model import Catalogue
from kiosk.contract.cases import HolderRecord
from tests.worlds import OUYANG

TODAY = date(2026, 11, 24)
RECORD = HolderRecord(
    fields={
        "applicant-phone": "13800000000",
        "business-name": "某市某区欧阳小吃店",
        "business-credit-code": "92440113MA5AAAAA0" + uscc.calc_check_digit("92440113MA5AAAAA0"),
    },
    materials=("business-licence", "health-certificates", "food-licence"),
)
KNOWN = Identity(IdentityMethod.RESIDENT_CARD, OUYANG, RECORD)
UNKNOWN = Identity(IdentityMethod.RESIDENT_CARD, OUYANG, None)
_ANSWERS: Mapping[FieldKind, str] = {
    FieldKind.TEXT: "卖早餐",
    FieldKind.NAME: "王𠮷",
    FieldKind.LATIN: "JY14401130000000",
    FieldKind.DIGITS: "5",
    FieldKind.PHONE: "020-39999999",
    FieldKind.ADDRESS: "广东省广州市番禺区小谷围街道某路 1 号",
    FieldKind.MONEY: "50000.00",
}


def id_number(serial: int = 1) -> str:
    """An invented citizen's number with a valid check digit."""
    digits = f"44011319870412{serial:03d}"
    return digits + str(ric.calc_check_digit(digits + "0"))


def credit_code(serial: int = 1) -> str:
    """An invented firm's code with a valid check character."""
    code = f"91440113MA5{serial:06d}"
    return code + str(uscc.calc_check_digit(code))


def answer(field: FormField, serial: int = 1) -> str:
    """A right answer, as it is written; another serial gives another one where two must differ."""
    if field.kind is FieldKind.CHOICE:
        return field.options[0].id
    if field.kind is FieldKind.DATE:
        day = limit(field.latest, TODAY) or (limit(field.earliest, TODAY) or TODAY) + timedelta(days=1)
        return day.isoformat().replace("-", "")
    made = {FieldKind.ID_NUMBER: id_number(serial), FieldKind.CREDIT_CODE: credit_code(serial)}
    written = made.get(field.kind) or _ANSWERS[field.kind]
    return f"{written}乙" if field.unlike and field.kind is FieldKind.NAME else written


def in_hand(catalogue: Catalogue, *items: str, **more: object) -> CaseInHand:
    """A case for these items with the first replies that lead on."""
    case = CaseInHand(target=items[0], items=items, identity=UNKNOWN, **more)  # type: ignore[arg-type]
    eligible, variants = dict(case.eligible), dict(case.variants)
    for item in items:
        for question in catalogue.by_id[item].form.questions:
            reply = next(one for one in question.replies if one.leads == "on")
            eligible.setdefault(question.id, reply.id)
            chosen = next(one for one in question.replies if one.id == eligible[question.id])
            if chosen.variant:
                variants.setdefault(item, chosen.variant)
    return replace(case, eligible=eligible, variants=variants)


def filled(case: CaseInHand, catalogue: Catalogue) -> CaseInHand:
    """The case with every field answered that is asked, also those that answers bring."""
    for _ in range(5):
        answers = {need.field.id: settled(need.field, answer(need.field)) for need in fields_of(case, catalogue)}
        case = replace(case, fields={**answers, **case.fields})
    return case
