"""Icons by their Material Design Icons name, from the font of fonticon-materialdesignicons7 (Apache-2.0)."""

import logging
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from kiosk import cache
from kiosk.journal import Shown

log = logging.getLogger(__name__)
PACKAGE = Path(str(getattr(find_spec("fonticon_mdi7"), "origin", ""))).parent
FONT = str(PACKAGE / "fonts" / "materialdesignicons-webfont.ttf")
UNKNOWN = "help-circle-outline"
"""Drawn for a name the font does not have; a test over all literals keeps it off the screens."""


def known(name: str) -> bool:
    """Whether the font has an icon of this name."""
    return name in glyphs()


@lru_cache
def glyph(name: str) -> str:
    """The character that draws the icon."""
    if not known(name):
        log.warning("there is no icon named %s; a question mark is drawn", Shown(name))
        name = UNKNOWN
    return glyphs()[name]


@lru_cache
def glyphs() -> Mapping[str, str]:
    """Icon name -> character. The package's own table is a class with 7,000 attributes, so its contents are kept."""
    table: Mapping[str, str] = cache.kept("icons", f"{FONT} {PACKAGE.stat().st_mtime_ns}", _table)
    return table


def _table() -> dict[str, str]:
    from fonticon_mdi7 import MDI7  # noqa: PLC0415  8 ms that only the first start pays

    named = {name: value for name, value in vars(MDI7).items() if isinstance(value, str) and not name.startswith("__")}
    return {name.replace("_", "-"): value[-1] for name, value in named.items()}
