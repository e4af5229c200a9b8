"""Characters as 1-bit pictures for thermal heads: drawn once per size, then only copied.

FreeType draws a hanzi in about 40 microseconds, copying one takes 2; a slip repeats its characters. Single characters
are kept, never words, so that nothing of a visit stays in memory.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import ClassVar

from PIL import Image, ImageDraw, ImageFont

from kiosk import bidi, fonts

INK_FROM = 104
"""Grey level (0 to 255) from which a dot is burnt: a little below the middle, because thin strokes fade on paper."""
KEPT_BYTES = 8_000_000
"""What all characters that are kept may take; then all are forgotten. A large type's take a hundred times a small one's."""
GLYPH_BYTES = 700
"""What a character takes besides its dots, of which each is a byte in Pillow's memory."""


@dataclass(frozen=True)
class Face:
    """A language's typeface in one size (dots per em) and weight."""

    language: str
    size: int
    bold: bool = False

    def measure(self, text: str) -> float:
        """The width in dots."""
        table = _table(self)
        return sum([table[char].advance for char in bidi.shaped(text)])

    def below(self) -> "Face":
        """The smaller face of the Chinese below a text in this one."""
        return Face(self.language, max(22, round(self.size * 0.78)))

    def draw(self, page: Image.Image, x: float, baseline: int, text: str) -> None:
        """Draw on a 1-bit page whose paper is 0 and ink 1, from `x` on the baseline; `text` in the order of drawing."""
        table = _table(self)
        for char in text:
            glyph = table[char]
            if glyph.mask:
                page.paste(1, (round(x) + glyph.left, baseline + glyph.top), glyph.mask)
            x += glyph.advance


@dataclass(frozen=True, eq=False)
class Glyph:
    """A character's ink (None for spaces), where it goes relative to the pen, and how far the pen moves."""

    mask: Image.Image | None
    left: int
    top: int
    advance: float


@cache
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


class _Table(dict[str, Glyph]):
    """The characters drawn so far in one face."""

    kept: ClassVar[int] = 0
    """Bytes of the characters in all faces."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, char: str) -> Glyph:
        glyph = _glyph(self._face, char)
        _Table.kept += GLYPH_BYTES + (glyph.mask.width * glyph.mask.height if glyph.mask else 0)
        if _Table.kept > KEPT_BYTES:
            _Table.kept = 0
            _table.cache_clear()
            self.clear()
        self[char] = glyph
        return glyph


@lru_cache(maxsize=64)
def _table(face: Face) -> _Table:
    return _Table(face)


def _glyph(face: Face, char: str) -> Glyph:
    ((drawn, path),) = fonts.runs(char, face.language, face.bold)
    font = _font(path, face.size)
    left, top, right, bottom = (int(edge) for edge in font.getbbox(drawn, anchor="ls"))
    advance = font.getlength(drawn)
    if right <= left or bottom <= top:
        return Glyph(None, 0, 0, advance)
    grey = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(grey).text((-left, -top), drawn, font=font, fill=255, anchor="ls")
    return Glyph(grey.point(_THRESHOLD, "1"), left, top, advance)


_THRESHOLD = [255 * (grey >= INK_FROM) for grey in range(256)]
