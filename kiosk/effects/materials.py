"""To be asked while materials are handed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.effects.model import Effect

if TYPE_CHECKING:
    from kiosk.ports.page import Page
    from kiosk.texts import LocalText


@dataclass(frozen=True)
class OpenPhonePage(Effect):
    """Let a telephone hand in files for a material: PhonePageOpened, PhoneJoined, PhonePages for each file as it
    comes, PhoneFileUnreadable for one that cannot be shown; PhonePageEnded; CentreAway or CentreSaidNo. The page is
    closed when the step is left."""

    title: LocalText


@dataclass(frozen=True, repr=False)
class ReadText(Effect):
    """Read what stands on a page, in a process of its own: TextRead, also when nothing was read."""

    page: Page
