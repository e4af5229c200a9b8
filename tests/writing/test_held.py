"""The held list of places and names: typed in full and by initials, is it first, is it on the first page?"""

import sys

import pytest

from kiosk.ports.writing import Script
from kiosk.writing.client import WritingClient
from tests.writing.held import Shares, held, typed


def shares(writing: WritingClient, initials: bool) -> Shares:
    counted = Shares()
    for one in held():
        if not initials or len(one.text) > 1:  # a single initial stands for a thousand characters
            counted.add(one, typed(writing, one.initials if initials else one.full))
    return counted


def test_the_list_is_whole() -> None:
    rows = held()
    assert (sum(one.is_place for one in rows), sum(not one.is_place for one in rows)) == (500, 200)
    assert all(len(one.text) == len(one.syllables) for one in rows)
    assert len({one.text for one in rows}) == 700


def test_full_pinyin(writing: WritingClient, capsys: pytest.CaptureFixture[str]) -> None:
    counted = shares(writing, initials=False)
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(counted.lines("pinyin")) + "\n")
    first, page = counted.of("1234")
    assert page >= 0.98
    assert first >= 0.90
    assert counted.of("sg")[1] >= 0.98


def test_initials(writing: WritingClient, capsys: pytest.CaptureFixture[str]) -> None:
    counted = shares(writing, initials=True)
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(counted.lines("initials")) + "\n")
    assert counted.of("1234")[1] >= 0.80
    assert counted.of("123")[1] >= 0.93, "counties and above"


def test_places_in_traditional_characters(writing: WritingClient) -> None:
    from kiosk.writing.opencc import OpenCC

    traditional, hong_kong = OpenCC("s2t.json"), OpenCC("t2hk.json")
    places = [one for one in held() if one.is_place][::5]
    found = [
        hong_kong(traditional(one.text)) in typed(writing, one.full, Script.TRADITIONAL).candidates for one in places
    ]
    assert sum(found) / len(found) >= 0.98


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("panyuquxiaoguweijie", "番禺区小谷围街"),
        ("xiaoguweijiedao", "小谷围街道"),
        ("guangdongshengguangzhoushipanyuqudashijiedao", "广东省广州市番禺区大石街道"),
        ("yingyezhizhao", "营业执照"),
        ("qiananxian", "乾安县"),
        ("pyq", "番禺区"),
    ],
)
def test_what_people_here_write_comes_first(writing: WritingClient, keys: str, text: str) -> None:
    assert typed(writing, keys).candidates[0] == text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("luan", "六安"), ("liuan", "六安"), ("yueqing", "乐清"), ("leqing", "乐清"), ("laoting", "乐亭"), ("bengbu", "蚌埠"),
        ("xingyang", "荥阳"), ("guoyang", "涡阳"), ("woyang", "涡阳"), ("yanshan", "铅山"), ("qianshan", "铅山"),
        ("shanxian", "单县"), ("danxian", "单县"), ("shenxian", "莘县"), ("xinzhuang", "莘庄"), ("yuli", "尉犁"), ("weili", "尉犁"),
        ("taizhou", "台州"), ("xiamen", "厦门"), ("hongtong", "洪洞"), ("hongdong", "洪洞"), ("xunxian", "浚县"), ("mianchi", "渑池"),
        ("zongyang", "枞阳"), ("yuxian", "蔚县"), ("weixian", "蔚县"), ("renqiu", "任丘"), ("dongguan", "东莞"), ("baise", "百色"),
        ("bose", "百色"), ("fengdu", "丰都"), ("gaizhou", "盖州"),
    ],
)  # fmt: skip
def test_places_that_read_otherwise_come_by_either_reading(writing: WritingClient, keys: str, text: str) -> None:
    assert text in typed(writing, keys).candidates + writing.turn(1).candidates
