"""Writing into fields: what is judged while it is typed, what is refused, what is kept."""

from kiosk.events.touches import Pressed, Typed
from kiosk.views.fields import FieldKind, FieldView
from tests.screens import measure

from .writing_hands import NEXT, Open, keys, opened_on, said, texts


def id_field(text: str = "") -> FieldView:
    return FieldView("ID number", text, FieldKind.ID_NUMBER, actions=NEXT)


def test_an_id_number_is_judged_while_it_is_typed(stage: Open) -> None:
    opened, _ = opened_on(stage, id_field(), "en")
    assert "Still 18 digits" in said(opened)
    opened.robot.type("11010519491231002")
    assert "110105 19491231 002" in said(opened)
    assert "Still 1 digit" in said(opened)
    keys(opened, "key-x")
    assert "fit together" in said(opened)
    assert texts(opened)[-1] == "11010519491231002X"
    keys(opened, "key-backspace", "key-3")
    assert "One digit is not right" in said(opened)
    keys(opened, "key-4")
    assert texts(opened)[-1] == "110105194912310023"


def test_an_impossible_date_is_said_at_once_and_nothing_moves(stage: Open) -> None:
    opened, _ = opened_on(stage, id_field(), "en")
    before = measure.rect(opened.robot.find("next"))
    opened.robot.type("11010519491331")
    assert "no such date of birth" in said(opened)
    assert measure.rect(opened.robot.find("next")) == before


def test_letters_are_not_told_in_a_field_and_must_be_finished(stage: Open) -> None:
    opened, _ = opened_on(stage, FieldView("Name", "", FieldKind.NAME, actions=NEXT))
    opened.robot.type("mu")
    keys(opened, "next")
    assert opened.told == []
    assert "请先选字" in said(opened)
    keys(opened, "candidate-0", "next")
    assert opened.told == [Typed("木"), Pressed("next")]


def test_an_error_stands_at_the_field_until_the_text_changes(stage: Open) -> None:
    opened, _ = opened_on(stage, FieldView("Phone", "138", FieldKind.DIGITS, error="too short"))
    assert "too short" in said(opened)
    keys(opened, "key-0")
    assert "too short" not in said(opened)
    assert texts(opened) == ["1380"]


def test_a_field_of_digits_takes_nothing_else(stage: Open) -> None:
    from kivy.base import EventLoop

    opened, _ = opened_on(stage, FieldView("Phone", "", FieldKind.DIGITS))
    EventLoop.window.dispatch("on_textinput", "a1木2")
    opened.robot.frames()
    assert texts(opened) == ["12"]
    assert not [name for name in opened.robot.names() if name.startswith("mode-")]


def test_what_was_typed_is_in_no_repr() -> None:
    assert "木" not in repr(FieldView("Name", "木"))
