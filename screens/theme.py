"""The look in real millimetres: sizes, colours and how they grow with the four text sizes.

Tokens are those of the design sheet (README, "How it looks"); capital heights follow VVSG 2.0 and ADA 707.7.2:
S 3.5-4.2 mm, M 4.8-5.6, L 6.4-7.1, XL 8.5-9.0. Noto's capitals are 0.733 of the type size.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from kiosk.preferences import SIZES, Preferences
from screens.palette import PALETTES, Colour, Paint
from screens.reach import Band, band

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
    "key": (8.4, 9.4, 10.4, 11.7),
}
"""Type size in mm of each kind of text, at S, M, L, XL."""

TARGET_MM = 12.7
"""The smallest side of anything to touch (VVSG 2.0)."""
SHALLOW_MM = 230
"""A lying screen lower than this has no room for a keyboard of large keys below a title and a field."""
GAP_MM = 2.54
"""The smallest gap between two things to touch (VVSG 2.0)."""


RAISED_MM = 60.0
"""From this much room above the page titles stand there."""

PAPER, CARD, INK, SOFT = Colour.PAPER, Colour.CARD, Colour.INK, Colour.SOFT
TEAL, TEAL_PRESSED, ON_TEAL, ON_TEAL_SOFT = Colour.TEAL, Colour.TEAL_PRESSED, Colour.ON_TEAL, Colour.ON_TEAL_SOFT
ACCENT, TINT, TINT_PRESSED = Colour.ACCENT, Colour.TINT, Colour.TINT_PRESSED
AMBER, AMBER_PRESSED = Colour.AMBER, Colour.AMBER_PRESSED
TROUBLE, TROUBLE_INK, LINE = Colour.TROUBLE, Colour.TROUBLE_INK, Colour.LINE
QUIET, QUIET_INK, KEYS, TRACK = Colour.QUIET, Colour.QUIET_INK, Colour.KEYS, Colour.TRACK
HEADER, HEADER_PRESSED, ON_HEADER = Colour.HEADER, Colour.HEADER_PRESSED, Colour.ON_HEADER
FOCUS, FOCUS_EDGE = Colour.FOCUS, Colour.FOCUS_EDGE


@dataclass(frozen=True)
class Theme:
    """The sizes of one screen: its pixels, its real millimetres, and the text size chosen."""

    width_px: int
    height_px: int
    width_mm: float
    height_mm: float
    text_size: str = "M"
    contrast: str = "standard"
    mounting_mm: float = 740
    """From the floor to the lower edge of the picture."""
    low: bool = False
    """Everything to touch in the lower part."""
    left_hand: bool = False

    def preferred(self, preferences: Preferences) -> "Theme":
        """The same screen as somebody wants it."""
        return replace(
            self,
            text_size=preferences.text_size,
            contrast=preferences.contrast,
            low=preferences.low,
            left_hand=preferences.left_hand,
        )

    def paint(self, colour: Colour | Paint) -> Paint:
        """What a role is painted with in this contrast; a paint is itself."""
        return colour if isinstance(colour, Paint) else PALETTES[self.contrast][colour]

    @cached_property
    def band(self) -> Band:
        """The part of the glass the page stands in."""
        return band(self.height_mm, self.mounting_mm, low=self.low)

    @property
    def above_mm(self) -> float:
        """What is left above the page in low reach, for what is only read."""
        return self.height_mm - self.band.top_mm

    @property
    def raised(self) -> bool:
        """Whether titles and explanations stand above the page."""
        return self.low and self.above_mm >= RAISED_MM

    @property
    def named(self) -> bool:
        """Whether the hall's name and the time stand above the page."""
        return self.low and self.above_mm >= self.type_mm("button") * 2

    @property
    def outlined(self) -> bool:
        """Whether grounds look alike, so that every box needs its outline."""
        return self.contrast in ("light", "dark")

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
    def short(self) -> bool:
        """Whether there are few lines on the screen, so that buttons stand beside the text instead of below it."""
        return self.landscape and self.band.height_mm / self.type_mm("body") < 28

    @property
    def shallow(self) -> bool:
        """Whether a keyboard must be as low as its keys may be: few lines, or few millimetres."""
        return self.landscape and (self.short or self.band.height_mm < SHALLOW_MM)

    @property
    def tight(self) -> bool:
        """Whether beside a keyboard there is hardly room for more than its field."""
        return self.short and not self.roomy

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
