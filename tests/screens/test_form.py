"""Fields of forms by real mouse events on the real renderer: live checks, keyboards, one question after the other."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.events.touches import Chosen, Pressed, Typed
from kiosk.views.fields import FieldKind, FieldView
from kiosk.views.parts import Action
from screens.samples import SAMPLES, chrome

from .conftest import Stage
from .test_keyboard import keys, said, texts

Open = Callable[..., Stage]
NEXT = (Action(Pressed("next"), "Next", main=True),)


def asked(stage: Open, view: FieldView, language: str = "en") -> Stage:
    opened = stage("portrait")
    opened.app.show(view, chrome(language, "M"))
    opened.robot.frames()
    return opened


def test_a_day_is_judged_while_it_is_typed(stage: Open) -> None:
    opened = asked(stage, FieldView("Day", "", FieldKind.DATE, actions=NEXT, longest=8))
    assert "Still 8 digits" in said(opened)
    opened.robot.type("2028")
    assert "Still 4 digits" in said(opened)
    opened.robot.type("13")
    assert "no such day" in said(opened)
    keys(opened, "key-backspace")
    opened.robot.type("2")
    assert "2028-12" in said(opened)
    opened.robot.type("31")
    assert "There is such a day" in said(opened)
    opened.robot.type("9")
    assert texts(opened)[-1] == "20281231"


def test_what_is_found_wrong_after_the_press_is_said_at_the_field(stage: Open) -> None:
    phone = FieldView("Phone", "", FieldKind.PHONE, actions=NEXT)
    opened = asked(stage, phone)
    opened.robot.type("123")
    keys(opened, "next")
    opened.app.show(replace(phone, text="123", error="This is no telephone number."), chrome("en", "M"))
    opened.robot.frames()
    assert "This is no telephone number." in said(opened)
    opened.robot.type("4")
    assert "This is no telephone number." not in said(opened)


def test_a_credit_code_is_judged_while_it_is_typed(stage: Open) -> None:
    opened = asked(stage, FieldView("Code", "", FieldKind.CREDIT_CODE, actions=NEXT, longest=18))
    assert not {"key-i", "key-o", "key-s", "key-v", "key-z"} & set(opened.robot.names())
    opened.robot.type("91110000600037341")
    assert "Still 1 character" in said(opened)
    keys(opened, "key-l")
    assert "91 110000 600037341 L" in said(opened)
    assert "fit together" in said(opened)
    keys(opened, "key-backspace", "key-m")
    assert "One character is not right" in said(opened)
    assert texts(opened)[-1] == "91110000600037341M"


@pytest.mark.parametrize(
    ("kind", "typed", "stands"),
    [
        (FieldKind.PHONE, "+852a61.2", "+852612"),
        (FieldKind.MONEY, "50x000.5+0", "50000.50"),
        (FieldKind.DATE, "2-0", "20"),
    ],
)
def test_only_what_such_an_answer_has_can_be_written(stage: Open, kind: FieldKind, typed: str, stands: str) -> None:
    opened = asked(stage, FieldView("One", "", kind, actions=NEXT))
    for char in typed:
        opened.app.surface.screen.typed(char)
    assert opened.app.surface.screen.writer().text == stands


def test_ten_thousand_characters_are_cut_off_with_a_word(stage: Open) -> None:
    opened = asked(stage, FieldView("Words", "", FieldKind.TEXT, actions=NEXT, longest=20))
    opened.app.surface.screen.typed("字" * 10_000)
    opened.robot.frames()
    assert texts(opened)[-1] == "字" * 20
    assert "No more than 20 characters fit here" in said(opened)
    keys(opened, "key-backspace")
    assert "No more than" not in said(opened)


def test_the_next_question_of_the_same_kind_finds_nothing_of_the_one_before(stage: Open) -> None:
    first = FieldView("Whom for", "", FieldKind.NAME, actions=NEXT, longest=30)
    opened = asked(stage, first)
    keys(opened, "key-a", "key-b", "key-backspace", "key-backspace", "key-c")
    keys(opened, "key-hide")
    opened.app.show(FieldView("Which name", "", FieldKind.NAME, actions=NEXT, longest=2), chrome("en", "M"))
    opened.robot.frames()
    assert opened.app.surface.screen.writer().text == ""
    keys(opened, "key-x", "key-y", "key-z")
    assert texts(opened)[-1] == "xy"
    opened.app.show(FieldView("Whom for", "c", FieldKind.NAME, actions=NEXT, longest=30), chrome("en", "M"))
    opened.robot.frames()
    assert opened.app.surface.screen.writer().text == "c"
    assert Typed("c") in opened.told


def test_a_place_is_picked_by_its_code(stage: Open) -> None:
    opened = stage("portrait")
    opened.app.show(SAMPLES["choose-provinces"], chrome("zh_CN", "M"))
    opened.robot.frames()
    opened.robot.press("44")
    opened.robot.press("440113011")
    assert opened.told == [Chosen("44"), Chosen("440113011")]
