"""A QR code drawn crisp: whole pixels per module, four modules of quiet zone (ISO/IEC 18004, 6.3.8)."""

import qrcode
from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture

from screens.palette import WHITE
from screens.pen import Pen
from screens.pieces import Square

QUIET = 4


def matrix(data: str) -> list[list[bool]]:
    """The modules, quiet zone included."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=QUIET)
    code.add_data(data)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def texture(modules: list[list[bool]]) -> Texture:
    """One pixel per module, enlarged without blurring."""
    side = len(modules)
    made = Texture.create(size=(side, side), colorfmt="luminance")
    made.mag_filter = made.min_filter = "nearest"
    pixels = bytes(0 if module else 255 for row in reversed(modules) for module in row)
    made.blit_buffer(pixels, colorfmt="luminance", bufferfmt="ubyte")
    return made


class Qr(Square):
    """A QR code at least `side` pixels wide, rounded up to whole pixels per module."""

    def __init__(self, pen: Pen, data: str, side: float) -> None:
        self._modules = matrix(data)
        scale = max(2, -(-int(side) // len(self._modules)))
        super().__init__(pen, float(scale * len(self._modules)))

    def draw(self) -> None:
        """On white."""
        with self.canvas.before:
            Color(*WHITE)
            Rectangle(texture=texture(self._modules), pos=self.pos, size=(self.side, self.side))
