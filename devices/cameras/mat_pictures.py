"""Small pictures of a mat with a page on it, drawn without OpenCV: for the simulated camera and for sample views."""

import math
from functools import lru_cache

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from devices.cameras.sample_pages import HEIGHT, WIDTH, form
from kiosk.ports.camera import Corner, Outline

SIZE = (640, 480)
MAT, TABLE = (42, 44, 46), (230, 228, 226)
SHARE, TURN = 0.86, math.radians(2.5)
OUTSIDE = 0.4
"""How far a page that lies half outside is shifted down, in picture heights."""


def outline() -> Outline:
    """Where the corners of a page that lies well are."""
    wide, high = SIZE
    half_high = SHARE * high / 2
    half_wide = half_high * WIDTH / HEIGHT
    ends = ((-half_wide, -half_high), (half_wide, -half_high), (half_wide, half_high), (-half_wide, half_high))
    one, two, three, four = (_turned(x, y, wide, high) for x, y in ends)
    return one, two, three, four


def _turned(x: float, y: float, wide: int, high: int) -> Corner:
    across = x * math.cos(TURN) - y * math.sin(TURN)
    down = x * math.sin(TURN) + y * math.cos(TURN)
    return 0.5 + across / wide, 0.5 + down / high


@lru_cache(maxsize=16)
def mat(how: str, number: int = 0) -> Image.Image:
    """The mat as seen: "" empty, or with a page that lies in one of the ways of `scene_wire.LOOKS`; "covered"."""
    picture = Image.new("RGB", SIZE, TABLE if how == "white" else MAT)
    if how in ("", "covered"):
        return picture if not how else ImageEnhance.Brightness(picture).enhance(0.1)
    sheet = form(number).resize((round(SHARE * SIZE[1] * WIDTH / HEIGHT), round(SHARE * SIZE[1])))
    turned = sheet.convert("RGBA").rotate(-math.degrees(TURN), Image.Resampling.BICUBIC, expand=True)
    down = round(OUTSIDE * SIZE[1]) if how == "outside" else 0
    picture.paste(turned, ((SIZE[0] - turned.width) // 2, (SIZE[1] - turned.height) // 2 + down), turned)
    return changed(picture, how)


def changed(picture: Image.Image, how: str) -> Image.Image:
    """The picture with what is wrong in one of those ways."""
    if how == "dark":
        return ImageEnhance.Brightness(picture).enhance(0.22)
    if how == "bright":
        return ImageEnhance.Brightness(picture).enhance(1.8)
    if how in ("blurred", "shaking"):
        return picture.filter(ImageFilter.GaussianBlur(picture.width / 160))
    if how == "glare":
        _lamp(picture)
    elif how == "corner":
        _thumb(picture)
    return picture


def _lamp(picture: Image.Image) -> None:
    wide, high = picture.size
    spot = (0.52 * wide, 0.3 * high, 0.62 * wide, 0.46 * high)
    ImageDraw.Draw(picture).ellipse(spot, (255, 255, 255))


def _thumb(picture: Image.Image) -> None:
    wide, high = picture.size
    ImageDraw.Draw(picture).line((0.66 * wide, 0.86 * high, wide, high), (205, 150, 118), round(wide / 20))
