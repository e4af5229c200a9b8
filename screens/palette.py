"""Colours by what they are for, in four contrasts. What is drawn names a role; the theme says which paint that is.

standard: the look of README, texts at 10:1 or more. light and dark: black on white and white on black at 20:1 or more
(VVSG 2.0). vivid: blue, yellow and vermilion, told apart with any kind of colour vision (Okabe and Ito, 2008).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Paint(NamedTuple):
    """Red, green, blue, alpha, each 0 to 1."""

    r: float
    g: float
    b: float
    a: float = 1.0


def paint(code: str) -> Paint:
    """From "#RRGGBB"."""
    return Paint(*(int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)))


class Colour(StrEnum):
    """Roles. An ink stands on the grounds named beside it in INKS_ON."""

    PAPER = "paper"
    CARD = "card"
    INK = "ink"
    SOFT = "soft"
    TEAL = "teal"
    """The ground of main actions and of what is chosen."""
    TEAL_PRESSED = "teal pressed"
    ON_TEAL = "on teal"
    ON_TEAL_SOFT = "on teal soft"
    ACCENT = "accent"
    """Icons, labels and outlines of what can be touched, on paper, card and tint."""
    TINT = "tint"
    TINT_PRESSED = "tint pressed"
    AMBER = "amber"
    AMBER_PRESSED = "amber pressed"
    TROUBLE = "trouble"
    TROUBLE_INK = "trouble ink"
    LINE = "line"
    """Outlines of what can be touched, on paper, card and the ground of keys: 3:1 with each (WCAG 2.2 1.4.11)."""
    QUIET = "quiet"
    """The ground of what is not available now."""
    QUIET_INK = "quiet ink"
    KEYS = "keys"
    """The ground behind a keyboard."""
    HEADER = "header"
    HEADER_PRESSED = "header pressed"
    ON_HEADER = "on header"
    TRACK = "track"
    """What a progress bar fills: decoration, seen beside TEAL."""
    FOCUS = "focus"
    """The frame around what a keypad would press, and FOCUS_EDGE on both sides of it: seen on every ground."""
    FOCUS_EDGE = "focus edge"


INKS_ON: tuple[tuple[Colour, tuple[Colour, ...]], ...] = (
    (Colour.INK, (Colour.PAPER, Colour.CARD, Colour.TINT, Colour.AMBER, Colour.KEYS)),
    (Colour.SOFT, (Colour.PAPER, Colour.CARD, Colour.TINT, Colour.KEYS)),
    (Colour.ACCENT, (Colour.PAPER, Colour.CARD, Colour.TINT)),
    (Colour.ON_TEAL, (Colour.TEAL,)),
    (Colour.ON_TEAL_SOFT, (Colour.TEAL,)),
    (Colour.ON_HEADER, (Colour.HEADER,)),
    (Colour.TROUBLE_INK, (Colour.TROUBLE,)),
    (Colour.QUIET_INK, (Colour.QUIET,)),
)
"""Which inks are written on which grounds: at least 10:1, at least 20:1 in light and dark."""

_ROLES = tuple(Colour)
_STANDARD = (
    "#FAF7F2 #FFFFFF #14202B #2A3642 #0B3F45 #15707A #FFFFFF #F1F8F6 #0A3B41 #E3EFEC #BBD9D3 #F8EBD3 #F0D49B "
    "#FBE9E4 #5A1512 #7F8783 #EFECE6 #2C3640 #E7EAE8 #0B3F45 #15707A #FFFFFF #C9CFCB #F2A900 #14202B"
)
_LIGHT = (
    "#FFFFFF #FFFFFF #000000 #000000 #000000 #333333 #FFFFFF #FFFFFF #000000 #FFFFFF #FFFFB8 #FFFFFF #FFFFB8 "
    "#FFFFFF #000000 #000000 #FFFFFF #000000 #FFFFFF #000000 #333333 #FFFFFF #BBBBBB #FFB000 #000000"
)
_DARK = (
    "#000000 #000000 #FFFFFF #FFFFFF #FFFFFF #CFCFCF #000000 #000000 #FFFFFF #000000 #3A3A3A #000000 #3A3A3A "
    "#000000 #FFFFFF #FFFFFF #000000 #FFFFFF #000000 #000000 #3A3A3A #FFFFFF #555555 #FFB000 #000000"
)
_VIVID = (
    "#FFFFFF #FFFFFF #000000 #1E1E1E #00386B #0060B5 #FFFFFF #FFFFFF #003463 #DCEBFA #A9D1F5 #FFE9A8 #FFD24D "
    "#FFD9C4 #4A1500 #758290 #EEEEEE #262626 #E2E8EE #00386B #0060B5 #FFFFFF #8A97A3 #E69F00 #000000"
)


def _palette(codes: str) -> Mapping[Colour, Paint]:
    return dict(zip(_ROLES, map(paint, codes.split()), strict=True))


PALETTES: Mapping[str, Mapping[Colour, Paint]] = {
    "standard": _palette(_STANDARD),
    "light": _palette(_LIGHT),
    "dark": _palette(_DARK),
    "vivid": _palette(_VIVID),
}
WHITE, BLACK = paint("#FFFFFF"), paint("#000000")
"""What is never recoloured: the QR code, which phones read black on white."""


def contrast(one: Paint, other: Paint) -> float:
    """The contrast ratio of two opaque colours (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Paint) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
