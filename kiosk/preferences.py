"""How one visitor wants to be served: reset to the station's default when the visit ends."""

from dataclasses import dataclass, fields, replace
from typing import get_type_hints

SIZES = ("S", "M", "L", "XL")
CONTRASTS = ("standard", "light", "dark", "vivid")
"""Paper and teal at 10:1 or more; black on white; white on black; one that the colour-blind tell apart."""
PACES = (0.6, 0.8, 1.0, 1.3, 1.7, 2.2)
"""Of the normal pace of speech."""
LOUDNESS = (0.25, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True)
class Preferences:
    """What can be chosen at any time without losing one's place."""

    language: str
    text_size: str = "M"
    contrast: str = "standard"
    low: bool = False
    """Everything to touch stands in the lower part of the screen, for people who sit."""
    left_hand: bool = False
    """What is touched most stands at the left."""
    voice: bool = False
    """Every screen is read aloud."""
    tongue: str = ""
    """The spoken language (kiosk.ports.voice.Tongue); empty: the one that goes with `language`."""
    pace: float = 1.0
    loudness: float = 0.6
    blank: bool = False
    """Nothing is shown, for privacy while listening."""

    def but(self, name: str, value: str | float | bool) -> "Preferences":
        """The same with one choice changed; nobody is left before a blank and silent screen.

        Raises ValueError for what cannot be chosen.
        """
        if name not in {field.name for field in fields(self)}:
            raise ValueError(f"there is no preference {name}")
        if not isinstance(value, _KINDS[name]) or value not in _CHOICES.get(name, (value,)):
            raise ValueError(f"{name} cannot be {value!r}")
        changed = replace(self, **{name: value})
        return changed if changed.voice else replace(changed, blank=False)


_KINDS = get_type_hints(Preferences)
_CHOICES: dict[str, tuple[object, ...]] = {
    "text_size": SIZES,
    "contrast": CONTRASTS,
    "pace": PACES,
    "loudness": LOUDNESS,
}
