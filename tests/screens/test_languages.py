"""Screens in a language that reads from right to left, and catalogue texts that a language lacks."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image

from kiosk import bidi, fonts, words
from kiosk.catalogue.model import Catalogue, ServiceItem
from kiosk.journeys import guide, home
from kiosk.texts import LocalText
from kiosk.views.choose import ChooseView
from kiosk.views.parts import Option
from kiosk.views.start import AttractView, HomeView
from screens.pen import BODY, STRONG, Pen
from screens.pieces import Words
from screens.samples import SAMPLES, chrome
from screens.theme import Theme
from tests.catalogue.records import chinese_only
from tests.screens import measure
from tests.worlds import STATION, catalogue, world

from .conftest import Stage

LANGUAGES = ("zh_CN", "zh_HK", "en", "ar")
CHECKS = (measure.cut_texts, measure.outside, measure.missing_glyphs)


@pytest.fixture(autouse=True)
def _fourth_language(arabic: words.Words) -> None:
    fonts.require(LANGUAGES)


def around(language: str, size: str = "M", *, at_home: bool = False):
    """The chrome of a station with four languages."""
    return replace(chrome(language, size, home=at_home), languages=LANGUAGES)


def said(stage: Stage) -> list[str]:
    """Every text on the surface, as it is drawn in the order of reading."""
    return [bidi.bare(piece.text) for piece in measure.pieces(stage.app.surface) if isinstance(piece, Words)]


@pytest.mark.parametrize(("screen", "size"), [("portrait", "M"), ("landscape", "L"), ("small", "XL")])
def test_every_view_is_whole_in_arabic(stage: Callable[..., Stage], screen: str, size: str) -> None:
    surface = stage(screen).app.surface
    for name, view in SAMPLES.items():
        surface.show(view, around("ar", size, at_home=isinstance(view, (AttractView, HomeView))))
        assert [line for check in CHECKS for line in check(surface)] == [], name


def test_an_arabic_line_stands_at_the_right_as_wide_as_measured(stage: Callable[..., Stage], tmp_path) -> None:
    opened = stage("small")
    opened.app.show(ChooseView("أدلة الخدمات 2026", (Option("a", "بحث"),)), around("ar"))
    title = next(p for p in measure.pieces(opened.app.surface) if isinstance(p, Words) and "2026" in p.text)
    opened.robot.photograph(tmp_path / "page.png")
    left, bottom, right, top = measure.rect(title)
    with Image.open(tmp_path / "page.png") as picture:
        strip = picture.convert("L").crop(
            (round(left), round(picture.height - top), round(right), round(picture.height - bottom))
        )
    drawn = strip.point(lambda grey: 255 * (grey < 128)).getbbox()
    width = title.pen.width(title.text, title.style)
    assert drawn[2] >= right - left - 6
    assert drawn[2] - drawn[0] == pytest.approx(width, abs=8)
    assert drawn[0] > 6


def test_a_pen_knows_its_direction() -> None:
    theme = Theme(1080, 1920, 268, 476.6)
    arabic, english = (Pen(theme, words.load(code)) for code in ("ar", "en"))
    assert (arabic.rtl, english.rtl) == (True, False)
    assert [arabic.side(align) for align in ("left", "center", "right")] == ["right", "center", "left"]
    assert [english.side(align) for align in ("left", "center", "right")] == ["left", "center", "right"]
    assert arabic.width("بحثت", BODY) < sum(arabic.width(letter, BODY) for letter in "بحثت") * 0.8
    assert arabic.line_px(STRONG) >= english.line_px(STRONG), "Chinese finds room in an Arabic line"


def test_words_are_not_divided() -> None:
    pen = Pen(Theme(1080, 1920, 268, 476.6), words.load("ar"))
    text = "استمع إلى النداء على رقمك وتابع شاشة القاعة، من فاته النداء يفقد دوره"
    lines = pen.lines(text, BODY, pen.width(text, BODY) / 4)
    assert len(lines) > 3
    assert " ".join(lines) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_attract_screen_invites_in_every_language_of_the_station(
    stage: Callable[..., Stage], language: str
) -> None:
    opened = stage()
    view = home.attract(home.HomeAnswers(), world(station=replace(STATION, languages=LANGUAGES)))
    opened.app.show(view, around(language, at_home=True))
    shown = said(opened)
    for invitation in ("轻触屏幕开始", "輕觸螢幕開始", "Touch the screen to begin", "المس الشاشة للبدء"):
        assert invitation in shown
    assert measure.missing_glyphs(opened.app.surface) == []


def test_a_station_with_one_language_invites_in_one(stage: Callable[..., Stage]) -> None:
    opened = stage()
    opened.app.show(replace(SAMPLES["attract"], languages=("zh_CN",)), around("zh_CN", at_home=True))
    assert "Touch the screen to begin" not in said(opened)


ITEM = catalogue().items[0]
ONLY = chinese_only(ITEM)


def beginning_with(item: ServiceItem) -> Catalogue:
    """The sample catalogue with another first item. Made anew: a copy would keep what was already looked up in it."""
    parts = {name: getattr(catalogue(), name) for name in Catalogue.model_fields}
    return Catalogue(**{**parts, "items": (item, *parts["items"][1:])})


HALL = world(catalogue=beginning_with(ONLY))
MARKED = {
    "zh_CN": (ONLY.title.root["zh_CN"], None),
    "zh_HK": ("{}（簡體原文）", "本指南只有簡體中文版本，可請服務台講解。"),
    "en": ("{} (in Chinese)", "This guide is only in Chinese. The front desk can explain it."),
    "ar": ("{} (بالصينية)", "هذا الدليل متوفر بالصينية فقط. يمكن لمكتب الاستقبال شرحه لك."),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_item_only_in_chinese_is_marked_in_lists(stage: Callable[..., Stage], language: str) -> None:
    opened = stage()
    opened.app.show(guide.shelf(guide.GuideAnswers(shelf=ITEM.group), HALL), around(language))
    assert MARKED[language][0].format(ONLY.title.root["zh_CN"]) in said(opened)
    assert measure.missing_glyphs(opened.app.surface) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guide_only_in_chinese_says_so_once(stage: Callable[..., Stage], language: str) -> None:
    opened = stage()
    opened.app.show(guide.guide(guide.GuideAnswers(item=ONLY.id), HALL), around(language))
    shown = said(opened)
    line = MARKED[language][1]
    assert shown.count(line) == (1 if line else 0)
    assert ONLY.title.root["zh_CN"] in shown
    assert not any("原文" in text or "(in Chinese)" in text or "(بالصينية)" in text for text in shown if text != line)


def test_one_missing_text_is_marked_beside_the_others(stage: Callable[..., Stage]) -> None:
    item = ITEM.model_copy(update={"summary": LocalText({"zh_CN": "开饭店前要办的证"})})
    hall = replace(HALL, catalogue=beginning_with(item))
    opened = stage()
    opened.app.show(guide.guide(guide.GuideAnswers(item=item.id), hall), around("en"))
    assert "开饭店前要办的证 (in Chinese)" in said(opened)
    assert MARKED["en"][1] not in said(opened)
