"""What stands around every view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.preferences import Preferences
    from kiosk.texts import Text


@dataclass(frozen=True)
class Chrome:
    """What stands around every view: header, help line, countdown. Changes of it do not rebuild the view."""

    preferences: Preferences
    languages: tuple[str, ...]
    can_back: bool
    can_home: bool
    station: Text
    clock: Text
    help: Text
    enquiry_phone: str
    supervision_phone: str
    remaining_s: int | None = None
    """Seconds until an idle visit ends; None until the warning time has come."""
    can_hear: bool = False
    """Whether the screen can be read aloud here."""
    private: bool = False
    """Whether what is said goes into headphones, so that nobody else hears it."""
    banner: Text = ""
    """A calm line for the whole machine: training mode, no network."""

    @property
    def language(self) -> str:
        """The language of the visit."""
        return self.preferences.language

    @property
    def text_size(self) -> str:
        """The text size of the visit."""
        return self.preferences.text_size
