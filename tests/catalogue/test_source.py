"""Catalogues that must not be shown: each is refused in one sentence that says where and what."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.search import SearchIndex
from kiosk.catalogue.source import BUILTIN, load_folder, parse_catalogue
from kiosk.errors import CatalogueError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the built-in catalogue, to be spoilt."""
    return Path(shutil.copytree(BUILTIN, tmp_path / "catalogue"))


def refusal(folder: Path) -> str:
    with pytest.raises(CatalogueError) as caught:
        load_folder(folder)
    said = str(caught.value)
    assert "\n" not in said
    assert "pydantic" not in said
    assert said.endswith(".")
    assert caught.value.__cause__ is None
    assert str(folder) not in said
    return said


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


FOOD = "items-licences-food.toml"

SPOILT = [
    (FOOD, 'summary.zh_CN = "开饭店', 'sumary.zh_CN = "开饭店', (FOOD, "food-new", "sumary", '"summary"')),
    (FOOD, "validity_years = 5", "validity_years = 500", (FOOD, "food-new", "validity_years", "99")),
    (FOOD, "validity_years = 5", "validity = 5", (FOOD, "food-new", '"validity"', '"validity_years"')),
    (FOOD, '"floor-plan"', '"flor-plan"', (FOOD, "food-new", '"flor-plan"', '"floor-plan"')),
    (FOOD, '"law-food-rules-2"', '"law-food-rules-99"', (FOOD, "food-new", "no text", "law-food-rules-99")),
    (FOOD, '"cond-food-place"', "7", (FOOD, "food-new")),
    (FOOD, 'kinds = ["certificate-out"', 'kinds = ["certificate"', (FOOD, "food-new", "no kind", "certificate-out")),
    (FOOD, "kinds = [", "kinds = 5 #", (FOOD, "food-new", "list")),
    (FOOD, "aliases = [", 'id = "x"\naliases = [', (FOOD, "food-new", "id")),
    (FOOD, "[items.food-new]", "[items.food-change]\n[items.food-new]", (FOOD, "TOML")),
    (FOOD, "[items.food-new]", "[items.FoodNew]", (FOOD, "FoodNew", "id")),
    (FOOD, "[items.food-new]", "[item.food-new]", (FOOD, '"item"', '"items"')),
    (FOOD, "title.zh_CN", "title.zh_cn", (FOOD, "food-new", "zh_cn", "language code")),
    (FOOD, 'title.en = "Food operation licence: new"', 'title.en = " "', (FOOD, "food-new", "en text is empty")),
    (FOOD, "title.zh_CN", "title.fr", (FOOD, "food-new", "zh_CN")),
    ("kinds.toml", "enquiry_phone =", "enquiry_fone =", ("kinds.toml", "everybody", "enquiry_fone", '"enquiry_phone"')),
    ("kinds.toml", 'enquiry_phone = "020-0000 0000"', "", ("item ", 'the field "enquiry_phone" is missing')),
    ("kinds.toml", '"020-0000 0000"', '"ask us"', ("enquiry_phone", "ask us")),
    (
        "kinds.toml",
        "{ statutory_days = 15, promised_days = 1 }",
        "{ promised_days = 1 }",
        ("time_limit", "statutory_days"),
    ),
    ("kinds.toml", "promised_days = 1 }", "promised_days = 16 }", ("time_limit", "promised_days is longer")),
    ("kinds.toml", "promised_days = 1 }", "promised = 1 }", ("time_limit", "promised")),
    ("kinds.toml", "yuan = 0", "yuan = -1", ("fee.yuan",)),
    ("kinds.toml", "yuan = 0", "yuan = inf", ("fee.yuan",)),
    ("kinds.toml", 'process = "licence"', 'process = "license"', ("no process", '"licence"')),
    ("kinds.toml", '"resident_card"', '"residents_card"', ("identity_methods", "resident_card")),
    ("kinds.toml", 'group = "food"', 'group = "fod"', (FOOD, "no group", '"food"')),
    ("materials-1-forms.toml", "count = 1", "count = 0", ("materials-1-forms.toml", "form-sole-trader", "count")),
    ("materials-1-forms.toml", 'kind = "original"\n', "", ("form-sole-trader", '"kind" is missing')),
    ("processes.toml", 'id = "receive"', 'id = "recieve"', ("processes.toml", "registration", "receive")),
    ("laws.toml", "zh_CN = ", "zh_CN = 3 #", ("laws.toml", "law-licence-49", "zh_CN")),
    ("laws.toml", "[texts.law-licence-49]", "[texts.cond-true]", ("cond-true", "conditions.toml")),
    (
        "packages.toml",
        'item = "food-new"',
        'item = "food-now"',
        ("packages.toml", "restaurant", "no item", '"food-new"'),
    ),
    ("packages.toml", "icon =", "ikon =", ("packages.toml", "restaurant", "ikon", '"icon"')),
    ("catalogue.toml", "sample = true", "", ("catalogue", '"sample" is missing')),
    ("catalogue.toml", "sample = true", "simple = true", ("catalogue.toml", '"simple"', '"sample"')),
    (
        "catalogue.toml",
        'reporting_group = "market"',
        'reporting_group = "markt"',
        ("food", "reporting_group", "market"),
    ),
    ("catalogue.toml", "[groups.food]", "[groups.food", ("catalogue.toml", "TOML", "line")),
]


@pytest.mark.parametrize(("file", "old", "new", "says"), SPOILT, ids=[f"{s[0]}: {s[2][:30]}" for s in SPOILT])
def test_a_spoilt_file_is_refused_in_one_sentence(
    folder: Path, file: str, old: str, new: str, says: tuple[str, ...]
) -> None:
    spoil(folder, file, old, new)
    said = refusal(folder)
    for part in says:
        assert part in said, said


