"""Paper in a simulated ticket printer: takes what the head prints, until it is cut."""

import io

from PIL import Image

from devices.printers.glyphs import Face

DOTS_PER_MM = 8
LINE = 34
"""Dots of a line feed; a character's cell is 24 high."""


class Paper:
    """A strip of paper, `width` dots wide, printed from the top."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._pieces: list[Image.Image] = []
        self.height = 0

    def feed(self, dots: int) -> None:
        """Blank paper."""
        if dots > 0:
            self.add(Image.new("1", (self.width, dots), 0))

    def add(self, picture: Image.Image) -> None:
        """A printed piece, at the left edge; what is wider than the paper is lost, as on a printer."""
        piece = Image.new("1", (self.width, picture.height), 0)
        piece.paste(picture, (0, 0))
        self._pieces.append(piece)
        self.height += picture.height

    def text(self, raw: bytes, *, times: int, bold: bool, centred: bool) -> None:
        """A line in GB18030 with 24-dot hanzi and 12-dot Latin characters."""
        text = raw.decode("gb18030", errors="replace")
        face = Face("zh_CN", 24 * times, bold)
        row = Image.new("1", (self.width, LINE * times), 0)
        x = (self.width - sum(map(_cell, text)) * times) // 2 if centred else 0
        for char in text:
            face.draw(row, x, 24 * times, char)
            x += _cell(char) * times
        self.add(row)

    def ink(self) -> Image.Image:
        """What is on the paper so far: ink is 1."""
        page = Image.new("1", (self.width, max(1, self.height)), 0)
        top = 0
        for piece in self._pieces:
            page.paste(piece, (0, top))
            top += piece.height
        return page

    def picture(self) -> Image.Image:
        """What is on the paper so far: black on white."""
        return self.ink().point([255, *[0] * 255])

    @property
    def blank(self) -> bool:
        """Whether nothing was printed on it."""
        return not any(piece.getbbox() for piece in self._pieces)


def png(picture: Image.Image) -> bytes:
    """A picture as a PNG file."""
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _cell(char: str) -> int:
    return 12 if char.isascii() else 24
