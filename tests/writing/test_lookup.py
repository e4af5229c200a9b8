"""Rare characters by code point and by parts; never one that would show as a box."""

from pathlib import Path

import pytest

from kiosk import fonts
from kiosk.writing.client import WritingClient
from kiosk.writing.drawable import Drawable


@pytest.mark.parametrize("query", ["U+20BB7", "20bb7", "u+20bb7", " 20BB7 ", "0x20BB7"])
def test_by_code_point(writing: WritingClient, query: str) -> None:
    assert writing.look_up(query) == ("𠮷",)


@pytest.mark.parametrize("query", ["0041", "U+1F600", "110000", "D800", "FFFFFF", "E000"])
def test_a_code_point_that_is_no_chinese_character(writing: WritingClient, query: str) -> None:
    assert writing.look_up(query) == ()


@pytest.mark.parametrize(
    ("parts", "char"),
    [
        ("木木木", "森"), ("方方土", "堃"), ("吉吉", "喆"), ("耳东", "陈"), ("弓长", "张"), ("弓長", "張"), ("古月", "胡"), ("金金金", "鑫"),
        ("水水水", "淼"), ("士口", "吉"), ("士口", "𠮷"), ("马马马", "骉"), ("人言", "信"), ("草化", "花"), ("口口", "吕"), ("水青", "清"),
    ],
)  # fmt: skip
def test_by_parts_as_people_name_them(writing: WritingClient, parts: str, char: str) -> None:
    assert char in writing.look_up(parts)[:5]


def test_parts_count_as_often_as_they_are_written(writing: WritingClient) -> None:
    assert "林" in writing.look_up("木木")
    assert "林" not in writing.look_up("木木木")


@pytest.mark.parametrize("query", ["口", "一", "木", "土口", "日", "人"])
def test_every_character_offered_can_be_drawn(writing: WritingClient, query: str) -> None:
    found = writing.look_up(query)
    assert 1 <= len(found) <= 60
    assert all(fonts.MISSING_GLYPH not in {drawn for drawn, _ in fonts.runs(char, "zh_CN")} for char in found)


def test_without_a_table_of_the_typefaces_only_what_every_one_has(tmp_path: Path) -> None:
    drawable = Drawable(tmp_path / "coverage.json")
    assert drawable("木", "Hans")
    assert not drawable("𠮷", "Hans")
    assert not drawable("木a", "Hant")
    assert not drawable("", "Hans")


@pytest.mark.parametrize("query", ["", "   ", "zz", "😀", "\ud800", "木" * 50, "\t\n"])
def test_nonsense_finds_nothing(writing: WritingClient, query: str) -> None:
    assert writing.look_up(query) == ()
