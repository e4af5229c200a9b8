"""Pages as one PDF file: the JPEGs go in as they are, nothing is encoded again, and each page has its size on paper."""

from collections.abc import Sequence
from io import BytesIO

from kiosk.errors import KioskError
from kiosk.ports.page import Page

A4_MM = (210.0, 297.0)
POINTS_PER_MM = 72 / 25.4


def as_pdf(pages: Sequence[Page], turned: Sequence[int] = ()) -> bytes:
    """A PDF file of these pages, `turned` by so many quarters clockwise. A page whose dpi is known has exactly its size; the
    others fill an upright or lying A4 page as far as their shape allows. The same pages give the same bytes. Raises
    ValueError without pages, KioskError for a page that is no JPEG."""
    made = _made(pages)
    return _turned(made, turned) if any(quarters % 4 for quarters in turned) else made


def _turned(pdf: bytes, quarters: Sequence[int]) -> bytes:
    """Each page says how it is to be shown: its picture stays as it is."""
    import pikepdf  # noqa: PLC0415  comes with img2pdf

    with pikepdf.open(BytesIO(pdf)) as opened:
        for page, turns in zip(opened.pages, quarters, strict=True):
            page.rotate(90 * (turns % 4), relative=True)
        out = BytesIO()
        opened.save(out, deterministic_id=True)
    return out.getvalue()


def _made(pages: Sequence[Page]) -> bytes:
    import img2pdf  # noqa: PLC0415  20 MB that only who scans pays for

    if not pages:
        raise ValueError("a PDF needs at least one page")
    try:
        made: bytes = img2pdf.convert(
            [page.jpeg for page in pages],
            layout_fun=_Layout(pages),
            engine=img2pdf.Engine.internal,
            nodate=True,
            rotation=img2pdf.Rotation.ifvalid,
        )
    except (img2pdf.ImageOpenError, img2pdf.JpegColorspaceError, img2pdf.PdfTooLargeError, OSError) as error:
        raise KioskError("A page cannot be put into a PDF file: it is no whole JPEG picture.") from error
    return made


class _Layout:
    """img2pdf asks for page size and picture size in points, page after page."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._dpis = iter([page.dpi for page in pages])

    def __call__(self, width_px: int, height_px: int, _dpi: object) -> tuple[float, float, float, float]:
        dpi = next(self._dpis)
        if dpi:
            size = (width_px * 72 / dpi, height_px * 72 / dpi)
            return (*size, *size)
        sides = sorted(A4_MM, reverse=width_px > height_px)
        width, height = (side * POINTS_PER_MM for side in sides)
        scale = min(width / width_px, height / height_px)
        return width, height, width_px * scale, height_px * scale
