"""The built-in sample catalogue: the report's numbers, complete in every field that is disclosed."""

import tomllib
from collections import Counter

import pytest
from fonticon_mdi7 import MDI7

from kiosk.catalogue.kinds import ResultDelivery, Serves
from kiosk.catalogue.model import Catalogue, Material, ServiceItem
from kiosk.catalogue.source import BUILTIN
from tests.catalogue.records import texts

COUNTS = {
    "公共场所卫生许可": 4,
    "食品摊贩登记": 1,
    "个体工商户": 4,
    "有限责任公司": 5,
    "分公司": 4,
    "个人独资企业": 4,
    "个人独资企业分支机构": 3,
    "合伙企业": 4,
    "合伙企业分支机构": 3,
    "农民专业合作社": 4,
    "农民专业合作社分支机构": 3,
    "非公司企业法人": 3,
    "营业单位": 3,
    "股权出质登记": 3,
    "企业名称自主申报": 1,
    "食品经营许可": 5,
    "食品生产加工小作坊登记": 5,
}
PACKAGES = {
    "restaurant": ["sole-trader-open", "food-new", "hygiene-new"],
    "hairdresser": ["sole-trader-open", "hygiene-new"],
    "food-stall": ["vendor-register"],
    "workshop": ["sole-trader-open", "workshop-new"],
    "company": ["name-declare", "company-open"],
    "graduate": ["sole-trader-open", "company-open"],
}
LIMITS = {"food": (20, 5), "hygiene": (20, 5), "workshop": (20, 10), "vendor": (10, 1)}
VALIDITY = {
    "food-new": 5,
    "food-renew": 5,
    "hygiene-new": 4,
    "hygiene-renew": 4,
    "workshop-new": 3,
    "workshop-renew": 3,
}


def test_there_are_59_items_in_the_groups_of_the_report(catalogue: Catalogue) -> None:
    shelves = {group.id: group.title.root["zh_CN"] for group in catalogue.groups}
    assert Counter(shelves[item.group] for item in catalogue.items) == COUNTS


def test_the_yearly_report_has_its_three_lines(catalogue: Catalogue) -> None:
    lines = {group.id: group.reporting_group.value for group in catalogue.groups}
    assert Counter(lines[item.group] for item in catalogue.items) == {"hygiene": 4, "market": 54, "vendor": 1}


def test_it_says_that_it_is_a_sample(catalogue: Catalogue) -> None:
    assert catalogue.sample
    assert "样例" in catalogue.title.root["zh_CN"]


def test_every_text_is_in_every_language(catalogue: Catalogue) -> None:
    for text in texts(catalogue):
        assert text.root.keys() == {"zh_CN", "zh_HK", "en"}
        assert all(said.strip() for said in text.root.values())


def test_titles_are_distinct_in_every_language(catalogue: Catalogue) -> None:
    for language in ("zh_CN", "zh_HK", "en"):
        assert len({item.title.root[language] for item in catalogue.items}) == 59


@pytest.mark.parametrize("field", ["aliases", "legal_basis", "conditions", "materials", "process", "serves", "needs"])
def test_nothing_disclosed_is_empty(catalogue: Catalogue, field: str) -> None:
    assert [item.id for item in catalogue.items if not getattr(item, field)] == []


def test_process_is_complete_and_in_order(catalogue: Catalogue) -> None:
    for item in catalogue.items:
        assert [step.id for step in item.process] == ["receive", "accept", "review", "decide", "make", "deliver"]


def test_time_limits_are_those_agreed(catalogue: Catalogue) -> None:
    for item in catalogue.items:
        limit = (item.time_limit.statutory_days, item.time_limit.promised_days)
        assert limit == LIMITS.get(item.group, (15, 1))
        assert limit[1] <= limit[0]


def test_only_licences_that_end_have_a_validity(catalogue: Catalogue) -> None:
    assert {item.id: item.validity_years for item in catalogue.items if item.validity_years} == VALIDITY


