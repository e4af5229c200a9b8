"""Which pictures there are: every value with every other, or a cut in which every two values occur together."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from kiosk.preferences import CONTRASTS, SIZES
from kiosk.views import view_classes
from screens.grading.covering import covering
from screens.grading.moments import MOMENTS
from screens.samples import SAMPLES
from screens.theme import Theme

THEMES: Mapping[str, Theme] = {
    "portrait": Theme(1080, 1920, 268, 476.6, mounting_mm=860),
    "landscape": Theme(1920, 1080, 476.6, 268, mounting_mm=1000),
    "small": Theme(1366, 768, 344, 194, mounting_mm=1050),
}
"""The screens the look is made for: 21.5 inch upright and lying, 15.6 inch lying; hung so high that their upper part
is out of reach from a wheelchair."""
LANGUAGES = ("zh_CN", "zh_HK", "en")
REACHES = ("all", "low", "low-left", "left")
"""The whole screen; the lower part; the same and all of it for the left hand."""


class Setting(NamedTuple):
    """How a visitor wants to be served, on which screen."""

    screen: str
    language: str
    size: str
    contrast: str
    reach: str

    @property
    def low(self) -> bool:
        """Whether everything to touch is in the lower part."""
        return self.reach.startswith("low")

    @property
    def left(self) -> bool:
        """Whether it is for the left hand."""
        return self.reach.endswith("left")

    def __str__(self) -> str:
        return "-".join(self)


def every_setting(languages: Sequence[str] = LANGUAGES) -> Iterator[Setting]:
    """The whole matrix; the left hand in the default and the largest text, where it is tightest."""
    for screen, language, size, reach in product(THEMES, languages, SIZES, REACHES):
        if "left" not in reach:
            yield from (Setting(screen, language, size, contrast, reach) for contrast in CONTRASTS)
        elif size in ("M", "XL"):
            yield Setting(screen, language, size, CONTRASTS[0], reach)


def shown_in(setting: Setting, colours: bool) -> bool:
    """Whether a moment is drawn in a setting; views always are. `colours`: it has colours of its own, which are looked
    at on the whole screen: the reach changes none."""
    if setting.contrast == CONTRASTS[0]:
        return not setting.left
    return colours and not setting.low


class Shown(NamedTuple):
    """One picture to be drawn: a sample at a moment, in a setting."""

    picture: tuple[str, str]
    setting: Setting


def short_cut(languages: Sequence[str] = LANGUAGES) -> list[Shown]:
    """A cut through the matrix: every picture with every value, and every two values, at least once."""
    rows = covering((names(), tuple(THEMES), tuple(languages), SIZES, CONTRASTS, REACHES))
    return [Shown(picture, Setting(*setting)) for picture, *setting in rows]


def views_without_sample() -> list[str]:
    """Classes of views that nobody has given a literal in SAMPLES: the gallery cannot prove them."""
    drawn = {type(view) for view in SAMPLES.values()}
    return [view.__name__ for view in view_classes() if view not in drawn]


def names(only: str = "") -> list[tuple[str, str]]:
    """Pairs of a sample and a moment of it ("" as it comes), by part of their name."""
    pairs = [(sample, "") for sample in SAMPLES]
    pairs += [(sample, name) for name, moment in MOMENTS.items() for sample in moment.samples]
    return [pair for pair in pairs if only in picture_name(*pair)]


def picture_name(sample: str, moment: str) -> str:
    """How a picture is called."""
    return f"{sample}+{moment}" if moment else sample
