"""Rounded grounds with an outline as nine-patch textures: one pass per card, smooth corners, exact pixels.

Software rendering is bound by the pixels that are shaded. Two smooth rounded rectangles on a paper-coloured rectangle
shade each card three times (65 ms a page at 1080x1920); a nine-patch on the window's own ground once (a third of it).
"""

from functools import lru_cache

from kivy.graphics import BorderImage, Color
from kivy.graphics.texture import Texture

from screens.palette import Paint


@lru_cache(maxsize=128)
def plate(radius: int, rule: int, fill: Paint, line: Paint | None) -> Texture:
    """The texture: corners of `radius` pixels, an outline of `rule` pixels, two pixels in the middle to be stretched."""
    corner = [[_pixel(x, y, radius, rule, fill, line) for x in range(radius + 1)] for y in range(radius + 1)]
    rows = [row + row[::-1] for row in corner]
    pixels = b"".join(b"".join(row) for row in rows + rows[::-1])
    side = 2 * (radius + 1)
    made = Texture.create(size=(side, side), colorfmt="rgba")
    made.mag_filter = made.min_filter = "nearest"
    made.blit_buffer(pixels, colorfmt="rgba", bufferfmt="ubyte")
    return made


def _pixel(x: int, y: int, radius: int, rule: int, fill: Paint, line: Paint | None) -> bytes:
    """One pixel of a corner, covered by how much of it is inside the circle (straight alpha)."""
    across, down = max(0.0, radius - x - 0.5), max(0.0, radius - y - 0.5)
    depth = radius - (across * across + down * down) ** 0.5
    if x >= radius or y >= radius:
        depth = min(x, y) + 0.5
    inner = _share(depth - rule) if line else 1.0
    edge = line or fill
    share = edge.a * (1 - inner)
    mixed = [part * (1 - share) + outer * share for part, outer in zip(fill[:3], edge[:3], strict=True)]
    return bytes([*(round(part * 255) for part in mixed), round(_share(depth) * fill.a * 255)])


def _share(depth: float) -> float:
    return min(1.0, max(0.0, depth + 0.5))


class Ground:
    """The ground of one box on the canvas; `light()` changes its colour at once."""

    def __init__(self, pos: tuple[float, float], size: tuple[float, float], radius: float, rule: float) -> None:
        self._radius = max(2, min(round(radius), int(min(size) // 2) - 1))
        self._rule = round(rule)
        edge = self._radius + 1
        Color(1, 1, 1, 1)
        self._image = BorderImage(pos=pos, size=size, border=(edge, edge, edge, edge))

    def light(self, fill: Paint, line: Paint | None) -> None:
        """Fill and outline."""
        self._image.texture = plate(self._radius, self._rule, fill, line)
