"""Invented papers, drawn when they are asked for: what lies under a simulated camera. Nobody is on them."""

from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from kiosk import fonts

WIDTH, HEIGHT = 1240, 1754
"""A4 at 150 dpi."""
INK, BLUE, RED, PAPER = (38, 40, 44), (30, 50, 120), (196, 40, 36), (238, 236, 231)
ROWS = (
    ("经营者姓名", "欧阳试样"),
    ("经营场所", "番禺区小谷围街样例路 9 号"),
    ("经营范围", "餐饮服务（小餐馆）"),
    ("联系电话", "020-0000 0000"),
    ("从业人数", "3 人"),
    ("申请日期", "2026 年 11 月 23 日"),
)
PARAGRAPH = (
    "本表为练习用的样张，所写姓名、地址和电话都是虚构的。",
    "请用黑色或蓝色墨水笔填写，字迹要清楚，不要折叠。",
    "填好以后，把表格平放在深色垫板上，让四个角都看得见。",
)


@lru_cache(maxsize=4)
def form(number: int = 0) -> Image.Image:
    """A filled-in form, A4 upright, RGB; `number` changes what stands on it. Raises SetupError without typefaces."""
    page = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(page)
    draw.text((WIDTH / 2, 150), "个体工商户设立登记申请表", INK, _font(58), anchor="mm")
    draw.text((WIDTH - 120, 230), f"样张第 {number + 1:03d} 号", INK, _font(28), anchor="rm")
    _table(draw, number)
    for at, line in enumerate(PARAGRAPH * 3):
        draw.text((120, 1010 + at * 54), line, INK, _font(30))
    _seal(draw)
    return page


def _table(draw: ImageDraw.ImageDraw, number: int) -> None:
    for at, (term, value) in enumerate(ROWS[number % 2 :] + ROWS[: number % 2]):
        top = 290 + at * 110
        draw.rectangle((120, top, WIDTH - 120, top + 110), outline=INK, width=3)
        draw.line((400, top, 400, top + 110), INK, 3)
        draw.text((150, top + 55), term, INK, _font(34), anchor="lm")
        draw.text((430, top + 55), value, BLUE, _font(38), anchor="lm")


def _seal(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((820, 1480, 1060, 1720), outline=RED, width=8)
    draw.text((940, 1600), "样张", RED, _font(64), anchor="mm")


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts.chinese_face("zh_CN")), size)
