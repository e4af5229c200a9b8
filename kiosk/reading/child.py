"""The program that looks at pages: `python -m kiosk.reading.child read` or `... render`. It holds pages in memory only, may not
write a file, and ends when its input does.

A request is a line of JSON and so many bytes: {"size": 81234, "type": "image/jpeg"} + the file. "read" answers each with
{"text": "..."}. "render" answers one with {"of": 3, "width": 1240, "height": 1754, "blank": false, "size": 50123} + a JPEG for
each page, then {"end": true}, or {"bad": true} for a file that cannot be shown; it then ends.
"""

import io
import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from PIL import Image, ImageOps

from kiosk.page_judge import is_blank

LEAVES_NO_CORE = 1
MEMORY = {"read": 1_500_000_000, "render": 1_200_000_000}
"""Of address space, in bytes. Tesseract with simplified Chinese takes about 500 MB of it for a page of 200 dpi."""
RENDER_CPU_S = 60
FILES = 64
TESSERACT_S = 25.0
READ_PX = 2480
"""The longer side of a page as it is read: 210 dpi of A4, below which Chinese of 10 points is not read well."""
SHOWN_PX = 1754
"""The longer side of a page of a foreign file: A4 at 150 dpi."""
MOST_PIXELS = 120_000_000
"""Of a foreign picture: what the largest telephones take."""
QUALITY = 85
LANGUAGES = "chi_sim"
"""It knows digits and Latin letters, too."""


def main() -> int:
    """Serve until the input ends."""
    job = sys.argv[1]
    _bound(job)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    answer: Callable[[Mapping[str, Any], bytes], None] = {"read": _read, "render": _render}[job]
    for header, content in _requests(sys.stdin.buffer):
        answer(header, content)
    return 0


def _bound(job: str) -> None:
    """What a broken or hostile file can take at most."""
    bounds = {
        resource.RLIMIT_CORE: LEAVES_NO_CORE,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_AS: MEMORY[job],
        resource.RLIMIT_NOFILE: FILES,
    }
    if job == "render":
        bounds[resource.RLIMIT_CPU] = RENDER_CPU_S
    for what, most in bounds.items():
        resource.setrlimit(what, (most, most))


def _requests(stream: BinaryIO) -> Iterator[tuple[dict[str, Any], bytes]]:
    while line := stream.readline():
        header = json.loads(line)
        content = stream.read(header["size"])
        if len(content) < header["size"]:
            return
        yield header, content


def _tell(content: bytes = b"", **header: object) -> None:
    sys.stdout.buffer.write(json.dumps({**header, "size": len(content)}).encode() + b"\n" + content)
    sys.stdout.buffer.flush()


# --- read ----------------------------------------------------------------------------------------------------


def _read(_header: Mapping[str, Any], content: bytes) -> None:
    """A page that cannot be read says nothing."""
    try:
        picture = _for_reading(content)
        run = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", LANGUAGES, "--psm", "3"],
            input=picture,
            capture_output=True,
            timeout=TESSERACT_S,
            check=False,
        )
        _tell(text=run.stdout.decode(errors="replace"))
    except (OSError, ValueError, MemoryError, Image.DecompressionBombError, subprocess.TimeoutExpired):
        _tell(text="")


def _for_reading(content: bytes) -> bytes:
    """Grey, upright as it lies in the file, small enough to be read in seconds; as a PGM file."""
    with Image.open(io.BytesIO(content), formats=["JPEG"]) as opened:
        opened.draft("L", (READ_PX, READ_PX))
        grey = opened.convert("L")
    grey.thumbnail((READ_PX, READ_PX), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    grey.save(file, "PPM")
    return file.getvalue()


# --- render --------------------------------------------------------------------------------------------------


def _render(header: Mapping[str, Any], content: bytes) -> None:
    """Each page as a JPEG of the screen's size, without anything that was in the file beside its pages."""
    pages = _pdf if header["type"] == "application/pdf" else _picture
    try:
        for of, picture in pages(content, header["most"]):
            _tell_page(of, picture)
        _tell(end=True)
    except Exception:  # noqa: BLE001  a foreign file may break its reader in any way; this process ends with it
        _tell(bad=True)


def _tell_page(of: int, picture: Image.Image) -> None:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=QUALITY)
    blank = is_blank(picture.convert("L"))
    _tell(file.getvalue(), of=of, width=picture.width, height=picture.height, blank=blank)


def _pdf(content: bytes, most: int) -> Iterator[tuple[int, Image.Image]]:
    """Scripts and forms are never started: pages are drawn without form environment."""
    import pypdfium2  # noqa: PLC0415  only for a PDF

    document = pypdfium2.PdfDocument(content)
    count = min(len(document), most)
    for at in range(count):
        page = document[at]
        scale = SHOWN_PX / max(1.0, *page.get_size())
        yield count, page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")


def _picture(content: bytes, _most: int) -> Iterator[tuple[int, Image.Image]]:
    """Upright, as its camera said."""
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as opened:
        opened.draft("RGB", (SHOWN_PX, SHOWN_PX))
        picture = ImageOps.exif_transpose(opened)
        if picture.has_transparency_data:
            ground = Image.new("RGBA", picture.size, "white")
            picture = Image.alpha_composite(ground, picture.convert("RGBA"))
        shown = picture.convert("RGB")
    shown.thumbnail((SHOWN_PX, SHOWN_PX), Image.Resampling.LANCZOS)
    yield 1, shown


if __name__ == "__main__":
    sys.exit(main())
