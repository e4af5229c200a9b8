"""What a case needs: each thing once, nothing required left out, nothing asked that is known or that the case itself makes."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.cases.model import CaseInHand, Origin, Sheet
from kiosk.cases.needs import fields_of, materials_of, missing, prefilled, questions_of
from kiosk.catalogue.forms import FormField
from kiosk.catalogue.kinds import FieldKind
from kiosk.catalogue.model import ServiceItem
from kiosk.ports.page import Page
from tests.cases.people import KNOWN, TODAY, UNKNOWN, filled, in_hand
from tests.worlds import FOREIGNER, catalogue

SHEET = (Sheet(Page(b"", 1, 1, 200), Origin.SCANNER),)
ITEMS = {item.id: item for item in catalogue().items}


def names(case: CaseInHand) -> set[str]:
    return {need.field.id for need in fields_of(case, catalogue())}


def papers(case: CaseInHand) -> set[str]:
    return {need.material.id for need in materials_of(case, catalogue())}


def with_papers(case: CaseInHand) -> CaseInHand:
    return replace(case, sheets=dict.fromkeys(papers(case), SHEET))


def open_case(*items: str, **more: object) -> CaseInHand:
    return prefilled(in_hand(catalogue(), *items, **more), catalogue())


# --- nothing left out, nothing twice -----------------------------------------------------------------------------


@st.composite
def cases(draw: st.DrawFn) -> CaseInHand:
    """Any item, or any part of a package, with any replies that lead on."""
    package = draw(st.sampled_from([None, *catalogue().packages]))
    every = [part.item for part in package.items] if package else list(ITEMS)
    items = draw(st.lists(st.sampled_from(every), unique=True, min_size=1, max_size=len(every) if package else 1))
    eligible: dict[str, str] = {}
    variants: dict[str, str] = {}
    for need in questions_of(tuple(items), catalogue()):
        reply = draw(st.sampled_from([one for one in need.question.replies if one.leads == "on"]))
        eligible[need.question.id] = reply.id
        variants |= dict.fromkeys(need.items, reply.variant) if reply.variant else {}
    identity = draw(st.sampled_from([None, UNKNOWN, KNOWN]))
    return CaseInHand(items[0], tuple(items), variants, eligible, identity)


def expected_fields(item: ServiceItem, case: CaseInHand) -> set[str]:
    """Plainly: what the item's form asks in this variant and with these answers."""
    fields = {field.id: field for field in item.form.fields}

    def asked(field: FormField) -> bool:
        when = field.when
        if any(other != item.id and other in field.made_by for other in case.items):
            return False
        if when and when.variants and case.variants.get(item.id) not in when.variants:
            return False
        if when is None or when.field is None:
            return True
        return asked(fields[when.field]) and case.fields.get(when.field) in when.equals

    return {name for name, field in fields.items() if asked(field)}


@given(cases())
@settings(max_examples=300, deadline=None)
def test_nothing_required_is_ever_left_out(case: CaseInHand) -> None:
    case = filled(prefilled(case, catalogue()), catalogue())
    needs = fields_of(case, catalogue())
    assert len(needs) == len({need.field.id for need in needs})
    for item in case.items:
        assert {need.field.id for need in needs if item in need.items} == expected_fields(ITEMS[item], case)
    assert missing(case, catalogue(), TODAY).fields == ()
    assert missing(with_papers(case), catalogue(), TODAY).materials == ()
    assert not missing(with_papers(case), catalogue(), TODAY)


@given(cases(), st.data())
@settings(max_examples=200, deadline=None)
def test_whatever_is_taken_away_is_missed(case: CaseInHand, data: st.DataObject) -> None:
    whole = with_papers(filled(prefilled(case, catalogue()), catalogue()))
    needs = [need for need in fields_of(whole, catalogue()) if need.field.required]
    gone = data.draw(st.sampled_from(needs)).field.id
    less = replace(whole, fields={name: text for name, text in whole.fields.items() if name != gone})
    assert gone in {need.field.id for need in missing(less, catalogue(), TODAY).fields}
    required = [need.material.id for need in materials_of(whole, catalogue()) if need.material.required]
    lost = data.draw(st.sampled_from(required))
    poorer = replace(whole, sheets={name: s for name, s in whole.sheets.items() if name != lost}, on_file=frozenset())
    assert lost in {need.material.id for need in missing(poorer, catalogue(), TODAY).materials}


def test_every_item_asks_for_its_required_papers_in_each_of_its_variants() -> None:
    for item in ITEMS.values():
        variants = {reply.variant for question in item.form.questions for reply in question.replies} - {None} or {""}
        for variant in variants:
            case = CaseInHand(item.id, (item.id,), {item.id: str(variant)})
            for material in item.materials:
                always = material.required and not material.made_here and not material.needed_if
                if always and (not material.variants or variant in material.variants):
                    assert material.id in papers(case), (item.id, variant, material.id)


def test_each_variant_that_fields_and_papers_name_can_be_reached() -> None:
    for item in ITEMS.values():
        led_to = {reply.variant for question in item.form.questions for reply in question.replies}
        named = {one for field in item.form.fields for one in (field.when.variants if field.when else ())}
        assert named | {one for material in item.materials for one in material.variants} <= led_to, item.id


# --- packages ----------------------------------------------------------------------------------------------------


def test_a_restaurant_is_asked_each_thing_once_and_nothing_that_it_is_about_to_get() -> None:
    case = open_case("sole-trader-open", "food-new")
    needs = {need.field.id: need.items for need in fields_of(case, catalogue())}
    assert needs["premises-address"] == ("sole-trader-open", "food-new")
    assert needs["food-goods"] == ("food-new",)
    assert not {"business-name", "business-credit-code"} & set(needs)
    assert "business-licence" not in papers(case)
    held = {need.material.id: need.items for need in materials_of(case, catalogue())}
    assert held["id-card"] == ("sole-trader-open", "food-new")
    assert not [one for one in held if one.startswith("form-")]


