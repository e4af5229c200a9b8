"""Invented papers for tests of reading and of foreign files: drawn here, with check digits that fit and nobody on them."""

import io
from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageDraw, ImageFont
from stdnum.cn import ric, uscc

from kiosk import fonts
from kiosk.ports.page import Page

A4 = (1654, 2339)
"""At 200 dpi."""
_BASE = "91440113MA5C0RAN2"
CODE = _BASE + uscc.calc_check_digit(_BASE)
_CITIZEN = "44011319580305002"
CITIZEN = _CITIZEN + ric.calc_check_digit(_CITIZEN + "0")
LICENCE = (
    "统一社会信用代码  " + CODE,
    "名    称  试样餐饮服务有限公司",
    "类    型  有限责任公司",
    "住    所  广州市番禺区小谷围街样例路9号",
    "法定代表人  欧阳试样",
    "成立日期  2019年03月05日",
)
CARD = ("姓名  欧阳秀英", "性别  女   民族  汉", "公民身份号码  " + CITIZEN)


@cache
def drawn(lines: Sequence[str], title: str = "") -> bytes:
    """A page with these lines, as a JPEG."""
    page = Image.new("RGB", A4, (250, 249, 246))
    draw = ImageDraw.Draw(page)
    draw.text((A4[0] / 2, 250), title, (30, 30, 34), _font(100), anchor="mm")
    for at, line in enumerate(lines):
        draw.text((200, 480 + at * 110), line, (30, 30, 34), _font(42))
    return _jpeg(page)


def page(lines: Sequence[str], title: str = "") -> Page:
    """The same as a page of a scanner."""
    return Page(drawn(tuple(lines), title), *A4, 200)


def empty(shade: int = 250) -> bytes:
    """A sheet with nothing on it but the scanner's noise and a shadow at its edge."""
    sheet = Image.effect_noise(A4, 8).point(lambda level: max(0, min(255, level - 128 + shade))).convert("RGB")
    ImageDraw.Draw(sheet).rectangle((0, 0, 12, A4[1]), (90, 90, 90))
    return _jpeg(sheet)


def pdf(pages: int) -> bytes:
    """A PDF of so many pages, each with its number large."""
    import fpdf

    document = fpdf.FPDF()
    document.set_font("helvetica", size=160)
    for number in range(1, pages + 1):
        document.add_page()
        document.text(60, 160, str(number))
    return bytes(document.output())


def png(size: tuple[int, int], shade: int = 128) -> bytes:
    """A picture of one shade."""
    file = io.BytesIO()
    Image.new("L", size, shade).save(file, "PNG")
    return file.getvalue()


def _jpeg(page_: Image.Image) -> bytes:
    file = io.BytesIO()
    page_.save(file, "JPEG", quality=85, dpi=(200, 200))
    return file.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont:
    fonts.prepare()
    return ImageFont.truetype(str(fonts.chinese_face("zh_CN")), size)
