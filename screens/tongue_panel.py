"""Choose what is spoken: the tongues this machine has, each in its own name."""

from collections.abc import Collection

from kiosk.events import Preferred
from kiosk.ports.voice import Tongue
from kiosk.views import Chrome
from screens.controls import button
from screens.hearing import OWN_NAMES
from screens.pen import Pen
from screens.pieces import Box, Column, Piece
from screens.theme import ACCENT


def panel(pen: Pen, chrome: Chrome, spoken_here: Collection[Tongue]) -> Piece:
    """The choices."""
    px = pen.theme.px
    choices = [_choice(pen, tongue, tongue == chrome.preferences.tongue) for tongue in Tongue if tongue in spoken_here]
    return Box(pen, Column(pen, choices, px(4)), padding=(px(6), px(6)), line=ACCENT, rule=pen.theme.rule)


def _choice(pen: Pen, tongue: Tongue, chosen: bool) -> Piece:
    icon = "check" if chosen else "circle-outline"
    made = button(
        pen, OWN_NAMES[tongue], icon=icon, event=Preferred("tongue", tongue.value), main=chosen, name=tongue.value
    )
    made.repeats = True
    return made
