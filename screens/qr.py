"""A QR code drawn crisp: whole pixels per module, four modules of quiet zone (ISO/IEC 18004, 6.3.8)."""

import qrcode
from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture

from screens.palette import WHITE
from screens.pen import Pen
from screens.pieces import Piece

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


class Qr(Piece):
    """A QR code at least `side` pixels wide, rounded up to whole pixels per module."""

    def __init__(self, pen: Pen, data: str, side: float) -> None:
        super().__init__(pen)
        self._modules = matrix(data)
        scale = max(2, -(-int(side) // len(self._modules)))
        self._side = float(scale * len(self._modules))

    def natural(self) -> float:
        """Its side."""
        return self._side

    def snug(self) -> float:
        """Its side."""
        return self._side

    def fit(self, width: float) -> float:
        """Square."""
        self.size = (width, self._side)
        return self._side

    def draw(self) -> None:
        """On white."""
        with self.canvas.before:
            Color(*WHITE)
            Rectangle(texture=texture(self._modules), pos=self.pos, size=(self._side, self._side))
