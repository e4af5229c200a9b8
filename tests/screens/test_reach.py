"""The band of hands by its numbers, and every control of every sample inside it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.views.start import AttractView, HomeView
from screens.gallery import THEMES
from screens.reach import HIGHEST_MM, LOWEST_MM, PAGE_MM, Band, band
from screens.samples import SAMPLES, chrome
from screens.surface import Surface
from screens.theme import Theme
from tests.screens import measure

from .conftest import Stage
from .crossing import crossed

Open = Callable[..., Stage]

TABLE = [
    # height, mounting, low -> bottom, top
    (708, 600, True, (0, 438.96)),  # 32 inch upright: 62 % of the glass
    (708, 740, True, (0, 438.96)),
    (708, 900, True, (0, 320)),  # 1,220 mm above the floor
    (708, 740, False, (0, 708)),
    (476, 740, True, (0, 295.12)),  # the hall's terminal
    (230.3, 900, True, (0, 168)),  # hall-landscape and village: what a page needs
    (296.4, 850, True, (0, 183.768)),  # campus
    (194, 740, True, (0, 168)),
    (150, 740, True, (0, 150)),  # a glass smaller than a page is used whole
    (476, 1100, True, (0, 168)),  # hung too high: the page stands as low as it can
    (700, 200, False, (180, 700)),  # nothing under 380 mm
    (700, 200, True, (180, 434)),
    (300, 100, True, (132, 300)),  # hung too low: as high as the glass allows
]


@pytest.mark.parametrize(("height", "mounting", "low", "expected"), TABLE)
def test_the_band_follows_from_mounting_and_height(
    height: float, mounting: float, low: bool, expected: tuple[float, float]
) -> None:
    found = band(height, mounting, low=low)
    assert (found.bottom_mm, found.top_mm) == pytest.approx(expected)


def test_a_band_stays_on_the_glass_and_within_reach_wherever_there_is_room() -> None:
    for height in range(150, 1200, 50):
        for mounting in range(0, 1400, 50):
            found = band(height, mounting, low=True)
            assert 0 <= found.bottom_mm < found.top_mm <= height
            assert found.height_mm >= min(height, PAGE_MM)
            if found.height_mm > PAGE_MM:
                assert mounting + found.bottom_mm >= LOWEST_MM
                assert mounting + found.top_mm <= HIGHEST_MM


def outside_the_band(surface: Surface) -> list[str]:
    """Controls that are not within reach, with their place above the floor in mm."""
    theme = surface.pen.theme
    mm, allowed = theme.height_mm / theme.height_px, theme.band
    found = []
    for piece, (_, bottom, _, top) in measure.targets(surface):
        low, high = (bottom - surface.y) * mm, (top - surface.y) * mm
        if low < allowed.bottom_mm - 0.5 or high > allowed.top_mm + 0.5:
            found.append(f"{piece.name}: {low + theme.mounting_mm:.0f} to {high + theme.mounting_mm:.0f} mm")
    return found


HANDS = {"portrait": (("zh_CN", "M"), ("en", "XL")), "landscape": (("zh_HK", "M"), ("en", "XL"))}
HANDS["small"] = HANDS["portrait"]
SHOWN = crossed(SAMPLES, range(2))
CASES = [(screen, hand) for screen in HANDS for hand in range(2)]
CHECKS = (
    outside_the_band,
    measure.cut_texts,
    measure.outside,
    measure.small_targets,
    measure.close_targets,
)


@pytest.mark.parametrize(("screen", "hand"), CASES)
def test_in_low_reach_every_control_stands_in_the_band(stage: Open, screen: str, hand: int) -> None:
    surface = stage(screen).app.surface
    language, size = HANDS[screen][hand]
    wrong = {}
    for name, view in ((name, SAMPLES[name]) for name, *case in SHOWN if case == [screen, hand]):
        around = chrome(language, size, home=isinstance(view, (AttractView, HomeView)), low=True)
        surface.show(view, replace(around, can_hear=True))
        found = [line for check in CHECKS for line in check(surface)]
        if not isinstance(view, AttractView):
            surface.open_display()
            found += outside_the_band(surface)
            surface.close_panel()
        if found:
            wrong[name] = found
    assert wrong == {}, "\n".join(f"{name}: {line}" for name, lines in wrong.items() for line in lines[:12])


def test_the_page_is_lower_than_before_and_leaves_room_to_read(stage: Open) -> None:
    opened = stage("portrait")
    tops = []
    for low in (False, True):
        opened.app.show(SAMPLES["guide"], chrome("zh_CN", "M", low=low))
        tops.append(opened.robot.find("BackPressed").top)
    assert tops[0] - tops[1] == pytest.approx(0.38 * THEMES["portrait"].height_px, abs=3)


def test_a_glass_that_begins_near_the_floor_keeps_its_controls_above_380_mm(stage: Open) -> None:
    theme = replace(THEMES["portrait"], mounting_mm=200)
    opened = stage("portrait", theme=theme)
    opened.app.show(SAMPLES["guide"], chrome("zh_CN", "M"))
    assert theme.band == Band(180, theme.height_mm)
    assert outside_the_band(opened.app.surface) == []
    assert measure.outside(opened.app.surface) == []


def test_where_there_is_no_room_above_the_title_stays_on_the_page() -> None:
    small = Theme(1366, 768, 344, 194, low=True)
    assert (small.raised, small.named) == (False, True)
