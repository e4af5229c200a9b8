"""The view of a case: where it stands, step by step, what is asked now, what is ready."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.views.model import View
from kiosk.views.parts import Action, Fact, Section, Tone

if TYPE_CHECKING:
    from kiosk.texts import Text


class Mark(StrEnum):
    """Where a step of a case lies: behind, the one it stands at, or still to come. Always with icon and word."""

    PAST = "past"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True)
class TimelineStep:
    """One step: what it is, when it was, which office did it, a remark."""

    title: Text
    mark: Mark
    when: Text = ""
    office: Text = ""
    note: Text = ""


@dataclass(frozen=True)
class TimelineView(View):
    """A case of somebody. `number`: the case number, as large as the room allows; `state`: where it stands, with its `tone`, its
    icon and what that means; `asked`: what the applicant is asked for now, first of all; `sections`: results, post, window."""

    title: Text
    number: str
    tone: Tone
    state: Text
    explain: Text = ""
    icon: str = ""
    facts: tuple[Fact, ...] = ()
    """The day counted and its limits."""
    asked: Section | None = None
    sections: tuple[Section, ...] = ()
    steps: tuple[TimelineStep, ...] = ()
    actions: tuple[Action, ...] = ()
