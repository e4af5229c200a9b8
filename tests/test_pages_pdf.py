"""Pages as a PDF file: nothing is encoded again, sizes are those on paper."""

import re
import subprocess

import pytest

from devices.scanners.sample_pages import picture
from kiosk.errors import KioskError
from kiosk.pages_pdf import as_pdf
from kiosk.ports.page import Page


def page(kind: str = "form", dpi: int = 100, *, colour: bool = True, known: bool = True) -> Page:
    return Page(*picture(kind, dpi, colour=colour), dpi if known else None)


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    boxes = re.findall(rb"/MediaBox \[ ?([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) ?\]", pdf)
    return [(float(width), float(height)) for _x, _y, width, height in boxes]


def test_a_page_has_its_size_on_paper():
    assert sizes(as_pdf([page(dpi=150)])) == [(pytest.approx(595.2, abs=0.5), pytest.approx(841.9, abs=0.5))]


def test_the_jpeg_is_embedded_as_it_is():
    shot = page("plan")
    assert shot.jpeg in as_pdf([shot])


def test_a_page_of_unknown_size_fills_a4_upright_or_lying():
    upright = page(known=False)
    from PIL import Image

    lying = Page(_picture(Image.new("RGB", (400, 300), "white")), 400, 300)
    assert sizes(as_pdf([upright, lying])) == [
        (pytest.approx(595.3, abs=0.1), pytest.approx(841.9, abs=0.1)),
        (pytest.approx(841.9, abs=0.1), pytest.approx(595.3, abs=0.1)),
    ]


def test_pages_of_several_kinds_keep_order_and_size():
    pdf = as_pdf([page(dpi=75), page("plan", 100, colour=False), page("certificate", 150)])
    assert len(sizes(pdf)) == 3
    assert sum(pdf.count(name) for name in (b"/DeviceRGB", b"/DeviceGray")) == 3


def test_other_programs_read_it(tmp_path):
    (tmp_path / "pages.pdf").write_bytes(as_pdf([page(dpi=150), page("plan", 100)]))
    told = subprocess.run(["pdfimages", "-list", tmp_path / "pages.pdf"], capture_output=True, text=True, check=True)
    rows = [line.split() for line in told.stdout.splitlines()[2:]]
    assert [(row[3], row[4], row[8]) for row in rows] == [("1240", "1754", "jpeg"), ("827", "1169", "jpeg")]
    text = (tmp_path / "pages.pdf").read_bytes()
    assert b"CreationDate" not in text


@pytest.mark.parametrize("jpeg", [b"", b"no picture", b"\xff\xd8\xff\xd9", picture("form", 75, colour=True)[0][:200]])
def test_what_is_no_picture_is_refused_with_a_sentence(jpeg):
    with pytest.raises(KioskError, match="no whole JPEG"):
        as_pdf([Page(jpeg, 10, 10, 75)])


def test_no_pages_are_no_file():
    with pytest.raises(ValueError, match="at least one"):
        as_pdf([])


def _picture(image) -> bytes:
    import io

    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()
