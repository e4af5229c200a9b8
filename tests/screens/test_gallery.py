"""A cut through the gallery: every picture with every setting somewhere, all rules; and the gallery itself."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path

import pytest

from kiosk.views import TABLE, view_classes
from kiosk.views.start import AttractView, HomeView
from screens import SCREENS, gallery, screen_class
from screens.base import Screen
from screens.grading import matrix, moments
from screens.grading.covering import covering
from screens.grading.matrix import THEMES, Setting, every_setting, names, short_cut
from screens.grading.studio import Studio
from screens.samples import SAMPLES, chrome
from tests.screens import measure

from .conftest import Stage

CUT = short_cut()
FIRST = 30
"""So many findings are printed: a comparison of thousands takes minutes and gigabytes."""


@pytest.mark.parametrize("screen", list(THEMES))
def test_a_cut_through_the_gallery_breaks_no_rule(screen: str) -> None:
    studio = Studio(screen)
    found = []
    for picture, setting in sorted(shown for shown in CUT if shown.setting.screen == screen):
        drawn = studio.picture(setting, *picture)
        found += [f"{drawn.name} {setting}: {finding}" for finding in drawn.grade.findings]
    studio.close()
    assert not found, "\n".join(found[:FIRST])


TIGHT = [Setting("small", language, size, "standard", "low") for language in ("en", "zh_CN") for size in "SM"]
"""Where field, text, button and keyboard had no room beside each other under the voice's bar."""


@pytest.mark.parametrize("setting", TIGHT, ids=str)
def test_nothing_lies_over_another_on_the_tightest_glass(setting: Setting) -> None:
    studio = Studio(setting.screen)
    found = [
        f"{picture}: {finding}"
        for picture in names("field-")
        for finding in studio.picture(setting, *picture).grade.findings
    ]
    studio.close()
    assert not found, "\n".join(found[:FIRST])


def test_the_cut_has_every_picture_in_every_way() -> None:
    assert {shown.picture for shown in CUT} == set(names())
    values = [set(each) for each in zip(*every_setting(), strict=True)]
    seen = [(shown.picture, *shown.setting) for shown in CUT]
    for at, wanted in enumerate(values, 1):
        assert {(row[0], row[at]) for row in seen} >= set(product(names(), wanted))
    for one, other in combinations(range(5), 2):
        assert {(row[one + 1], row[other + 1]) for row in seen} >= set(product(values[one], values[other]))
    assert len(CUT) < 4.5 * len(names())


def test_a_covering_array_is_smaller_than_the_product() -> None:
    assert len(covering([range(4)] * 5)) <= 30


def test_a_view_without_a_literal_fails_the_gallery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass(frozen=True)
    class LaterView:
        """Nobody has written a sample for it."""

    monkeypatch.setattr(matrix, "view_classes", lambda: (*view_classes(), LaterView))
    out = tmp_path / "gallery"
    part = "--screen small --language en --size M --contrast dark --reach all --only wait-reading --processes 1"
    assert gallery.main([*part.split(), "--out", str(out)]) == 1
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert report["pictures"] == 1
    assert report["rules"]["text-contrast"]["checked"] > 0
    assert [finding["where"] for finding in report["findings"] if finding["rule"] == "samples"] == ["LaterView"]
    assert "LaterView" in (out / "report.html").read_text("utf-8")
    assert len(list(out.glob("small-en-M-dark-all/wait-reading.*"))) == 1
    assert (out / "sheets" / "small-en-M-dark-all.webp").stat().st_size > 1000


def test_at_the_end_of_a_page_the_page_buttons_say_so() -> None:
    studio = Studio("small")
    setting = Setting("small", "en", "M", "standard", "all")
    studio.picture(setting, "choose-long", "end")
    at_the_end = {one.name: one.available for one in studio.shot().pressables if one.name.startswith("page-")}
    studio.picture(setting, "choose-long")
    at_the_start = {one.name: one.available for one in studio.shot().pressables if one.name.startswith("page-")}
    studio.close()
    assert at_the_end == {"page-up": True, "page-down": False}
    assert at_the_start == {"page-up": False, "page-down": True}


def test_a_moment_that_cannot_be_reached_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        moments.MOMENTS, "gone", moments.Moment(("guide",), act=lambda hand: hand.robot.press("no-such"))
    )
    studio = Studio("small")
    found = studio.picture(Setting("small", "en", "M", "standard", "all"), "guide", "gone").grade.findings
    studio.close()
    assert [finding.rule for finding in found if "no-such" in finding.where] == ["moments"]


def test_every_view_has_a_screen_and_a_sample() -> None:
    assert set(SCREENS) == set(TABLE)
    assert matrix.views_without_sample() == []
    assert all(issubclass(screen_class(view), Screen) for view in view_classes())


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
