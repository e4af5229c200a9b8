"""What is said when a page goes on with something else in it: errors, ticks, pages that come, an address picked step by step."""

from dataclasses import replace

import pytest

from kiosk import words
from kiosk.texts import Text, msg
from kiosk.views.choose import ChooseView
from kiosk.views.fields import FieldKind, FieldView
from kiosk.views.pages import PagesView
from kiosk.views.parts import Fact
from kiosk.views.told import MessageView
from screens.samples import SAMPLES, chrome

from .conftest import Stage
from .listening import Open, ears, listen, told

EN = words.load("en")


def goes_on(opened: Stage, view: object) -> None:
    opened.app.show(view, chrome("en", "M", voice=True))
    opened.robot.frames()


def says(opened: Stage, text: Text) -> bool:
    return opened.robot.until(lambda: EN.say(text) in ears(opened).heard[-1].sentences, 2)


def press(opened: Stage, name: str) -> None:
    opened.app.surface.focus.go_to(opened.robot.find(name))
    opened.app.surface.narrator.focused()
    opened.robot.key("enter")
    assert opened.robot.until(lambda: told(opened) != [], 2)


def test_an_error_is_said_when_it_comes(stage: Open) -> None:
    opened = listen(stage, "field-phone-form")
    view = SAMPLES["field-phone-form"]
    assert isinstance(view, FieldView)
    goes_on(opened, replace(view, error=""))
    press(opened, "next")
    goes_on(opened, view)
    assert says(opened, view.error)


def test_a_number_that_cannot_be_is_said_while_one_types(stage: Open) -> None:
    from kivy.base import EventLoop

    opened = listen(stage, "field-id-wrong")
    goes_on(opened, FieldView(msg("Your number"), "11010519491231002", FieldKind.ID_NUMBER))
    EventLoop.window.dispatch("on_textinput", "1")
    ears(opened).finish()
    assert says(opened, msg("One digit is not right. Please compare with your card."))


@pytest.mark.parametrize(("sample", "key"), [("choose-package", "hygiene"), ("rate-why", "staff")])
def test_what_is_ticked_says_so_and_no_more_that_it_was_pressed(stage: Open, sample: str, key: str) -> None:
    opened = listen(stage, sample)
    view = SAMPLES[sample]
    assert isinstance(view, ChooseView)
    press(opened, key)
    ticked = tuple(replace(one, detail=msg("Chosen")) if one.key == key else one for one in view.options)
    goes_on(opened, replace(view, options=ticked))
    assert says(opened, msg("Chosen"))
    said = len(ears(opened).heard)
    opened.robot.until(lambda: False, 0.15)
    assert len(ears(opened).heard) == said, "not also that it was chosen"


def test_another_page_that_is_chosen_is_said(stage: Open) -> None:
    opened = listen(stage, "pages")
    view = SAMPLES["pages"]
    assert isinstance(view, PagesView)
    press(opened, "page-2")
    goes_on(opened, replace(view, chosen=2))
    assert says(opened, msg("Page {n} of {of} is chosen.", n=3, of=4))


def test_pages_that_come_from_a_telephone_are_said_when_there_is_silence(stage: Open) -> None:
    opened = listen(stage, "material-phone")
    view = SAMPLES["material-phone"]
    assert isinstance(view, MessageView)
    goes_on(opened, replace(view, facts=(Fact(msg("complete"), msg("chosen")),)))
    said = len(ears(opened).heard)
    assert not opened.robot.until(lambda: len(ears(opened).heard) > said, 0.3)
    ears(opened).finish()
    assert opened.robot.until(lambda: len(ears(opened).heard) > said, 2)


def test_an_address_picked_step_by_step_is_a_new_page_each_time(stage: Open) -> None:
    opened = listen(stage, "choose-provinces")
    goes_on(opened, SAMPLES["choose-streets"])
    view = SAMPLES["choose-streets"]
    assert isinstance(view, ChooseView)
    heard = ears(opened).heard[-1].sentences
    assert [EN.say(text) for text in (view.title, view.given, view.explain)] == [*heard[1:4]]
    assert opened.app.surface.focus.current.piece.name == view.options[0].key
