"""What people type, and what they must find first."""

import logging

import pytest

from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.search import Hit, SearchIndex

FIRST = [
    # to open something, as people say it
    ("开饭店", "package restaurant"),
    ("开餐馆", "package restaurant"),
    ("开奶茶店", "package restaurant"),
    ("开早餐店", "package restaurant"),
    ("我要开小餐馆", "package restaurant"),
    ("开小卖部", "food-new"),
    ("小卖部", "food-new"),
    ("士多", "food-new"),
    ("开超市", "food-new"),
    ("卖菜", "food-new"),
    ("办食品证", "food-new"),
    ("开理发店", "package hairdresser"),
    ("剪头发", "package hairdresser"),
    ("飞发", "package hairdresser"),
    ("开旅馆", "hygiene-new"),
    ("民宿", "hygiene-new"),
    ("游泳池", "hygiene-new"),
    ("沐足", "hygiene-new"),
    ("摆摊", "package food-stall"),
    ("摆地摊", "package food-stall"),
    ("卖水果", "vendor-register"),
    ("走鬼", "vendor-register"),
    ("做豆腐", "package workshop"),
    ("腊味", "workshop-new"),
    ("营业执照", "sole-trader-open"),
    ("办执照", "sole-trader-open"),
    ("做生意", "sole-trader-open"),
    ("个体户", "sole-trader-open"),
    ("注册公司", "package company"),
    ("开公司", "package company"),
    ("公司起名", "name-declare"),
    ("核名", "name-declare"),
    ("开分店", "branch-open"),
    ("合伙做生意", "partnership-open"),
    ("合作社", "cooperative-open"),
    ("工作室", "sole-enterprise-open"),
    ("大学生创业", "package graduate"),
    # to change, renew, replace, close
    ("改店名", "sole-trader-change"),
    ("换法人", "company-change"),
    ("公司搬家", "company-change"),
    ("执照丢了", "sole-trader-reissue"),
    ("营业执照不见了", "sole-trader-reissue"),
    ("公司执照丢了", "company-reissue"),
    ("食品证到期", "food-renew"),
    ("卫生证过期", "hygiene-renew"),
    ("食品证丢了", "food-replace"),
    ("不做了", "package closing"),
    ("关店", "package closing"),
    ("执笠", "package closing"),
    ("注销", "package closing"),
    ("注销公司", "company-close"),
    ("饭店不开了", "food-cancel"),
    ("股权质押", "pledge-open"),
    ("解除质押", "pledge-close"),
    # the official names
    ("食品经营许可", "food-new"),
    ("食品经营许可 延续", "food-renew"),
    ("食品经营许可延续", "food-renew"),
    ("公共场所卫生许可", "hygiene-new"),
    ("有限责任公司 备案", "company-record"),
    # full pinyin, initials, mixtures, what is there half-way
    ("kaifandian", "package restaurant"),
    ("KaiFanDian", "package restaurant"),
    ("kai fan dian", "package restaurant"),
    ("ｋａｉｆａｎｄｉａｎ", "package restaurant"),
    ("kaif", "package restaurant"),
    ("kaifand", "package restaurant"),
    ("kfd", "package restaurant"),
    ("kai饭店", "package restaurant"),
    ("开fan店", "package restaurant"),
    ("k饭店", "package restaurant"),
    ("开fd", "package restaurant"),
    ("lifadian", "package hairdresser"),
    ("baitan", "package food-stall"),
    ("xiaomaibu", "food-new"),
    ("yingyezhizhao", "sole-trader-open"),
    ("yyzz", "sole-trader-open"),
    ("zhucegongsi", "package company"),
    ("zcgs", "package company"),
    ("zhizhaodiule", "sole-trader-reissue"),
    ("lvguan", "hygiene-new"),
    ("luguan", "hygiene-new"),
    ("hezuoshe", "cooperative-open"),
    # as a southern ear hears it
    ("zucegongsi", "package company"),
    ("zuxiao", "package closing"),
    ("yinyezizao", "sole-trader-open"),
    ("kaifangdian", "package restaurant"),
    # traditional characters
    ("開飯店", "package restaurant"),
    ("理髮店", "package hairdresser"),
    ("擺檔", "package food-stall"),
    ("營業執照", "sole-trader-open"),
    ("註銷", "package closing"),
    ("衞生許可證", "hygiene-new"),
    ("衛生許可證", "hygiene-new"),
    ("食品經營許可 新辦", "food-new"),
    # English
    ("restaurant", "package restaurant"),
    ("Restaurant", "package restaurant"),
    ("resta", "package restaurant"),
    ("open a restaurant", "package restaurant"),
    ("hairdresser", "package hairdresser"),
    ("barber", "package hairdresser"),
    ("hotel", "hygiene-new"),
    ("business licence", "sole-trader-open"),
    ("register company", "package company"),
    ("street vendor", "package food-stall"),
    ("lost licence", "sole-trader-reissue"),
    ("close company", "company-close"),
    # whole sentences
    ("我想开一家饭店", "package restaurant"),
    ("开一个小卖部要什么证？", "food-new"),
    ("公司怎么注销", "company-close"),
    ("执照丢了怎么办", "sole-trader-reissue"),
    ("woyaokaifandian", "package restaurant"),
    ("how do I open a restaurant", "package restaurant"),
    ("cancel my company", "company-close"),
    ("老伴想卖早餐", "package food-stall"),
    ("您好我退休了想在小区门口和老伴一起开一个小饭店不知道要办哪些证带什么材料去哪个窗口", "package restaurant"),
]


