"""Colours, sizes, codes and faces by their numbers."""

from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image

from kiosk import fonts
from kiosk.preferences import CONTRASTS
from kiosk.words import load
from screens.gallery import THEMES
from screens.palette import INKS_ON, PALETTES, Colour, contrast
from screens.pen import BODY, SMALL, Pen
from screens.qr import matrix
from screens.theme import CAPITAL, SIZES

from .conftest import Stage

PRESSED = [
    (Colour.ON_TEAL, Colour.TEAL_PRESSED),
    (Colour.ON_HEADER, Colour.HEADER_PRESSED),
    (Colour.INK, Colour.TINT_PRESSED),
    (Colour.INK, Colour.AMBER_PRESSED),
]
CAPITALS_MM = {"S": (3.5, 4.2), "M": (4.8, 5.6), "L": (6.4, 7.1), "XL": (8.5, 9.0)}


@pytest.mark.parametrize("name", CONTRASTS)
def test_every_ink_stands_out_from_its_grounds(name: str) -> None:
    paints, least = PALETTES[name], 20 if name in ("light", "dark") else 10
    for ink, grounds in INKS_ON:
        for ground in grounds:
            assert contrast(paints[ink], paints[ground]) >= least, (ink, ground)


@pytest.mark.parametrize("name", CONTRASTS)
def test_outlines_of_controls_are_seen(name: str) -> None:
    paints = PALETTES[name]
    for line in (Colour.LINE, Colour.ACCENT):
        for ground in (Colour.PAPER, Colour.CARD, Colour.KEYS):
            assert contrast(paints[line], paints[ground]) >= 3, (line, ground)


@pytest.mark.parametrize("name", CONTRASTS)
def test_what_is_pressed_can_still_be_read(name: str) -> None:
    paints = PALETTES[name]
    for ink, ground in PRESSED:
        assert contrast(paints[ink], paints[ground]) >= 4.5, (ink, ground)


@pytest.mark.parametrize("size", SIZES)
def test_capitals_are_as_high_as_the_standards_ask(size: str) -> None:
    for screen in THEMES.values():
        sized = screen.sized(size)
        low, high = CAPITALS_MM[size]
        for role in ("small", "body"):
            capital = sized.type_px(role) * CAPITAL * sized.width_mm / sized.width_px
            assert low - 0.08 <= capital <= high + 0.08, (role, capital)  # whole pixels


@pytest.mark.parametrize("language", ["zh_CN", "zh_HK", "en"])
def test_lines_are_as_far_apart_as_elder_friendly_rules_ask(language: str) -> None:
    pen = Pen(THEMES["portrait"], load(language))
    assert pen.line_px(BODY) / pen.size_px(BODY) >= 1.3


def test_each_language_has_its_face() -> None:
    theme_ = THEMES["portrait"]
    faces = {code: Pen(theme_, load(code)).face(BODY) for code in ("zh_CN", "zh_HK")}
    assert faces["zh_CN"] == str(fonts.face("zh_CN"))
    assert faces["zh_HK"] != faces["zh_CN"]


def test_rare_names_are_drawn_and_markup_in_data_is_not(stage: Callable[..., Stage]) -> None:
    stage()  # textures need a window
    pen = Pen(THEMES["portrait"], load("zh_CN"))
    plain = pen.texture(["[b]张[/b]"], BODY)
    assert plain.width > pen.texture(["张"], BODY).width * 2
    rare = pen.texture(["欧阳[b]𡠹&"], SMALL)
    assert abs(rare.width - pen.width("欧阳[b]𡠹&", SMALL)) <= 6


def test_qr_codes_can_be_read() -> None:
    data = "https://hall.example.org/t/8Kq2vN4mWc7RtZ"
    modules = matrix(data)
    side = len(modules)
    picture = Image.new("L", (side, side), 255)
    picture.putdata([0 if module else 255 for row in modules for module in row])
    found = zxingcpp.read_barcode(picture.resize((side * 6, side * 6), Image.Resampling.NEAREST))
    assert found is not None
    assert found.text == data