def test_all_is_free_and_the_phones_are_nobodys(catalogue: Catalogue) -> None:
    assert {item.fee.yuan for item in catalogue.items} == {0}
    phones = {phone for item in catalogue.items for phone in (item.enquiry_phone, item.supervision_phone)}
    assert phones == {"020-0000 0000", "020-0000 0001"}


def test_the_same_material_is_the_same_everywhere(catalogue: Catalogue) -> None:
    known: dict[str, Material] = {}
    for item in catalogue.items:
        for material in item.materials:
            same = material.model_copy(update={"variants": ()})  # when it is asked for is the item's affair
            assert known.setdefault(material.id, same) == same
    names = Counter(material.name.root["zh_CN"] for material in known.values())
    assert names.most_common(1)[0][1] == 1, "one thing under two ids would be asked for twice"


def test_every_item_asks_who_one_is_and_for_a_form_of_its_own(catalogue: Catalogue) -> None:
    for item in catalogue.items:
        ids = [material.id for material in item.materials]
        assert "id-card" in ids
        assert len([one for one in ids if one.startswith("form-")]) == 1


def test_a_letter_of_authorisation_is_asked_for_where_an_agent_may_come(catalogue: Catalogue) -> None:
    for item in catalogue.items:
        assert item.agent_allowed == ("agent-letter" in {material.id for material in item.materials})


def test_certificates_are_not_printed_here(catalogue: Catalogue) -> None:
    """Only notices may come out of the kiosk; a licence is printed on security paper."""
    for item in catalogue.items:
        if ResultDelivery.KIOSK_PRINT in item.delivery:
            assert any(word in item.result.root["zh_CN"] for word in ("通知书", "决定书", "告知书")), item.id


def test_cancelling_leaves_nothing_to_receive_but_a_notice(catalogue: Catalogue) -> None:
    for item in catalogue.items:
        if "注销" in item.title.root["zh_CN"]:
            assert "注销" in item.result.root["zh_CN"], item.id


def test_packages_hold_the_items_of_their_goal(catalogue: Catalogue) -> None:
    held = {package.id: [part.item for part in package.items] for package in catalogue.packages}
    closing = held.pop("closing")
    assert held == PACKAGES
    assert set(closing) == {item.id for item in catalogue.items if _ends_a_business(item)}


def _ends_a_business(item: ServiceItem) -> bool:
    return "注销" in item.title.root["zh_CN"] and item.group != "pledge"


def test_what_depends_on_the_person_says_on_what(catalogue: Catalogue) -> None:
    packages = catalogue.packages_by_id
    assert packages["restaurant"].items[2].when is not None
    assert all(part.when for name in ("graduate", "closing") for part in packages[name].items)


def test_icons_exist(catalogue: Catalogue) -> None:
    icons = [group.icon for group in catalogue.groups] + [package.icon for package in catalogue.packages]
    assert [icon for icon in icons if not hasattr(MDI7, icon.replace("-", "_"))] == []


def test_laws_are_cited_by_name(catalogue: Catalogue) -> None:
    for item in catalogue.items:
        for law in item.legal_basis:
            assert law.root["zh_CN"].startswith("《")
            assert law.root["zh_HK"].startswith("《")


def test_no_alias_stands_twice_in_an_item(catalogue: Catalogue) -> None:
    lists = [item.aliases for item in catalogue.items] + [package.aliases for package in catalogue.packages]
    assert [aliases for aliases in lists if len(set(aliases)) != len(aliases)] == []


def test_nothing_shared_is_written_in_vain() -> None:
    files = [path.read_text(encoding="utf-8") for path in sorted(BUILTIN.glob("*.toml"))]
    shared = [
        one
        for text in files
        for table in ("texts", "materials", "kinds", "processes", "choices", "fields", "questions")
        for one in tomllib.loads(text).get(table, {})
    ]
    assert [one for one in shared if f'"{one}"' not in "".join(files)] == []


def test_one_finds_the_company_as_the_person_who_founds_it(catalogue: Catalogue) -> None:
    assert Serves.NATURAL_PERSON in catalogue.by_id["company-open"].serves
