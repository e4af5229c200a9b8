"""A citizen's number judged while it is typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from kiosk.id_number import Fit, Verdict, goes_on, grouped, judge

TODAY = date(2026, 11, 23)
STANDARD = "11010519491231002X"
"""The example of GB 11643-1999 itself."""


def test_the_example_of_the_standard_fits() -> None:
    assert judge(STANDARD, TODAY) == Verdict(Fit.WHOLE, 0)


@pytest.mark.parametrize("length", [0, 6, 13, 14, 17])
def test_it_says_how_many_are_missing(length: int) -> None:
    assert judge(STANDARD[:length], TODAY) == Verdict(Fit.SO_FAR, 18 - length)


@given(st.integers(0, 17), st.sampled_from("0123456789"))
def test_any_one_wrong_digit_is_noticed(place: int, digit: str) -> None:
    wrong = STANDARD[:place] + digit + STANDARD[place + 1 :]
    assert (judge(wrong, TODAY).fit is Fit.WHOLE) == (wrong == STANDARD)


@pytest.mark.parametrize("born", ["19491331", "19490230", "20261124", "18000101", "00000000"])
def test_a_date_that_cannot_be_is_said_as_soon_as_it_is_whole(born: str) -> None:
    assert judge("110105" + born, TODAY).fit is Fit.NO_SUCH_DATE
    assert judge("110105" + born[:7], TODAY).fit is Fit.SO_FAR


@pytest.mark.parametrize("place", ["000000", "999999", "440181", "830000"])
def test_no_place_is_refused(place: str) -> None:
    number = place + "19870412001"
    assert judge(number + ric.calc_check_digit(number + "0"), TODAY) == Verdict(Fit.WHOLE, 0)


def test_groups_and_what_may_follow() -> None:
    assert grouped(STANDARD) == "110105 19491231 002 X"
    assert grouped("1101051949") == "110105 1949"
    assert goes_on(STANDARD[:17], "X")
    assert not goes_on(STANDARD[:16], "X")
    assert not goes_on(STANDARD, "1")
    assert not goes_on("", "a")
    assert not goes_on("", "٣")
