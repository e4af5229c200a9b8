"""Lines end where Chinese and Latin allow it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.linebreak import CLOSERS, OPENERS, balanced, break_lines, is_wide


def width(text: str) -> float:
    return float(sum(2 if is_wide(char) else 1 for char in text))


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("我要开小餐馆", 8, ["我要开小", "餐馆"]),
        ("请带《营业执照》原件。", 10, ["请带《营业", "执照》原", "件。"]),
        ("办理 Food Licence 许可", 12, ["办理 Food", "Licence 许可"]),
        ("共 5 个工作日", 5, ["共", "5 个", "工作", "日"]),
        ("a\nb", 9, ["a", "b"]),
        ("", 9, [""]),
        ("abcdefgh", 4, ["abcd", "efgh"]),
        ("020-0000 0000", 9, ["020-0000", "0000"]),
    ],
)
def test_lines(text: str, room: float, lines: list[str]) -> None:
    assert break_lines(text, room, width) == lines


def test_a_title_is_divided_where_it_pauses() -> None:
    assert balanced("本机尚未开通，请到综合窗口办理", 24, width) == ["本机尚未开通，", "请到综合窗口办理"]


def test_a_title_leaves_no_single_character() -> None:
    assert balanced("您好今天想办什么", 14, width) == ["您好今天", "想办什么"]


@given(st.text(alphabet="我要开店ab cd，。（）《》12 -", max_size=60), st.integers(12, 40))
def test_nothing_is_lost_and_nothing_forbidden_begins_a_line(text: str, room: int) -> None:
    lines = break_lines(text, room, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    if all(width(unit) <= room for unit in text.split()):
        assert all(width(line) <= room for line in lines)
    for before, line in pairwise(lines):
        if before and line and width(before) < room - 8:
            assert not (before[-1] in OPENERS and line[0] not in OPENERS and line[0] not in CLOSERS and " " not in text)
