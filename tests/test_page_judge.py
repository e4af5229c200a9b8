"""A page with nothing on it is told from one with a single line."""

import pytest

from kiosk.page_judge import judged
from kiosk.ports.page import Concern, Page
from tests.paper import A4, CARD, drawn, empty


def concerns(jpeg: bytes) -> frozenset[Concern]:
    return judged(Page(jpeg, *A4, 200)).concerns


@pytest.mark.parametrize("shade", [250, 200, 30])
def test_nothing_on_it(shade: int) -> None:
    """White paper, grey paper, and an open lid with no paper at all."""
    assert concerns(empty(shade)) == {Concern.BLANK}


@pytest.mark.parametrize("lines", [("欧阳秀英",), ("2026",), CARD])
def test_something_on_it(lines: tuple[str, ...]) -> None:
    assert concerns(drawn(lines)) == frozenset()


def test_what_was_known_stays_and_what_is_no_picture_is_left_alone() -> None:
    page = Page(empty(), *A4, 200, frozenset({Concern.BLURRED}))
    assert judged(page).concerns == {Concern.BLURRED, Concern.BLANK}
    broken = Page(b"\xff\xd8 nothing", 10, 10)
    assert judged(broken) is broken
