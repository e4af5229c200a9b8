"""How texts are typed: normal form, heteronyms, initials; and that starting up does not pay for pinyin."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.readings import flattened, initials, readings, tokens, words
from kiosk.catalogue.search import SearchIndex
from kiosk.texts import LocalText

ROOT = Path(__file__).resolve().parents[2]


def index_of(catalogue: Catalogue, *titles: str) -> SearchIndex:
    """An index in which each title is an item, its id its number."""
    pattern = catalogue.items[0]
    items = tuple(
        pattern.model_copy(update={"id": str(number), "title": LocalText({"zh_CN": title}), "aliases": ()})
        for number, title in enumerate(titles)
    )
    return SearchIndex.build(catalogue.model_copy(update={"items": items, "packages": ()}))


@pytest.mark.parametrize(
    ("title", "queries"),
    [
        ("重新登记", ["chongxindengji", "zhongxindengji", "cxdj", "zxdj", "chong新"]),
        ("银行贷款", ["yinhangdaikuan", "yinxingdaikuan", "yhdk", "hang"]),
        ("特种行业", ["tezhonghangye", "tzhy", "hangye"]),
        ("自行车", ["zixingche", "zxc"]),
        ("会计代理", ["kuaijidaili", "huijidaili", "kjdl"]),
        ("成长中心", ["chengzhangzhongxin", "czzx"]),
        ("音乐厅", ["yinyueting", "yinleting", "yyt"]),
        ("番禺区", ["panyuqu", "fanyuqu", "pyq"]),
        ("女装店", ["nvzhuangdian", "nuzhuangdian", "nüzhuangdian", "nzd"]),
        ("旅行社", ["lvxingshe", "luxingshe", "lxs"]),
        ("卡拉OK厅", ["kalaokting", "kalaok", "klok", "卡拉ok", "ok"]),
        ("方案", ["fangan", "fanga", "fa"]),
        ("4S店", ["4s", "4sdian", "4S店", "４ｓ"]),
    ],
)
def test_other_readings_find_it(catalogue: Catalogue, title: str, queries: list[str]) -> None:
    index = index_of(catalogue, title, "别的事")
    for query in queries:
        assert [hit.id for hit in index.search(query)] == ["0"], query


def test_the_written_characters_decide_where_they_are_typed(catalogue: Catalogue) -> None:
    index = index_of(catalogue, "开饭店", "开范店")
    assert [hit.id for hit in index.search("kaifandian")] == ["0", "1"]
    assert [hit.id for hit in index.search("kai范店")] == ["1"]


def test_normal_form() -> None:
    assert words("　開飯店，Ａｂｃ－ｄ ") == ["开饭店", "abc", "d"]
    assert tokens("卡拉OK厅 4S") == ["卡", "拉", "ok", "厅", "4s"]


def test_readings_and_initials() -> None:
    parts = tokens("重办KTV")
    first, other = readings(parts)
    assert {tuple(first), tuple(other)} == {("chong", "ban", "ktv"), ("zhong", "ban", "ktv")}
    assert initials(["chong", "ban", "ktv"], parts) == ["c", "b", "ktv"]


@pytest.mark.parametrize(
    ("pinyin", "flat"),
    [("zhongguo", "zonguo"), ("shichang", "sican"), ("fangan", "fangan"), ("fanan", "fanan"), ("yingye", "yinye")],
)
def test_flattened(pinyin: str, flat: str) -> None:
    assert flattened(pinyin) == flat


def test_while_one_types_the_flattened_form_only_grows() -> None:
    whole = flattened("zhengshengqingangongchang")
    for length in range(1, 25):
        assert whole.startswith(flattened("zhengshengqingangongchang"[:length]).rstrip("g"))


def test_pinyin_is_not_loaded_before_an_index_is_built() -> None:
    code = "import sys, kiosk.catalogue.search, kiosk.catalogue.source as s; s.load_builtin(); print('pypinyin' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
