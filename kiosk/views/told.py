"""Views that tell: wait, look once more, how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.views.model import View
from kiosk.views.parts import Action, Fact, QrCode, Tone

if TYPE_CHECKING:
    from kiosk.texts import Text


@dataclass(frozen=True)
class WaitView(View):
    """Something is awaited: what, and how long it may take. With `card`, "put your card here" with an arrow down."""

    title: Text
    explain: Text
    icon: str
    expected_s: float | None = None
    """Drawn as progress; None: no idea, a calm sign of life only."""
    points_down: bool = False
    actions: tuple[Action, ...] = ()
    ends_at: float | None = None
    """Where it is known to the second: when on this process's monotonic clock; drawn as a countdown."""


@dataclass(frozen=True)
class ReviewView(View):
    """Look once more before something is done for good."""

    title: Text
    rows: tuple[tuple[Text, Text], ...]
    actions: tuple[Action, ...]
    explain: Text = ""
    icon: str = ""


@dataclass(frozen=True)
class MessageView(View):
    """How something ended, with what to do next. `big`: a ticket number, as large as the screen allows."""

    tone: Tone
    title: Text
    explain: Text = ""
    icon: str = ""
    big: str = ""
    big_note: Text = ""
    facts: tuple[Fact, ...] = ()
    steps: tuple[Text, ...] = ()
    """What to do next, numbered."""
    qr: QrCode | None = None
    actions: tuple[Action, ...] = ()
