"""Visits of somebody who holds what belongs to another: a code, a number, a card. Real service, real reader, real runner.

Whatever is tried, the screen says the same as for what does not exist, and shows nothing of anybody else.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.approval import case_numbers
from kiosk.cases.model import CaseInHand, Wish
from kiosk.cases.request import draft_of, request_of
from kiosk.catalogue.kinds import ResultDelivery
from kiosk.centre.holder import holder_digest
from kiosk.events.touches import Chosen, Pressed, Typed, Woken
from kiosk.views.told import MessageView
from tests.cases.people import KNOWN, filled, in_hand
from tests.hall import FITTED, Hall
from tests.worlds import OUYANG, catalogue

PHONE4 = "8456"
NOBODYS = case_numbers.number(date(2020, 1, 1), 1)
"""A number whose check digit fits and that nobody has."""
ODD = (
    "book",
    "largest",
    "receipt",
    "javascript:alert(1)",
    "\u202eK7MP4XRW",
    "https://approval.example/c/" + "A" * 32,
)
"""Codes of something else, samples and written ones."""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    folder: Path = tmp_path_factory.mktemp("hall")
    here = Hall(folder, fitted={**FITTED, "code_scanner": ("simulated", {})})
    here.until_open()
    yield here
    here.close()


def of_ouyang() -> CaseInHand:
    """Her case, whole; it asks for no papers."""
    case = filled(replace(in_hand(catalogue(), "food-cancel"), identity=KNOWN), catalogue())
    fields = {name: "13800138456" if name == "applicant-phone" else text for name, text in case.fields.items()}
    return replace(case, fields=fields, wish=Wish(ResultDelivery.WINDOW))


@pytest.fixture(scope="module")
def number(hall: Hall) -> str:
    """Of the case that she handed in."""
    holder = holder_digest(hall.link.holder_key(), OUYANG)
    request, _ = request_of(of_ouyang(), holder, datetime(2026, 11, 24, 2, tzinfo=UTC))
    return hall.link.centre().submit_case(request, "a-case-of-hers").number


@pytest.fixture(scope="module")
def code(hall: Hall) -> str:
    """Of the draft that she kept."""
    request, _ = draft_of(of_ouyang(), holder_digest(hall.link.holder_key(), OUYANG))
    return hall.link.centre().save_draft(request, "a-draft-of-hers").code


@pytest.fixture(autouse=True)
def _alone(hall: Hall) -> Iterator[None]:
    """Every visit begins at the start and ends with nothing of her on any screen."""
    seen = len(hall.shown)
    yield
    shown = str([view for view, _ in hall.shown[seen:]])
    assert not any(hers in shown for hers in (OUYANG.name or "", OUYANG.number, OUYANG.number[-4:], "欧*"))
    hall.runner.end_visit()
    hall.take_card()


def hold(hall: Hall, code: str, *steps: str) -> None:
    """Hold a code before the scanner, again and again as people do: one that came too early is not taken."""

    def there() -> bool:
        if hall.step not in steps:
            hall.hand("code_scanner", "show", code)
        return hall.step in steps

    hall.until(there, " or ".join(steps))


def find_by_number(hall: Hall, number: str, phone4: str) -> MessageView:
    """What is said to somebody who types these."""
    hall.do(Woken(), Chosen("progress"), Chosen("number"), Typed(number), Pressed("next"))
    assert hall.step == "progress.find_phone"
    hall.do(Typed(phone4), Pressed("next"))
    hall.until(lambda: hall.step != "progress.find_looking", "an answer")
    assert isinstance(hall.view, MessageView)
    return hall.view


def test_a_number_of_another_person_is_as_one_of_nobody(hall: Hall, number: str) -> None:
    hers = find_by_number(hall, number, "0000")
    assert hall.step == "progress.find_unknown"
    hall.runner.end_visit()
    assert find_by_number(hall, NOBODYS, PHONE4) == hers


def test_her_draft_does_not_open_with_another_card(hall: Hall, code: str) -> None:
    hall.do(Woken(), Chosen("apply"), Chosen("resume"), Chosen("by_typing"), Typed(code), Pressed("next"))
    hall.until_step("apply.card")
    hall.hand("card_reader", "place", "li")
    hall.until_step("apply.draft_gone")
    hall.do(Pressed("resume"), Chosen("by_card"))
    hall.until_step("apply.my_drafts")
    assert hall.view.options == (), "what he has begun: nothing"  # type: ignore[attr-defined]


@pytest.mark.parametrize("odd", ODD)
def test_a_code_of_something_else_opens_nothing(hall: Hall, odd: str) -> None:
    hall.do(Woken(), Chosen("apply"), Chosen("resume"), Chosen("by_scan"))
    hall.until_step("apply.draft_scan")
    hold(hall, odd, "apply.draft_odd")
    hall.runner.end_visit()
    hall.do(Woken(), Chosen("progress"), Chosen("receipt"))
    hall.until_step("progress.find_receipt")
    hold(hall, odd, "progress.find_other_code", "progress.find_unknown")


def test_another_card_laid_down_in_mid_visit_changes_nothing(hall: Hall, code: str) -> None:
    """Li asks for his own; she lays down her card while his page stands there."""
    hall.do(Woken(), Chosen("apply"), Chosen("resume"), Chosen("by_card"))
    hall.until_step("apply.card")
    hall.hand("card_reader", "place", "li")
    hall.until_step("apply.my_drafts")
    before = hall.runner.position.answers
    hall.take_card()
    hall.hand("card_reader", "place", "hk")
    for _ in range(5):
        hall.runner.pump()
    assert (hall.step, hall.runner.position.answers) == ("apply.my_drafts", before)
