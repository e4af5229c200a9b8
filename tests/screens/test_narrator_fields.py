"""What is said while one writes; of what is personal nothing that others may not hear."""

from dataclasses import replace

import pytest
from kivy.base import EventLoop

from kiosk.texts import msg
from kiosk.views.fields import FieldKind, FieldView
from screens.app import BACKSPACE
from screens.samples import SAMPLES, chrome

from .conftest import Stage
from .ears import Ears
from .listening import Open, ears, listen


def _echoes(opened: Stage, awaited: list[str]) -> list[str]:
    """What is said of a k and of its deletion; waited for as long as something else is said last."""
    for name, echo in zip(("key-k", "key-backspace"), awaited, strict=True):
        opened.app.surface.focus.go_to(opened.robot.find(name))
        opened.robot.key("enter")
        opened.robot.until(lambda: ears(opened).heard[-1].text == echo, 3.0)  # noqa: B023  called at once
    return [heard.text for heard in ears(opened).heard[-2:]]


def test_keys_are_echoed(stage: Open) -> None:
    opened = listen(stage, "search-empty")
    assert _echoes(opened, ["k", "Delete"]) == ["k", "Delete"]


def test_a_field_is_named_with_what_stands_in_it(stage: Open) -> None:
    opened = listen(stage, "search-results")
    opened.app.surface.focus.go_to(opened.robot.find("field"))
    opened.app.surface.narrator.focused()
    assert ears(opened).last.startswith(f"Search, input field | Written so far: {SAMPLES['search-results'].text}")


NAME = FieldView(msg("What is your name?"), "", FieldKind.NAME)


def asked(stage: Open, *, private: bool) -> Stage:
    """Somebody who hears, at a field for a name; `private`: through headphones."""
    opened = stage("portrait")
    opened.app.tools.voice = Ears()
    opened.app.show(NAME, replace(chrome("en", "M", voice=True), private=private))
    opened.robot.frames()
    return opened


@pytest.mark.parametrize(("private", "said"), [(False, ["Written", "Deleted"]), (True, ["k", "Delete"])])
def test_keys_of_a_name_are_echoed_in_headphones_only(stage: Open, private: bool, said: list[str]) -> None:
    assert _echoes(asked(stage, private=private), said) == said


@pytest.mark.parametrize(("private", "said"), [(False, ["Written", "Deleted"]), (True, ["o", "Deleted"])])
def test_a_name_typed_on_a_real_keyboard_is_echoed_in_headphones_only(
    stage: Open, private: bool, said: list[str]
) -> None:
    opened = asked(stage, private=private)
    EventLoop.window.dispatch("on_textinput", "o")
    EventLoop.window.dispatch("on_key_down", BACKSPACE, 0, None, [])
    assert [heard.text for heard in ears(opened).heard[-2:]] == said
    before = len(ears(opened).heard)
    EventLoop.window.dispatch("on_key_down", BACKSPACE, 0, None, [])
    assert len(ears(opened).heard) == before, "there was nothing to delete"


def test_a_field_for_a_name_says_how_much_and_not_what(stage: Open) -> None:
    opened = asked(stage, private=False)
    opened.app.show(replace(NAME, text="Li"), replace(chrome("en", "M", voice=True), private=False))
    opened.app.surface.focus.go_to(opened.robot.find("field"))
    opened.app.surface.narrator.focused()
    assert "2 characters are written so far" in ears(opened).last
    assert "Li" not in "".join(heard.text for heard in ears(opened).heard)


def test_a_refused_key_is_not_said_to_be_written(stage: Open) -> None:
    opened = stage("portrait")
    opened.app.tools.voice = Ears()
    opened.app.show(FieldView(msg("Your number"), "", FieldKind.ID_NUMBER), chrome("en", "M", voice=True))
    opened.robot.frames()
    before = len(ears(opened).heard)
    EventLoop.window.dispatch("on_textinput", "木")
    assert len(ears(opened).heard) == before
