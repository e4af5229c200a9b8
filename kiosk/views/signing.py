"""The view to sign on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.views.model import View
from kiosk.views.parts import Action

if TYPE_CHECKING:
    from kiosk.ports.writing import Stroke
    from kiosk.texts import Text


@dataclass(frozen=True, repr=False)
class SignView(View):
    """Sign with a finger. Told as Signed(strokes) after every stroke, undo and clear, and as the actions' events.

    The main action is offered only while the strokes can be taken for a signature (kiosk.signature.judge). Who cannot sign by
    hand needs another way: without one the view cannot be made.
    """

    title: Text
    statement: Text
    """What is signed, word for word."""
    actions: tuple[Action, ...]
    strokes: tuple[Stroke, ...] = ()
    """As they were told, in widths of the field, y downwards."""
    explain: Text = ""

    def __post_init__(self) -> None:
        if not any(action.available and not action.main for action in self.actions):
            raise ValueError("a page to sign on needs another way for people who cannot sign by hand")
