"""The places of China as they are picked: complete, each under what it belongs to, cheap."""

import tracemalloc

import pytest

from kiosk.cases.places import CHINA, Place, Places, china, near_first

STREETS = 41_352


def test_every_street_can_be_reached_by_picking() -> None:
    places = Places()
    with_streets = sum(1 for line in CHINA.read_text("utf-8").splitlines() if len(line.split("\t")[0]) == 9)
    reached = _streets(places, "")
    assert len(reached) == with_streets == STREETS


def _streets(places: Places, code: str) -> set[str]:
    found: set[str] = set()
    for part in places.parts(code):
        found |= {part.code} if len(part.code) == 9 else _streets(places, part.code)
    return found


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("44", "广东省"),
        ("440113011", "广东省广州市番禺区小谷围街道"),
        ("110101001", "北京市东城区东华门街道"),
        ("441900003", "广东省东莞市东城街道"),
        ("", ""),
        ("99", ""),
        ("x", ""),
        ("1\n", ""),
    ],
)
def test_a_place_is_named_with_all_it_is_in(code: str, line: str) -> None:
    assert china().line(code) == line


@pytest.mark.parametrize("code", ["440113011", "99", "x", "4401130119", "४४"])
def test_streets_and_unknown_codes_have_no_parts(code: str) -> None:
    assert china().parts(code) == ()


def test_levels_without_a_name_of_their_own_are_passed_over() -> None:
    assert china().parts("11")[0] == Place("110101", "东城区")
    assert china().parts("4419")[0] == Place("441900003", "东城街道")
    assert "江津区" in {part.name for part in china().parts("50")}
    assert "城口县" in {part.name for part in china().parts("50")}


def test_what_is_near_stands_first_and_nothing_is_lost() -> None:
    provinces = china().parts()
    near = near_first(provinces, "440113011")
    assert (near[0].name, set(near), len(near)) == ("广东省", set(provinces), 34)
    assert near_first(provinces, "") == provinces


def test_hardly_anything_is_kept() -> None:
    tracemalloc.start()
    try:
        Places().parts("44")
        assert tracemalloc.get_traced_memory()[1] < 200_000
    finally:
        tracemalloc.stop()
