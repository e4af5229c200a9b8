"""Sheets to lay on a simulated scanner: an application form, a certificate, a floor plan. All people and numbers are
invented; the numbers have no valid check digit, so that no person's can be among them."""

import io
from collections.abc import Callable, Mapping

from PIL import Image, ImageDraw, ImageFont

from kiosk import fonts

INK, FAINT, SEAL = (28, 32, 38), (150, 156, 160), (190, 40, 40)
WIDTH_MM, HEIGHT_MM = 210.0, 297.0


class Sheet:
    """A sheet of A4 that is drawn on in millimetres from its upper left corner."""

    def __init__(self, dpi: int, tint: tuple[int, int, int] = (252, 252, 250)) -> None:
        self._scale = dpi / 25.4
        self.image = Image.new("RGB", (round(WIDTH_MM * self._scale), round(HEIGHT_MM * self._scale)), tint)
        self._draw = ImageDraw.Draw(self.image)

    def text(self, x: float, y: float, words: str, size: float = 5.0, colour: tuple[int, int, int] = INK) -> None:
        """Words whose upper left corner is here."""
        face = ImageFont.truetype(str(fonts.face("zh_CN")), max(4, round(size * self._scale)))
        self._draw.text((x * self._scale, y * self._scale), words, font=face, fill=colour)

    def box(self, x: float, y: float, width: float, height: float, thick: float = 0.4) -> None:
        """A rectangle."""
        corners = [side * self._scale for side in (x, y, x + width, y + height)]
        self._draw.rectangle(corners, outline=INK, width=max(1, round(thick * self._scale)))

    def seal(self, x: float, y: float, radius: float) -> None:
        """A round red stamp around a point."""
        corners = [side * self._scale for side in (x - radius, y - radius, x + radius, y + radius)]
        self._draw.ellipse(corners, outline=SEAL, width=max(1, round(self._scale)))
        self.text(x - radius * 0.6, y - 3, "样章", 6, SEAL)

    def jpeg(self, *, colour: bool) -> bytes:
        """As a JPEG file."""
        out = io.BytesIO()
        (self.image if colour else self.image.convert("L")).save(out, "JPEG", quality=85)
        return out.getvalue()


def _form(sheet: Sheet) -> None:
    sheet.text(55, 22, "食品经营许可申请书", 11)
    rows = (
        ("申请人", "欧阳某某"),
        ("经营场所", "小谷围街示例路 1 号"),
        ("主体业态", "餐饮服务经营者"),
        ("联系电话", "000 0000 0000"),
        ("申请日期", "2026 年 11 月 24 日"),
    )
    for number, (term, value) in enumerate(rows):
        y = 50 + 18 * number
        sheet.box(20, y, 45, 18)
        sheet.box(65, y, 125, 18)
        sheet.text(24, y + 5, term)
        sheet.text(70, y + 5, value)
    sheet.text(20, 155, "本人承诺以上内容真实，并愿意承担相应责任。")
    sheet.text(110, 240, "申请人签名：", 6)


def _certificate(sheet: Sheet) -> None:
    sheet.box(12, 12, 186, 273, 1.5)
    sheet.text(62, 45, "健康证明", 20)
    lines = ("姓　　名：欧阳某某", "证书编号：样本 0000 0000", "结　　论：合格", "有效期至：2027 年 11 月 23 日")
    for number, line in enumerate(lines):
        sheet.text(40, 100 + 18 * number, line, 7)
    sheet.seal(145, 230, 22)


def _plan(sheet: Sheet) -> None:
    sheet.text(62, 18, "经营场所平面图", 11)
    sheet.box(25, 50, 160, 190, 1.2)
    for x, y, width, height, name in (
        (25, 50, 70, 80, "厨房"),
        (95, 50, 90, 40, "仓库"),
        (95, 90, 90, 40, "备餐间"),
        (25, 130, 160, 110, "就餐区"),
    ):
        sheet.box(x, y, width, height, 0.7)
        sheet.text(x + width / 2 - 8, y + height / 2 - 3, name, 6)
    sheet.text(25, 250, "比例 1:100", 5, FAINT)


def _blank(_sheet: Sheet) -> None:
    """Nothing lies there: the lid's white."""


SHEETS: Mapping[str, Callable[[Sheet], None]] = {
    "form": _form,
    "certificate": _certificate,
    "plan": _plan,
    "nothing": _blank,
}


def picture(key: str, dpi: int, *, colour: bool) -> tuple[bytes, int, int]:
    """A sheet as a scanner would deliver it: JPEG, width, height. Raises KeyError for one there is not."""
    sheet = Sheet(dpi)
    SHEETS[key](sheet)
    return sheet.jpeg(colour=colour), sheet.image.width, sheet.image.height
