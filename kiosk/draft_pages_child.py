"""`python -m kiosk.draft_pages_child BYTES PAGES`: a file comes in on standard input, its pages go out as JPEG pictures; the
numbers are the most that it may have.

It gives itself little memory and time first, and ends with status 1 for whatever it cannot read.
"""

import io
import resource
import sys
from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageOps

from kiosk.draft_pages import HEADER, SIDE_PX

MEMORY_BYTES, CPU_S = 1_500_000_000, 20
MOST_PIXELS = 120_000_000
QUALITY = 85


def main() -> int:
    """Read, draw, write."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    most_bytes, most_pages = map(int, sys.argv[1:])
    content = sys.stdin.buffer.read(most_bytes + 1)
    try:
        packed = b"".join(_packed(picture) for picture in _pictures(content, most_bytes, most_pages))
    except (OSError, ValueError, MemoryError, Image.DecompressionBombError, pypdfium2.PdfiumError):
        return 1
    sys.stdout.buffer.write(packed)
    return 0


def _pictures(content: bytes, most_bytes: int, most_pages: int) -> Iterator[Image.Image]:
    if len(content) > most_bytes:
        raise ValueError("too large")
    if content.startswith(b"%PDF"):
        yield from _drawn(pypdfium2.PdfDocument(content), most_pages)
    else:
        picture = ImageOps.exif_transpose(Image.open(io.BytesIO(content), formats=("JPEG", "PNG")))
        picture.thumbnail((SIDE_PX, SIDE_PX))
        yield picture


def _drawn(document: pypdfium2.PdfDocument, most_pages: int) -> Iterator[Image.Image]:
    if len(document) > most_pages:
        raise ValueError("too many pages")
    for page in document:
        yield page.render(scale=SIDE_PX / max(*page.get_size(), 1)).to_pil()


def _packed(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=QUALITY)
    return HEADER.pack(len(out.getvalue()), *picture.size) + out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
