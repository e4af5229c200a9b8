"""What people are told of a page before a camera or out of a scanner: one thing at a time, the most important first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kiosk.ports.page import Concern
from kiosk.texts import Msg, msg


@dataclass(frozen=True)
class Hint:
    """A sentence and the icon that goes with it."""

    text: Msg
    icon: str


HINTS: Mapping[Concern, Hint] = {
    Concern.TOO_DARK: Hint(msg("Too dark. Please do not stand in the light."), "lightbulb-off-outline"),
    Concern.NO_PAGE: Hint(msg("Lay the whole page on the dark mat."), "file-question-outline"),
    Concern.BLANK: Hint(msg("There is nothing on this page. Please turn the paper over."), "file-outline"),
    Concern.MOVING: Hint(msg("Please hold still."), "hand-back-right-outline"),
    Concern.TOO_BRIGHT: Hint(msg("Too bright. Turn the page away from the lamp."), "white-balance-sunny"),
    Concern.CURVED: Hint(msg("Please flatten the page."), "arrow-collapse-vertical"),
    Concern.BLURRED: Hint(msg("The print is not sharp. Please flatten the page, do not move it."), "blur"),
}
"""The order is that of importance."""
GOOD = Hint(msg("The whole page is seen. You can take the picture."), "check-circle-outline")
STARTING = Hint(msg("The camera is starting."), "camera-outline")


def hint(concerns: Collection[Concern]) -> Hint | None:
    """What to say of these; None where nothing is wrong."""
    return next((HINTS[concern] for concern in HINTS if concern in concerns), None)
