"""Every sample on every screen: no text is cut, nothing is too small or too close, nothing is a box."""

import os
from collections.abc import Callable
from itertools import product

import pytest

from kiosk.views import VIEWS, AttractView, HomeView
from screens import SCREENS, screen_class
from screens.base import Screen
from screens.gallery import LANGUAGES, THEMES
from screens.samples import SAMPLES, chrome
from screens.theme import SIZES
from tests.screens import measure

from .conftest import Stage

EVERYTHING = list(product(THEMES, LANGUAGES, SIZES))
SOME = [
    *product(["portrait"], LANGUAGES, ["M", "XL"]),
    ("portrait", "zh_CN", "S"),
    ("portrait", "en", "L"),
    ("landscape", "zh_HK", "M"),
    ("landscape", "en", "XL"),
    ("small", "zh_CN", "M"),
    ("small", "zh_HK", "L"),
    ("small", "en", "XL"),
]
"""A cut through all combinations that takes seconds; `KIOSK_GALLERY=all` takes every one."""
CASES = EVERYTHING if os.environ.get("KIOSK_GALLERY") == "all" else SOME


@pytest.mark.parametrize(("screen", "language", "size"), CASES)
def test_every_view_is_whole(stage: Callable[..., Stage], screen: str, language: str, size: str) -> None:
    surface = stage(screen).app.surface
    wrong = {}
    for name, view in SAMPLES.items():
        surface.show(view, chrome(language, size, home=isinstance(view, (AttractView, HomeView))))
        found = [check(surface) for check in CHECKS]
        if any(found):
            wrong[name] = [line for lines in found for line in lines]
    assert wrong == {}


CHECKS = (
    measure.cut_texts,
    measure.outside,
    measure.small_targets,
    measure.close_targets,
    measure.missing_glyphs,
)


def test_with_everything_around(stage: Callable[..., Stage]) -> None:
    """Countdown and banner, and scrolled to the end."""
    surface = stage("small").app.surface
    for name, view in SAMPLES.items():
        surface.show(view, chrome("en", "L", left_s=18, banner="Practice: nothing is really filed."))
        if surface.scroll:
            surface.scroll.scroll_to(surface.scroll.end)
        assert [line for check in CHECKS for line in check(surface)] == [], name


def test_every_view_has_a_screen_and_a_sample() -> None:
    assert set(SCREENS) == set(VIEWS)
    assert {type(view) for view in SAMPLES.values()} == set(VIEWS)
    assert all(issubclass(screen_class(view), Screen) for view in VIEWS)


@pytest.mark.parametrize("screen", list(THEMES))
def test_back_and_home_are_always_at_the_same_place(stage: Callable[..., Stage], screen: str) -> None:
    opened = stage(screen)
    places = set()
    for name, view in SAMPLES.items():
        if not isinstance(view, (AttractView, HomeView)):
            opened.app.surface.show(view, chrome("zh_CN", "M"))
            places.add(tuple(measure.rect(opened.robot.find(one)) for one in ("BackPressed", "HomePressed")))
            assert len(places) == 1, name


def test_the_countdown_moves_nothing(stage: Callable[..., Stage]) -> None:
    opened = stage()
    surface = opened.app.surface
    surface.show(SAMPLES["guide"], chrome("zh_CN", "M"))
    before = {piece.name: measure.rect(piece) for piece, _ in measure.targets(surface)}
    page = surface.scroll
    surface.show(SAMPLES["guide"], chrome("zh_CN", "M", left_s=20))
    after = {piece.name: measure.rect(piece) for piece, _ in measure.targets(surface)}
    assert after.pop("MoreTime")
    assert after == before
    assert surface.scroll is page


def test_something_is_drawn(stage: Callable[..., Stage], tmp_path) -> None:
    from PIL import Image

    opened = stage("small")
    opened.app.show(SAMPLES["home"], chrome("zh_CN", "M", home=True))
    opened.robot.photograph(tmp_path / "home.png")
    with Image.open(tmp_path / "home.png") as picture:
        assert picture.size == (1366, 768)
        assert picture.getpixel((2, 2)) == (0x0B, 0x3F, 0x45)
        assert len(picture.getcolors(1 << 20)) > 100
