"""What a case needs: every field once and every material once over all its items, what is known of them already, and
what is still missing. Pure: the same for one item and for a package.
What items ask for stands in `kiosk.catalogue.asked`; here is what is known of it, and of whom.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from kiosk.cases.answers import judge
from kiosk.cases.delivery import fields_for
from kiosk.cases.model import CaseInHand, Identity
from kiosk.catalogue.asked import Taken, fields_asked, fields_taken, materials_asked
from kiosk.catalogue.forms import FormField, Question
from kiosk.catalogue.model import Catalogue, Material, ServiceItem

ACTING, AGENT = "acting-as", "agent"
"""The field that says whether somebody came for another person, and its answer then."""
OWN = "applicant-"
"""Fields with this beginning are about whoever stands here; what is held about an agent is no answer to the others."""
ID_PROOF = "id-card"
"""The material that whoever identified at the terminal has given with that."""
_SEXES = {"M": "male", "F": "female"}


@dataclass(frozen=True)
class FieldNeed:
    """A field, the items that take it, and whether its answer is known without asking (card, record, questions)."""

    field: FormField
    items: tuple[str, ...]
    known: bool


@dataclass(frozen=True)
class MaterialNeed:
    """A material, the items that take it, and whether the government holds it."""

    material: Material
    items: tuple[str, ...]
    on_file: bool


@dataclass(frozen=True)
class QuestionNeed:
    """A question, and the items that it is about."""

    question: Question
    items: tuple[str, ...]


@dataclass(frozen=True)
class Missing:
    """What is still to be told and handed in before the case can go."""

    fields: tuple[FieldNeed, ...]
    materials: tuple[MaterialNeed, ...]

    def __bool__(self) -> bool:
        return bool(self.fields or self.materials)


def questions_of(items: tuple[str, ...], catalogue: Catalogue) -> tuple[QuestionNeed, ...]:
    """The questions of all items, each once, in the order of the items."""
    found: dict[str, QuestionNeed] = {}
    for item in items:
        for question in catalogue.by_id[item].form.questions:
            before = found.get(question.id, QuestionNeed(question, ()))
            found[question.id] = QuestionNeed(question, (*before.items, item))
    return tuple(found.values())


def fields_of(case: CaseInHand, catalogue: Catalogue) -> tuple[FieldNeed, ...]:
    """The fields to be answered as the case stands, each once. An answer may bring further fields."""
    known = _known(case, catalogue)
    asked = fields_asked(_items(case, catalogue), case.variants, case.fields) | _for_the_post(case)
    return tuple(FieldNeed(field, items, name in known) for name, (field, items) in asked.items())


def materials_of(case: CaseInHand, catalogue: Catalogue) -> tuple[MaterialNeed, ...]:
    """The materials that somebody has to hand in or that the government holds, each once. Not among them: the forms that
    the terminal makes of the fields, and what another item of the case results in. One that is needed only in this case
    is `required` here."""
    wanted = materials_asked(_items(case, catalogue), case.variants, case.fields)
    return tuple(MaterialNeed(material, items, _is_held(material, case)) for material, items in wanted.values())


def prefilled(case: CaseInHand, catalogue: Catalogue) -> CaseInHand:
    """The case with what is known filled in: from the questions always, from card and record where nothing was answered
    yet; and with what the government holds used from there."""
    by_reply = _from_replies(case, catalogue)
    answered = replace(case, fields={**case.fields, **by_reply})
    known = _known(answered, catalogue)
    fields = {**known, **{name: text for name, text in answered.fields.items() if text or name not in known}}
    filled = replace(answered, fields=fields)
    held = (need.material.id for need in materials_of(filled, catalogue) if need.on_file)
    return replace(filled, on_file=filled.on_file | frozenset(held))


def relevant(case: CaseInHand, catalogue: Catalogue) -> CaseInHand:
    """The case with nothing but what its items ask for as it stands: what goes to the centre."""
    fields = fields_asked(_items(case, catalogue), case.variants, case.fields)
    materials = {need.material.id for need in materials_of(case, catalogue)}
    return replace(
        case,
        fields={name: text for name, text in case.fields.items() if name in fields},
        sheets={name: sheets for name, sheets in case.sheets.items() if name in materials},
        on_file=case.on_file & materials,
    )


def missing(case: CaseInHand, catalogue: Catalogue, today: date) -> Missing:
    """What is required and not there, or not right: complete, so that it can be told once."""
    return Missing(
        tuple(need for need in fields_of(case, catalogue) if is_open(need.field, case, today)),
        tuple(need for need in materials_of(case, catalogue) if need.material.required and not _is_given(need, case)),
    )


def is_open(field: FormField, case: CaseInHand, today: date) -> bool:
    """Whether a field still lacks a right answer."""
    others = {name: text for name, text in case.fields.items() if name != field.id}
    return judge(field, case.fields.get(field.id, ""), today, others) is not None


# --- fields --------------------------------------------------------------------------------------------------------


def _items(case: CaseInHand, catalogue: Catalogue) -> tuple[ServiceItem, ...]:
    return tuple(catalogue.by_id[item] for item in case.items)


# --- what is known -------------------------------------------------------------------------------------------------


def _known(case: CaseInHand, catalogue: Catalogue) -> dict[str, str]:
    """Answers by field id, from the questions, other answers, the card and the record."""
    known = _from_replies(case, catalogue)
    by_agent = {**case.fields, **known}.get(ACTING) == AGENT
    for name, (field, _) in (fields_taken(_items(case, catalogue), case.variants) | _for_the_post(case)).items():
        text = "" if by_agent and not name.startswith(OWN) else _looked_up(field, case)
        if text and name not in known:
            known[name] = text
    return known


def _for_the_post(case: CaseInHand) -> dict[str, Taken]:
    """Where the result is posted to is for all items."""
    return {field.id: (field, case.items) for field in fields_for(case.wish)}


def _from_replies(case: CaseInHand, catalogue: Catalogue) -> dict[str, str]:
    found: dict[str, str] = {}
    for need in questions_of(case.items, catalogue):
        for reply in need.question.replies:
            if case.eligible.get(need.question.id) == reply.id:
                found |= reply.fills
    return found


def _looked_up(field: FormField, case: CaseInHand) -> str:
    """What another answer, card or record say, "" where they do not."""
    where, _, what = field.known_from.partition(".")
    identity = case.identity
    if where == "answer":
        return case.fields.get(what, "")
    if identity is None or not what:
        return ""
    if where == "record":
        return identity.record.fields.get(what, "") if identity.record else ""
    return _on_card(what, identity)


def _on_card(what: str, identity: Identity) -> str:
    card = identity.card
    found: Mapping[str, str] = {
        "name": card.name or card.name_latin or "",
        "number": card.number,
        "address": card.address or "",
        "birth_date": card.birth_date.isoformat() if card.birth_date else "",
        "sex": _SEXES.get(card.sex, ""),
    }
    return found.get(what, "")


# --- materials -----------------------------------------------------------------------------------------------------


def _is_held(material: Material, case: CaseInHand) -> bool:
    """Whether the government holds it for this applicant; of an agent only who they are."""
    identity = case.identity
    if identity is None or not material.held_by_government:
        return False
    if material.id == ID_PROOF:
        return True
    by_agent = case.fields.get(ACTING) == AGENT
    return not by_agent and identity.record is not None and material.id in identity.record.materials


def _is_given(need: MaterialNeed, case: CaseInHand) -> bool:
    return bool(case.sheets.get(need.material.id)) or need.material.id in case.on_file
