"""A stand-in for a document camera, and a page that was photographed: drawn here, the same every time."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw

from kiosk.ports.camera import Frame, Outline
from kiosk.ports.page import Concern

SIZE = (640, 480)
OUTLINE: Outline = ((0.31, 0.08), (0.71, 0.1), (0.73, 0.92), (0.28, 0.9))
MAT, PAPER, PRINT = (44, 46, 48), (236, 234, 228), (90, 92, 96)


class PretendViewfinder:
    """Always the same page on the same mat. `concerns`: what is said to be wrong with it."""

    def __init__(self, concerns: frozenset[Concern] = frozenset(), *, found: bool = True) -> None:
        self._frame = Frame(1, *SIZE, _mat(), OUTLINE if found else None, concerns)

    def latest(self) -> Frame:
        """The frame."""
        return self._frame


@lru_cache(maxsize=1)
def _mat() -> bytes:
    picture = Image.new("RGB", SIZE, MAT)
    sheet = _page(300, 424)
    wide, high = SIZE
    target = [(x * wide, y * high) for x, y in OUTLINE]
    left, top = min(x for x, _ in target), min(y for _, y in target)
    right, bottom = max(x for x, _ in target), max(y for _, y in target)
    ImageDraw.Draw(picture).polygon(target, PAPER)
    picture.paste(
        sheet.resize((round(right - left - 40), round(bottom - top - 40))), (round(left) + 20, round(top) + 20)
    )
    return picture.tobytes()


def _page(wide: int, high: int) -> Image.Image:
    page = Image.new("RGB", (wide, high), PAPER)
    draw = ImageDraw.Draw(page)
    draw.rectangle((wide * 0.3, high * 0.06, wide * 0.7, high * 0.1), PRINT)
    for at in range(16):
        top = high * (0.16 + at * 0.045)
        draw.rectangle((wide * 0.1, top, wide * (0.9 if at % 4 < 3 else 0.6), top + high * 0.014), PRINT)
    return page


@lru_cache(maxsize=1)
def page_picture() -> bytes:
    """A page as a JPEG file."""
    file = io.BytesIO()
    _page(840, 1188).save(file, "JPEG", quality=85)
    return file.getvalue()
