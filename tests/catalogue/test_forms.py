"""The forms of all items: three plain questions, fields that mean the same everywhere, nothing that leads nowhere."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.cases.answers import limit
from kiosk.catalogue.forms import FormField, Question, Reply
from kiosk.catalogue.kinds import FieldKind
from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.source import load_folder
from kiosk.errors import CatalogueError
from tests import plain_words
from tests.catalogue.records import texts

ON_CARD = {"card.name", "card.number", "card.address", "card.birth_date", "card.sex"}
MOST_ON_BUTTON = {"zh_CN": 18, "zh_HK": 18}
"""Replies stand in large cards over the whole width."""


def fields(catalogue: Catalogue) -> Iterator[tuple[str, FormField]]:
    return ((item.id, field) for item in catalogue.items for field in item.form.fields)


def questions(catalogue: Catalogue) -> Iterator[Question]:
    return (question for item in catalogue.items for question in item.form.questions)


def replies(catalogue: Catalogue) -> Iterator[tuple[str, Reply]]:
    for item in catalogue.items:
        yield from ((item.id, reply) for question in item.form.questions for reply in question.replies)


def test_every_item_has_exactly_three_questions_each_with_a_way_on(catalogue: Catalogue) -> None:
    for item in catalogue.items:
        assert len(item.form.questions) == 3, item.id
        for question in item.form.questions:
            assert any(reply.leads == "on" for reply in question.replies), (item.id, question.id)


def test_every_item_has_a_way_out_with_advice(catalogue: Catalogue) -> None:
    out = {item for item, reply in replies(catalogue) if reply.leads == "out" and reply.advice}
    assert out == set(catalogue.by_id)


def test_one_question_at_most_decides_the_variant(catalogue: Catalogue) -> None:
    for item in catalogue.items:
        deciding = [one.id for one in item.form.questions if any(reply.variant for reply in one.replies)]
        assert len(deciding) <= 1, item.id
        for question in item.form.questions:
            led = [reply.variant for reply in question.replies if reply.leads == "on"]
            assert all(led) or not any(led), (item.id, question.id)


def test_every_item_has_required_fields_and_asks_who_applies(catalogue: Catalogue) -> None:
    for item in catalogue.items:
        required = {field.id for field in item.form.fields if field.required}
        assert {"applicant-name", "applicant-number", "applicant-phone"} < required, item.id
        assert ("acting-as" in required) == item.agent_allowed, item.id


def test_no_field_has_two_meanings(catalogue: Catalogue) -> None:
    """When it is asked, and whether what is held is the old state, is the item's affair; everything else is the field's."""
    known: dict[str, FormField] = {}
    for item, field in fields(catalogue):
        same = field.model_copy(update={"when": None, "known_from": ""})
        assert known.setdefault(field.id, same) == same, (item, field.id)
    labels = [field.label.root["zh_CN"] for field in known.values()]
    assert len(labels) == len(set(labels)), "one thing under two ids would be asked for twice"


def test_no_question_has_two_meanings(catalogue: Catalogue) -> None:
    known: dict[str, Question] = {}
    for question in questions(catalogue):
        assert known.setdefault(question.id, question) == question


def test_what_a_field_hangs_on_is_in_the_same_form_and_before_it(catalogue: Catalogue) -> None:
    for item in catalogue.items:
        seen: dict[str, FormField] = {}
        for field in item.form.fields:
            on = field.when.field if field.when else None
            if on:
                assert set(field.when.equals if field.when else ()) <= {one.id for one in seen[on].options}, field.id
            assert field.at_most is None or field.at_most in seen, (item.id, field.id)
            seen[field.id] = field


def test_what_replies_fill_in_is_asked_in_the_form(catalogue: Catalogue) -> None:
    for item in catalogue.items:
        asked = {field.id: {option.id for option in field.options} for field in item.form.fields}
        for question in item.form.questions:
            for reply in question.replies:
                for name, text in reply.fills.items():
                    assert text in asked[name], (item.id, reply.id)


def test_what_is_known_is_known_from_card_or_record(catalogue: Catalogue) -> None:
    for item, field in fields(catalogue):
        where, _, what = field.known_from.partition(".")
        assert not field.known_from or field.known_from in ON_CARD or (where == "record" and what == field.id), item


def test_limits_of_days_are_days(catalogue: Catalogue) -> None:
    today = date(2026, 11, 24)
    for _, field in fields(catalogue):
        earliest, latest = limit(field.earliest, today), limit(field.latest, today)
        assert earliest is None or latest is None or earliest <= latest
        assert field.kind is FieldKind.DATE or not (earliest or latest)


def test_only_results_of_known_items_spare_a_question(catalogue: Catalogue) -> None:
    made = {one for _, field in fields(catalogue) for one in field.made_by}
    made |= {one for item in catalogue.items for material in item.materials for one in material.made_by}
    assert made <= set(catalogue.by_id)


def test_words_are_plain(catalogue: Catalogue) -> None:
    found = []
    for language in ("zh_CN", "zh_HK", "en"):
        for item in catalogue.items:
            for text in texts(item.form):
                found += [(text.root[language], said) for said in plain_words.complaints(text.root[language], language)]
    assert sorted(set(found)) == []


@pytest.mark.parametrize("language", ["zh_CN", "zh_HK"])
def test_replies_are_short(catalogue: Catalogue, language: str) -> None:
    said = {reply.label.root[language] for _, reply in replies(catalogue)}
    assert not [one for one in said if len(one) > MOST_ON_BUTTON[language]]


# --- what an editor may get wrong --------------------------------------------------------------------------------

PAGE = """
title.zh_CN = "样例"
sample = true
[groups.one]
title.zh_CN = "一"
icon = "domain"
reporting_group = "market"
[choices.yes-no]
options = [{ id = "yes", label.zh_CN = "是" }, { id = "no", label.zh_CN = "否" }]
[fields.name]
label.zh_CN = "姓名"
kind = "name"
known_from = "record.name"
[fields.agreed]
label.zh_CN = "同意"
kind = "choice"
options = "yes-no"
[kinds.more]
fields = ["agreed", { id = "name", variants = ["a"], fresh = true }]
[items.one]
kinds = ["more"]
"""


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('fields = ["agred"]', 'there is no field "agred" (did you mean "agreed"?)'),
        ('questions = ["who"]', 'there is no question "who"'),
        ("fields = [7]", "an id, or a table with one, is expected"),
        ('fields = [{ id = "name", variant = ["a"] }]', 'unknown key "variant" (did you mean "variants"?)'),
        ('fields = "name"', "a list is expected"),
        ('[fields.other]\nlabel.zh_CN = "其他"\nkind = "choice"\noptions = "no-yes"', "there is no list of choices"),
        ('[fields.other]\nlabel.zh_CN = "其他"\nkind = "choice"', "options belong to choices"),
        ('[fields.other]\nlabel.zh_CN = "其他"\nkind = "words"', "kind"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "one.toml").write_text(PAGE + written, encoding="utf-8")
    with pytest.raises(CatalogueError) as refused:
        load_folder(tmp_path)
    assert said in str(refused.value)
