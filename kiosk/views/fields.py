"""The view to write in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.views.model import View
from kiosk.views.parts import Action

if TYPE_CHECKING:
    from kiosk.texts import Text


class FieldKind(StrEnum):
    """What is written into a field; it decides which ways of writing are offered."""

    TEXT = "text"
    NAME = "name"
    """A person's name, with rare characters near at hand."""
    LATIN = "latin"
    """Letters as on a passport."""
    DIGITS = "digits"
    PIN = "pin"
    """Digits that are neither shown nor said."""
    ID_NUMBER = "id number"
    """A citizen's number, judged while it is typed (kiosk.id_number)."""
    CREDIT_CODE = "credit code"
    """A unified social credit code, judged while it is typed (kiosk.credit_code)."""
    DATE = "date"
    """A day as eight digits, judged while it is typed (kiosk.day_digits)."""
    PHONE = "phone"
    """Digits, and the plus of a country."""
    MONEY = "money"
    """Yuan: digits and a point."""


@dataclass(frozen=True, repr=False)
class FieldView(View):
    """One question that is answered by writing. Told as Typed(text) at every change, and as the actions' events.

    What is still being composed is never told; an action pressed meanwhile asks to finish it first.
    """

    title: Text
    text: str
    kind: FieldKind = FieldKind.TEXT
    explain: Text = ""
    hint: Text = ""
    """An example, shown in the field while it is empty."""
    error: Text = ""
    """What is wrong with what stands there, said at the field until it is changed."""
    actions: tuple[Action, ...] = ()
    longest: int = 60
    """How many characters it takes; who writes more is told so."""
    progress: Text = ""
    """Which of how many questions it is."""
    given: Text = ""
    """What was picked before, which this goes on from."""
