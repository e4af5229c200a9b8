"""QR codes as pictures (ISO/IEC 18004, error correction M)."""

import qrcode
from PIL import Image

MASK = 3
"""Any mask is readable. Weighing all eight costs six milliseconds, as much as the rest of a slip."""


def modules(data: str) -> list[list[bool]]:
    """The dark modules, without the quiet zone."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0, mask_pattern=MASK)
    code.add_data(data)
    code.make(fit=True)
    return [[bool(dark) for dark in row] for row in code.get_matrix()]


def picture(data: str, side: int) -> Image.Image:
    """A 1-bit picture (dark is 1) of whole dots per module, at most `side` dots wide but at least 3 dots per module."""
    rows = modules(data)
    count = len(rows)
    small = Image.frombytes("L", (count, count), bytes(255 * dark for row in rows for dark in row)).convert(
        "1", dither=Image.Dither.NONE
    )
    scale = max(3, side // count)
    return small.resize((count * scale, count * scale), Image.Resampling.NEAREST)
