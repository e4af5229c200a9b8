"""The look in real millimetres: sizes, colours and how they grow with the four text sizes.

Tokens are those of the design sheet (README, "How it looks"); capital heights follow VVSG 2.0 and ADA 707.7.2:
S 3.5-4.2 mm, M 4.8-5.6, L 6.4-7.1, XL 8.5-9.0. Noto's capitals are 0.733 of the type size.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

SIZES = ("S", "M", "L", "XL")
CAPITAL = 0.733
"""Height of a capital letter of Noto Sans CJK, in type sizes (OS/2 sCapHeight 733/1000)."""

ROLES_MM: Mapping[str, tuple[float, float, float, float]] = {
    "small": (4.9, 6.6, 8.8, 11.7),
    "body": (5.4, 7.4, 9.4, 11.9),
    "button": (6.6, 8.6, 10.4, 12.2),
    "fact": (8.0, 9.8, 11.4, 13.2),
    "tile": (9.0, 11.0, 12.6, 14.4),
    "title": (10.8, 13.0, 14.8, 16.6),
    "hero": (15.0, 18.0, 19.0, 20.0),
    "key": (8.4, 9.4, 10.4, 12.0),
}
"""Type size in mm of each kind of text, at S, M, L, XL."""

TARGET_MM = 12.7
"""The smallest side of anything to touch (VVSG 2.0)."""
GAP_MM = 2.54
"""The smallest gap between two things to touch (VVSG 2.0)."""


class Colour(NamedTuple):
    """Red, green, blue, alpha, each 0 to 1."""

    r: float
    g: float
    b: float
    a: float = 1.0


def _hex(code: str) -> Colour:
    return Colour(*(int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)))


PAPER = _hex("#FAF7F2")
CARD = _hex("#FFFFFF")
INK = _hex("#14202B")
SOFT = _hex("#2A3642")
TEAL = _hex("#0B3F45")
TEAL_PRESSED = _hex("#15707A")
TINT = _hex("#E3EFEC")
TINT_PRESSED = _hex("#BBD9D3")
AMBER = _hex("#F8EBD3")
AMBER_PRESSED = _hex("#F0D49B")
TROUBLE = _hex("#FBE9E4")
TROUBLE_INK = _hex("#5A1512")
LINE = _hex("#C9CFCB")
QUIET = _hex("#EFECE6")
"""The ground of what is not available now."""
QUIET_INK = _hex("#414C56")
KEYS = _hex("#E4E7E5")
WHITE = CARD
ON_TEAL_SOFT = _hex("#E3EFEC")


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two opaque colours (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@dataclass(frozen=True)
class Theme:
    """The sizes of one screen: its pixels, its real millimetres, and the text size chosen."""

    width_px: int
    height_px: int
    width_mm: float
    height_mm: float
    text_size: str = "M"

    def sized(self, text_size: str) -> "Theme":
        """The same screen at another text size; an unknown one is taken as M."""
        return replace(self, text_size=text_size if text_size in SIZES else "M")

    def px(self, mm: float) -> float:
        """Millimetres of the real screen in pixels, whole ones."""
        return float(round(mm * self.width_px / self.width_mm))

    def type_px(self, role: str) -> int:
        """The type size of a kind of text in pixels."""
        return max(1, round(self.type_mm(role) * self.width_px / self.width_mm))

    def type_mm(self, role: str) -> float:
        """The type size of a kind of text in millimetres."""
        return ROLES_MM[role][SIZES.index(self.text_size)]

    @property
    def landscape(self) -> bool:
        """Whether the screen is wider than tall."""
        return self.width_px > self.height_px

    @property
    def roomy(self) -> bool:
        """Whether a page can have two columns side by side: not at XL, and not at L on a small screen."""
        return self.width_mm / self.type_mm("body") >= (38 if self.landscape else 25)

    @property
    def low(self) -> bool:
        """Whether there are few lines on the screen, so that buttons stand beside the text instead of below it."""
        return self.landscape and self.height_mm / self.type_mm("body") < 28

    def sign(self, mm: float) -> float:
        """The side of an icon beside text, in pixels: `mm` at the default text size, growing with the text."""
        return self.px(mm * max(0.9, self.type_mm("body") / 7.4))

    @property
    def margin(self) -> float:
        """The page's margin in pixels: 10 mm."""
        return self.px(10)

    @property
    def gap(self) -> float:
        """The gap between cards in pixels: 6 mm."""
        return self.px(6)

    @property
    def radius(self) -> float:
        """The corner of cards and buttons in pixels: 4.5 mm."""
        return self.px(4.5)

    @property
    def rule(self) -> float:
        """The width of a control's outline in pixels: about 0.5 mm."""
        return max(1.0, self.px(0.5))
