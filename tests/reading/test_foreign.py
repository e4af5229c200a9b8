"""Foreign files become pages in a process that may break without harm."""

import io
import os
import resource
import struct
import threading
import time
import zlib

import pytest
from PIL import Image

from kiosk.contract.files import MOST_PAGES, MediaType
from kiosk.ports.page import Concern
from kiosk.reading import child as program
from kiosk.reading.foreign import FileUnreadable, pages_of
from tests.paper import drawn, empty, pdf, png

STOP = threading.Event()


def test_a_photograph_is_one_page_upright_and_without_what_its_camera_wrote() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Marked Camera"
    file = io.BytesIO()
    Image.open(io.BytesIO(drawn(("一",)))).resize((1200, 800)).save(file, "JPEG", exif=exif)
    (page,) = pages_of(file.getvalue(), MediaType.JPEG, STOP)
    assert (page.width_px, page.height_px) == (800, 1200), "turned as it was held"
    assert b"Marked Camera" not in page.jpeg
    assert Image.open(io.BytesIO(page.jpeg)).format == "JPEG"


def test_a_large_photograph_is_made_small() -> None:
    (page,) = pages_of(png((6000, 8000), 200), MediaType.PNG, STOP)
    assert max(page.width_px, page.height_px) == program.SHOWN_PX


def test_what_is_transparent_lies_on_white() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(file, "PNG")
    (page,) = pages_of(file.getvalue(), MediaType.PNG, STOP)
    assert Image.open(io.BytesIO(page.jpeg)).getpixel((50, 50)) == (255, 255, 255)


def test_a_document_is_its_pages_in_order() -> None:
    pages = pages_of(pdf(3), MediaType.PDF, STOP)
    assert len(pages) == 3
    assert len({page.jpeg for page in pages}) == 3
    assert all(abs(page.height_px - program.SHOWN_PX) <= 1 for page in pages)
    assert all(Concern.BLANK not in page.concerns for page in pages)


def test_an_empty_photograph_is_said_to_be_empty() -> None:
    (page,) = pages_of(empty(), MediaType.JPEG, STOP)
    assert Concern.BLANK in page.concerns


def test_of_too_many_pages_the_first_are_shown() -> None:
    begin = time.monotonic()
    assert len(pages_of(pdf(80), MediaType.PDF, STOP)) == MOST_PAGES
    assert time.monotonic() - begin < 45


def bomb_png() -> bytes:
    """A picture of 100,000 x 100,000 pixels in a few kilobytes."""
    packed = zlib.compressobj(9)
    body = b"".join(packed.compress(bytes(12_501 * 1000)) for _ in range(4)) + packed.flush()
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 1, 0, 0, 0, 0)), (b"IDAT", body), (b"IEND", b""))
    parts = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def bomb_pdf() -> bytes:
    """A page whose drawing unpacks to two hundred megabytes."""
    packed = zlib.compressobj(1)
    body = b"".join(packed.compress(b"0 0 m 9 9 l S " * 100_000) for _ in range(150)) + packed.flush()
    head = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length " + str(len(body)).encode() + b"/Filter/FlateDecode>>stream\n"
    )
    return head + body + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"just some text, called .pdf", MediaType.PDF),
        (b"", MediaType.PDF),
        (b"", MediaType.JPEG),
        (b"\xff\xd8\xff" + b"\0" * 1000, MediaType.JPEG),
        (drawn(("一",))[:4000], MediaType.JPEG),
        (pdf(1), MediaType.JPEG),
        (png((9, 9)), MediaType.PDF),
        (pdf(3)[:900], MediaType.PDF),
        (os.urandom(2_000_000), MediaType.PDF),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', MediaType.PNG),
    ],
)
def test_what_is_no_picture_and_no_document(content: bytes, kind: MediaType) -> None:
    with pytest.raises(FileUnreadable) as caught:
        pages_of(content, kind, STOP)
    assert len(str(caught.value)) < 120


def test_bombs_hurt_nobody() -> None:
    with pytest.raises(FileUnreadable):
        pages_of(bomb_png(), MediaType.PNG, STOP)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        pages = pages_of(bomb_pdf(), MediaType.PDF, STOP)
    except FileUnreadable:
        pages = ()
    assert len(pages) <= 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000, "in kB: not in this process"


def test_a_file_that_is_not_wanted_any_more_ends_at_once() -> None:
    stop = threading.Event()
    timer = threading.Timer(0.3, stop.set)
    timer.start()
    begin = time.monotonic()
    with pytest.raises(FileUnreadable):
        pages_of(pdf(300), MediaType.PDF, stop)
    assert time.monotonic() - begin < 2.0
    timer.join()