def name(hit: Hit) -> str:
    return hit.id if hit.kind == "item" else f"package {hit.id}"


def names(index: SearchIndex, query: str, limit: int = 20) -> list[str]:
    return [name(hit) for hit in index.search(query, limit)]


@pytest.mark.parametrize(("query", "first"), FIRST, ids=[query for query, _ in FIRST])
def test_what_is_found_first(index: SearchIndex, query: str, first: str) -> None:
    assert names(index, query)[:1] == [first]


def test_the_restaurant_and_what_it_needs(index: SearchIndex) -> None:
    wanted = ["package restaurant", "food-new", "sole-trader-open", "hygiene-new"]
    assert names(index, "kaifandian") == wanted
    assert names(index, "开饭店") == wanted


def test_every_title_finds_its_own(catalogue: Catalogue, index: SearchIndex) -> None:
    for item in catalogue.items:
        for title in item.title.root.values():
            assert names(index, title)[0] == item.id
    for package in catalogue.packages:
        for title in package.title.root.values():
            assert names(index, title)[0] == f"package {package.id}"


def test_every_alias_finds_its_own(catalogue: Catalogue, index: SearchIndex) -> None:
    """Also in the very middle of typing it, from the second letter on."""
    for item in catalogue.items:
        for alias in item.aliases:
            assert item.id in names(index, alias, 60)
            assert all(names(index, alias[:length], 60) for length in range(2, len(alias)))


def test_scores_fall_and_nothing_comes_twice(index: SearchIndex) -> None:
    for query, _ in FIRST:
        hits = index.search(query, 60)
        scores = [hit.score for hit in hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        assert len({(hit.kind, hit.id) for hit in hits}) == len(hits)


def test_the_better_kind_of_match_scores_higher(index: SearchIndex) -> None:
    whole, begun, initials, alike, sentence = (
        index.search(query)[0].score for query in ("开饭店", "开饭", "kfd", "kaifangdian", "我想开一家饭店")
    )
    assert whole > begun > initials > alike > sentence


def test_limit(index: SearchIndex) -> None:
    assert len(index.search("s", 3)) == 3
    assert len(index.search("注销", 2)) == 2
    assert index.search("注销", 0) == ()


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "\t\n",
        "　",
        "？！",
        "😀",
        "😀😀👍🏽",
        "\0",
        "\0\0\0",
        "_",
        "...",
        "qwrtp",
        "zzzz",
        "飞上天",
        "我要飞上天去看月亮",
        "\ud800",
    ],
)
def test_nothing_is_found_for_nothing(index: SearchIndex, query: str) -> None:
    assert index.search(query) == ()


@pytest.mark.parametrize(
    "query",
    [
        "a" * 10_000,
        "开" * 10_000,
        "开饭店" * 3_334,
        "ﷺ" * 10_000,
        " " * 9_999 + "a",
        "k饭" * 5_000,
        "\0" * 10_000,
        "ng" * 5_000,
    ],
    ids=["a", "开", "开饭店", "one character that becomes eighteen", "spaces", "mixed", "zeros", "ng"],
)
def test_ten_thousand_letters_do_no_harm(index: SearchIndex, query: str) -> None:
    assert len(index.search(query)) <= 20


def test_what_is_typed_around_it_does_not_matter(index: SearchIndex) -> None:
    plain = names(index, "开饭店")
    for query in (" 开饭店 ", "开 饭 店", "「开饭店」", "开饭店。", "开饭店😀", "开，饭店"):
        assert names(index, query) == plain


def test_nothing_typed_is_logged(index: SearchIndex, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        index.search("440113199001011234 陈某某 开饭店")
    assert caplog.records == []


def test_suggestions_find_something(index: SearchIndex) -> None:
    assert len(index.suggestions()) >= 3
    for suggestion in index.suggestions():
        assert all(index.search(said) for said in suggestion.root.values())
