"""The views a visit begins with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.views.model import View
from kiosk.views.parts import Option

if TYPE_CHECKING:
    from kiosk.texts import Text


@dataclass(frozen=True)
class AttractView(View):
    """Nobody is here: what this is, in every language, and "touch to begin"."""

    title: Text
    invitation: Text
    offers: tuple[Option, ...]
    """What can be done here, as icons with words; not pressable."""
    languages: tuple[str, ...] = ()
    """Those that title and invitation are said in, beside the one on show."""
    open: bool = True
    """False: no visit can begin now, and `invitation` says why."""


@dataclass(frozen=True)
class HomeView(View):
    """The start of a visit."""

    greeting: Text
    search_hint: Text
    tiles: tuple[Option, ...]
    packages_title: Text
    packages: tuple[Option, ...]
    opening: Text
    """Opening hours today, and whether it is open now."""
