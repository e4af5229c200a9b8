"""Icons by their Material Design Icons name, from the font of fonticon-materialdesignicons7 (Apache-2.0)."""

import logging
from functools import cache

from fonticon_mdi7 import MDI7

from kiosk.journal import Shown

log = logging.getLogger(__name__)
FONT: str = MDI7.__font_file__
UNKNOWN = "help-circle-outline"
"""Drawn for a name the font does not have; a test over all literals keeps it off the screens."""


def known(name: str) -> bool:
    """Whether the font has an icon of this name."""
    return hasattr(MDI7, _attribute(name))


@cache
def glyph(name: str) -> str:
    """The character that draws the icon."""
    if not known(name):
        log.warning("there is no icon named %s; a question mark is drawn", Shown(name))
        name = UNKNOWN
    return str(getattr(MDI7, _attribute(name)))[-1]


def _attribute(name: str) -> str:
    return name.replace("-", "_")
