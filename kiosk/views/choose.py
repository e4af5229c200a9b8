"""Views to choose from a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.views.model import View
from kiosk.views.parts import Action, Option

if TYPE_CHECKING:
    from kiosk.texts import Text


@dataclass(frozen=True)
class ChooseView(View):
    """Choose one of several. `tabs` (key, title) switch what is listed; told as Pressed(key)."""

    title: Text
    options: tuple[Option, ...]
    explain: Text = ""
    tabs: tuple[Option, ...] = ()
    tab: str = ""
    actions: tuple[Action, ...] = ()
    empty: Text = ""
    """Said when there are no options."""
    note: Text = ""
    """A small line under the list: "sample data"."""
    progress: Text = ""
    """Which of how many questions it is."""
    given: Text = ""
    """What was picked before, which this goes on from."""
    short: bool = False
    """Whether the options are single words, of which several stand side by side."""


@dataclass(frozen=True)
class SearchView(View):
    """Search as one types: field, results, keyboard. Told as Typed(text) and Chosen(key)."""

    title: Text
    hint: Text
    text: str
    found: Text
    """How many were found, or what to try."""
    options: tuple[Option, ...]
    examples: tuple[Text, ...] = ()
    """Words to try, shown while the field is empty; a touch types them as they are said."""
