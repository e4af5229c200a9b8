"""What of a page may stay when the next view comes: its layout, the pen it is written with, the place in its list."""

from kiosk.preferences import Preferences
from kiosk.views.chrome import Chrome
from kiosk.views.model import View

STANDING = ("languages", "can_back", "can_home", "can_hear", "banner", "help", "enquiry_phone", "supervision_phone")
"""What of the chrome decides the layout around the page."""


def stands(before: Chrome | None, after: Chrome) -> bool:
    """Whether a layout made for `before` serves `after` too."""
    return (
        before is not None
        and same_hand(before, after)
        and before.preferences.voice == after.preferences.voice
        and all(getattr(before, name) == getattr(after, name) for name in STANDING)
    )


def same_hand(before: Chrome | None, after: Chrome) -> bool:
    """Whether language, text size, contrast and reach are the same."""
    return before is not None and _hand(before.preferences) == _hand(after.preferences)


def continues(before: View | None, after: View) -> bool:
    """Whether the view is the one on show with other figures: open sections and the place in the list are kept."""
    return type(after) is type(before) and all(
        getattr(after, name, None) == getattr(before, name, None) for name in ("title", "tab", "given", "progress")
    )


def _hand(preferences: Preferences) -> tuple[object, ...]:
    """What decides how a page is written and laid out."""
    p = preferences
    return (p.language, p.text_size, p.contrast, p.low, p.left_hand)
