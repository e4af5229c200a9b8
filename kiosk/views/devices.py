"""The view of a device."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.views.model import View
from kiosk.views.parts import Action, Tone

if TYPE_CHECKING:
    from kiosk.pictures import Picture
    from kiosk.texts import Text


@dataclass(frozen=True)
class Instruction:
    """One thing to do with the hands: a picture (kiosk.pictures.Picture) and its sentence."""

    picture: Picture
    text: Text


@dataclass(frozen=True)
class DeviceView(View):
    """A device for those who look after it: how it is and since when, what to do as pictures, what was counted."""

    title: Text
    tone: Tone
    state: Text
    since: Text = ""
    icon: str = ""
    explain: tuple[Text, ...] = ()
    """What it reports, a sentence each."""
    steps: tuple[Instruction, ...] = ()
    """What to do, in order."""
    rows: tuple[tuple[Text, Text], ...] = ()
    """What was counted."""
    note: Text = ""
    actions: tuple[Action, ...] = ()
