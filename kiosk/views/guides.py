"""The view of a guide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.views.model import View
from kiosk.views.parts import Action, Fact, Section

if TYPE_CHECKING:
    from kiosk.texts import Text


@dataclass(frozen=True)
class GuideView(View):
    """A guide one can read standing up: facts large, sections folded."""

    title: Text
    summary: Text
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    actions: tuple[Action, ...]
    note: Text = ""
    marked: Text = ""
    """Where the guide is missing in the visit's language: says so."""
    limits: Text = ""
    """What of the item does not work at this terminal now, and the way around it."""
