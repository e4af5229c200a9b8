"""Where people are led when applying does not go on here: a number for a window, the guide, something else to apply for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.events.touches import Pressed
from kiosk.journeys.apply_model import ApplyAnswers
from kiosk.journeys.common import HOME
from kiosk.journeys.guide import GuideAnswers
from kiosk.journeys.guide_onward import queue_for
from kiosk.journeys.model import Goto, Target
from kiosk.texts import msg
from kiosk.views.parts import Action

if TYPE_CHECKING:
    from kiosk.world import World

TAKE_NUMBER = Action(Pressed("ticket"), msg("Take a number instead"), "ticket-confirmation")
READ_GUIDE = Action(Pressed("guide"), msg("Read the guide"), "book-open-page-variant-outline")
CHOOSE_OTHER = Action(Pressed("choose"), msg("Choose something else"), "format-list-bulleted")


def to_ticket(answers: ApplyAnswers, _event: Pressed, world: World) -> Goto:
    """To a person at a window."""
    return queue_for(next(iter(answers.case.items), ""), world)


def to_guide(answers: ApplyAnswers, _event: Pressed, world: World) -> Goto:
    """To what it takes, in words."""
    name = answers.out[0] if answers.out else answers.case.target
    if name in world.catalogue.packages_by_id:
        return Goto("guide.package", GuideAnswers(package=name))
    return Goto("guide.guide", GuideAnswers(item=name))


def choose_again(answers: ApplyAnswers, _event: Pressed, _world: World) -> Goto:
    """From the lists, with nothing of before."""
    return Goto("begin", ApplyAnswers(replace(answers.looking, text="")))


HAND_OVER: dict[str, Target] = {"ticket": to_ticket, "guide": to_guide, "choose": choose_again, "not_now": HOME}
"""Buttons of every page where this does not go on."""
