"""Choose what is spoken: the tongues this machine has, each in its own name."""

from collections.abc import Callable, Collection

from kiosk.events.touches import Preferred
from kiosk.ports.voice import Tongue
from kiosk.texts import msg
from screens.controls import button
from screens.hearing import OWN_NAMES
from screens.panel import Choices, Panel
from screens.pen import Pen
from screens.touch import Pressable


def panel(pen: Pen, now: Tongue | None, spoken_here: Collection[Tongue], close: Callable[[], None]) -> Panel:
    """The choices; `now` is spoken at present."""
    choices = [_choice(pen, tongue, tongue is now) for tongue in Tongue if tongue in spoken_here]
    return Panel(pen, msg("Spoken language"), [Choices(pen, choices)], close)


def _choice(pen: Pen, tongue: Tongue, chosen: bool) -> Pressable:
    icon = "check" if chosen else "circle-outline"
    made = button(
        pen, OWN_NAMES[tongue], icon=icon, event=Preferred("tongue", tongue.value), main=chosen, name=tongue.value
    )
    made.repeats = True
    return made