def test_alone_the_food_licence_asks_for_the_business_and_its_licence() -> None:
    case = open_case("food-new")
    assert {"business-name", "business-credit-code"} <= names(case)
    assert "business-licence" in papers(case)


def test_questions_of_a_package_are_asked_once_for_all_its_items() -> None:
    needs = questions_of(("food-cancel", "hygiene-cancel"), catalogue())
    assert [need.question.id for need in needs] == ["who-held", "have-valid", "case-cancel"]
    assert all(need.items == ("food-cancel", "hygiene-cancel") for need in needs)


# --- what is known -----------------------------------------------------------------------------------------------


def test_card_record_and_questions_fill_in_what_they_know() -> None:
    case = open_case("food-change")
    known = prefilled(replace(case, identity=KNOWN, fields={}), catalogue())
    assert known.fields["applicant-name"] == "欧阳秀英"
    assert known.fields["acting-as"] == "self"
    assert known.fields["applicant-phone"] == "13800000000"
    assert known.fields["business-name"] == "某市某区欧阳小吃店"
    assert {"id-card", "business-licence", "food-licence"} <= known.on_file
    needs = {need.field.id: need.known for need in fields_of(known, catalogue())}
    assert needs["business-name"]
    assert not needs["wanted-name"]


def test_what_was_answered_is_not_filled_over() -> None:
    case = open_case("food-change")
    mine = replace(case, identity=KNOWN, fields={**case.fields, "applicant-phone": "85261234567", "business-name": ""})
    known = prefilled(mine, catalogue()).fields
    assert known["applicant-phone"] == "85261234567"
    assert known["business-name"] == "某市某区欧阳小吃店"


def test_filling_in_twice_changes_nothing() -> None:
    for item in ITEMS:
        once = prefilled(
            in_hand(
                catalogue(),
                item,
            ),
            catalogue(),
        )
        assert prefilled(once, catalogue()).fields == once.fields


def test_the_new_address_is_not_filled_with_the_old_one() -> None:
    there = replace(
        KNOWN, record=KNOWN.record and KNOWN.record.model_copy(update={"fields": {"premises-address": "旧址一二三四"}})
    )
    move = replace(in_hand(catalogue(), "company-change", variants={"company-change": "address"}), identity=there)
    assert "premises-address" not in prefilled(move, catalogue()).fields
    food = replace(in_hand(catalogue(), "food-new"), identity=there)
    assert prefilled(food, catalogue()).fields["premises-address"] == "旧址一二三四"
    both = replace(in_hand(catalogue(), "sole-trader-open", "food-new"), identity=there)
    assert "premises-address" not in prefilled(both, catalogue()).fields


def test_what_is_held_about_an_agent_is_no_answer_for_the_one_who_sent_them() -> None:
    case = in_hand(catalogue(), "food-change", eligible={"who-held": "agent"})
    known = prefilled(replace(case, identity=KNOWN), catalogue())
    assert known.fields["acting-as"] == "agent"
    assert known.fields["applicant-name"] == "欧阳秀英"
    assert "business-name" not in known.fields
    assert known.on_file == {"id-card"}
    assert {"principal-name", "principal-document", "principal-phone"} <= names(known)
    letter = next(need for need in materials_of(known, catalogue()) if need.material.id == "agent-letter")
    assert letter.material.required


def test_whoever_comes_for_themselves_brings_no_letter() -> None:
    case = open_case("food-change")
    assert "agent-letter" not in papers(case)
    assert not [name for name in names(case) if name.startswith("principal-")]


def test_an_answer_hangs_on_one_that_is_itself_asked() -> None:
    """Somebody first said that they came for another person, gave that person's passport, then said they did not."""
    case = open_case("food-change", eligible={"who-held": "agent"})
    other = replace(case, fields={**case.fields, "principal-document": "other"})
    assert "principal-pass" in names(other)
    assert "principal-pass" not in names(replace(other, fields={**other.fields, "acting-as": "self"}))


def test_a_lost_licence_brings_its_statement_and_its_day() -> None:
    lost = open_case("sole-trader-reissue", eligible={"have-loss": "lost"})
    assert ("lost-date" in names(lost), "loss-statement" in papers(lost)) == (True, True)
    assert "business-licence-return" not in papers(lost)
    damaged = open_case("sole-trader-reissue", eligible={"have-loss": "damaged"})
    assert ("lost-date" in names(damaged), "loss-statement" in papers(damaged)) == (False, False)
    assert "business-licence-return" in papers(damaged)


def test_a_wrong_answer_is_missing_too() -> None:
    case = filled(open_case("name-declare"), catalogue())
    assert not missing(case, catalogue(), TODAY).fields
    wrong = replace(case, fields={**case.fields, "second-name": case.fields["wanted-name"]})
    assert [need.field.id for need in missing(wrong, catalogue(), TODAY).fields] == ["second-name"]


def test_the_card_of_a_foreigner_has_a_name_in_letters_only() -> None:

    case = replace(in_hand(catalogue(), "company-open"), identity=replace(UNKNOWN, card=FOREIGNER))
    known = prefilled(case, catalogue())
    assert known.fields["applicant-name"] == "EXAMPLE, ANA MARIA"
    assert not {"applicant-name", "applicant-number"} & {
        need.field.id for need in missing(known, catalogue(), TODAY).fields
    }


def test_every_kind_of_field_is_met_in_the_forms() -> None:
    assert {field.kind for item in ITEMS.values() for field in item.form.fields} == set(FieldKind)