def test_a_folder_without_files(tmp_path: Path) -> None:
    assert "no .toml files" in refusal(tmp_path)


def test_a_file_that_is_not_text(folder: Path) -> None:
    (folder / "kinds.toml").write_bytes(b"\xff\xfe[kinds]")
    assert "kinds.toml: this is not UTF-8 text" in refusal(folder)


def test_lists_of_kinds_are_joined_without_doubles_and_single_values_stay(folder: Path) -> None:
    (folder / "extra.toml").write_text(
        """
[kinds.first]
needs = ["scanner", "a4_printer"]
result = "result-food"
[kinds.second]
needs = ["a4_printer", "network"]
result = "result-vendor"
enquiry_phone = "020-0000 0009"
""",
        encoding="utf-8",
    )
    spoil(
        folder,
        FOOD,
        'kinds = ["certificate-out"',
        'enquiry_phone = "020-0000 0008"\nkinds = ["first", "second", "certificate-out"',
    )
    item = load_folder(folder).by_id["food-new"]
    assert list(item.needs) == ["scanner", "a4_printer", "network", "card_reader"]
    assert item.result.root["zh_CN"] == "食品经营许可证"
    assert item.enquiry_phone == "020-0000 0008"


def test_an_item_may_write_its_texts_out(folder: Path) -> None:
    spoil(folder, FOOD, '"cond-food-place"', '{ zh_CN = "有厨房。", en = "There is a kitchen." }')
    assert load_folder(folder).by_id["food-new"].conditions[0].root == {
        "zh_CN": "有厨房。",
        "en": "There is a kitchen.",
    }


def test_a_new_item_is_a_few_lines(folder: Path) -> None:
    (folder / "items-mine.toml").write_text(
        """
[items.food-event]
kinds = ["certificate-out", "food", "any-identity", "everybody"]
title.zh_CN = "食品经营许可 临时"
summary.zh_CN = "办展会、庙会卖食品前要办的证"
aliases = ["美食节"]
agent_allowed = false
""",
        encoding="utf-8",
    )
    catalogue = load_folder(folder)
    item = catalogue.by_id["food-event"]
    assert item in catalogue.in_group("food")
    assert [material.id for material in item.materials] == ["form-food", "id-card"]
    assert [hit.id for hit in SearchIndex.build(catalogue).search("meishijie")] == ["food-event"]


# What a centre publishes


def published(catalogue: Catalogue, change: Callable[[dict], object]) -> bytes:  # type: ignore[type-arg]
    document = json.loads(catalogue.model_dump_json())
    change(document)
    return json.dumps(document).encode()


def test_what_is_published_comes_back_the_same(catalogue: Catalogue) -> None:
    assert parse_catalogue(catalogue.model_dump_json().encode()) == catalogue


PUBLISHED = [
    (lambda d: d["items"][0].pop("fee"), ("item food-new", '"fee" is missing')),
    (lambda d: d["items"][0].update(feee=1), ("item food-new", '"feee"', '"fee"')),
    (lambda d: d["items"][3]["materials"][1].pop("name"), ("item food-replace, material ", '"name" is missing')),
    (lambda d: d["items"][0]["time_limit"].update(promised_days=99), ("item food-new", "time_limit", "longer")),
    (lambda d: d["items"][0].update(legal_basis=[]), ("item food-new", "legal_basis")),
    (lambda d: d["items"][0]["legal_basis"][0].pop("zh_CN"), ("item food-new", "legal_basis[0]", "zh_CN")),
    (lambda d: d["items"].append(d["items"][0]), ("item food-new is there twice",)),
    (lambda d: d["items"][0]["materials"].append(d["items"][0]["materials"][0]), ("item food-new", "there twice")),
    (lambda d: d["packages"].append(d["packages"][0]), ("package restaurant is there twice",)),
    (lambda d: d["groups"].append(d["groups"][0]), ("group food is there twice",)),
    (lambda d: d["packages"][0]["items"][0].update(item="gone"), ("package restaurant: no item gone",)),
    (lambda d: d["groups"].pop(0), ("no group food",)),
    (lambda d: d.update(items=[]), ("field items",)),
    (lambda d: d.update(items="none"), ("field items",)),
    (lambda d: d.update(items=[7]), ("items[0]",)),
    (lambda d: d["items"][0].update(id="../etc"), ("field id", "../etc")),
    (lambda d: d.pop("sample"), ('"sample" is missing',)),
    (lambda d: [item.pop("fee") for item in d["items"]], ("item food-new", "and 58 more")),
]


@pytest.mark.parametrize(("change", "says"), PUBLISHED, ids=[p[1][0] + " " + p[1][-1] for p in PUBLISHED])
def test_what_must_not_be_shown_is_refused(
    catalogue: Catalogue,
    change: Callable[[dict], object],  # type: ignore[type-arg]
    says: tuple[str, ...],
) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue(published(catalogue, change))
    said = str(caught.value)
    assert "\n" not in said
    assert len(said) < 400
    for part in ("The published catalogue: ", *says):
        assert part in said, said


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"{",
        b"\xff\x00",
        b"null",
        b"[]",
        b"<html>502 Bad Gateway</html>",
        b"[" * 100_000,
        b'{"items": [' + b"1," * 50,
    ],
    ids=["nothing", "cut off", "bytes", "null", "list", "a proxy's page", "deep", "cut off later"],
)
def test_garbage_is_refused(garbage: bytes) -> None:
    with pytest.raises(CatalogueError, match=r"^The published catalogue: .*\.$"):
        parse_catalogue(garbage)
