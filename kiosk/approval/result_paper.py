"""Sets a result document on one A4 page: Chinese and English side by side, with an embedded, subset typeface.

The same document gives the same bytes: nothing of the hour at which it is set is in it.
"""

import logging
import re
from collections.abc import Iterator
from itertools import groupby

import qrcode
from fpdf import FPDF

from kiosk import fonts
from kiosk.approval.result_tables import ResultRow
from kiosk.approval.results import grouped, text_of
from kiosk.texts import LocalText

logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells about every table it drops from a subset

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 24.0
"""In mm."""
POINT = 25.4 / 72
TITLE, BELOW_TITLE, BODY, LABEL, SMALL = 26.0, 14.0, 14.0, 10.0, 9.0
"""Sizes in points."""
LEADING = 1.5
COLUMN, QR_MM = 44.0, 34.0
CHINESE, ENGLISH = "zh_CN", "en"
SAMPLE = "示例，不是正式证件 · SAMPLE, not an official document"


def pdf(row: ResultRow, item: LocalText, public_url: str, sample: bool) -> bytes:
    """The document as a PDF file. `sample`: it says on its face that it is none. Raises SetupError without typefaces."""
    return _Paper(row).set(row, item, public_url, sample)


class _Paper:
    """One page, set from top to bottom."""

    def __init__(self, row: ResultRow) -> None:
        self._pdf = FPDF(format="A4")
        self._pdf.set_auto_page_break(False)
        self._pdf.set_creation_date(row.made_at)
        self._pdf.set_title(text_of(row.title).in_language(CHINESE))
        self._pdf.set_lang("zh-CN")
        self._faces: dict[str, str] = {}
        self._y = 40.0

    def set(self, row: ResultRow, item: LocalText, public_url: str, sample: bool) -> bytes:
        """All of it."""
        self._pdf.add_page()
        self._frame()
        if sample:
            self._centred(SAMPLE, BODY, bold=True)
        title = text_of(row.title)
        self._centred(title.in_language(CHINESE), TITLE, bold=True)
        if title.has(ENGLISH):
            self._centred(title.in_language(ENGLISH), BELOW_TITLE)
        self._y += 10
        for chinese, english, values in _facts(row, item):
            self._fact(chinese, english, values)
        self._verification(row, public_url)
        return bytes(self._pdf.output())

    def _frame(self) -> None:
        for inset, thick in ((12.0, 0.8), (14.0, 0.25)):
            self._pdf.set_line_width(thick)
            self._pdf.rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset)

    def _centred(self, text: str, size: float, bold: bool = False) -> None:
        for line in self._wrapped(text, size, WIDTH - 2 * MARGIN, bold):
            self._y += size * POINT * LEADING
            self._put((WIDTH - self._width(line, size, bold)) / 2, self._y, line, size, bold)

    def _fact(self, chinese: str, english: str, values: tuple[str, ...]) -> None:
        """Labels on the left, what they are about on the right, a hair line below."""
        top = self._y
        self._put(MARGIN, top + 6, chinese, BODY)
        self._put(MARGIN, top + 11, english, LABEL)
        down = top
        for number, value in enumerate(values):
            size = LABEL if number else BODY
            for line in self._wrapped(value, size, WIDTH - 2 * MARGIN - COLUMN, not number):
                self._put(MARGIN + COLUMN, down + 6, line, size, not number)
                down += size * POINT * LEADING
        self._y = max(top + 14, down + 4)
        self._pdf.set_line_width(0.1)
        self._pdf.line(MARGIN, self._y, WIDTH - MARGIN, self._y)
        self._y += 2

    def _verification(self, row: ResultRow, public_url: str) -> None:
        """The code for a telephone at the foot, the same in letters beside it."""
        top = HEIGHT - MARGIN - QR_MM - 6
        address = f"{public_url}/v/{row.code}"
        self._modules(address, MARGIN, top)
        lines = ("扫码核验真伪 · Scan to verify", f"核验码 · Code {grouped(row.code)}", address if public_url else "")
        for number, line in enumerate(filter(None, lines)):
            self._put(MARGIN + QR_MM + 6, top + 8 + number * 7, line, SMALL if number == 2 else LABEL)

    def _modules(self, data: str, left: float, top: float) -> None:
        """Runs of black, sharp at any resolution (ISO/IEC 18004, error correction M)."""
        code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
        code.add_data(data)
        code.make(fit=True)
        rows = code.get_matrix()
        side = QR_MM / len(rows)
        for number, row in enumerate(rows):
            for start, length in _runs(row):
                # a hair higher than it is, so that no renderer leaves white seams
                self._pdf.rect(left + start * side, top + number * side, length * side, side + 0.02, style="F")

    def _put(self, x: float, baseline: float, text: str, size: float, bold: bool = False) -> None:
        for piece, face in fonts.runs(text, CHINESE, bold):
            self._use(str(face), size)
            self._pdf.text(x, baseline, piece)
            x += self._pdf.get_string_width(piece)

    def _width(self, text: str, size: float, bold: bool) -> float:
        """In mm."""
        width = 0.0
        for piece, face in fonts.runs(text, CHINESE, bold):
            self._use(str(face), size)
            width += self._pdf.get_string_width(piece)
        return width

    def _wrapped(self, text: str, size: float, width: float, bold: bool = False) -> list[str]:
        """Lines: broken between Chinese characters, and between words of Latin letters that are not too long for a line."""
        lines = [""]
        for word in re.findall(r"[!-~]{1,40} ?|.", text):
            if lines[-1] and self._width((lines[-1] + word).rstrip(), size, bold) > width:
                lines.append("")
            lines[-1] += word
        return lines

    def _use(self, path: str, size: float) -> None:
        """Select a font file, embedding it at its first use."""
        if path not in self._faces:
            self._faces[path] = f"face{len(self._faces)}"
            self._pdf.add_font(self._faces[path], fname=path)
        self._pdf.set_font(self._faces[path], size=size)


def _facts(row: ResultRow, item: LocalText) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Chinese label, English label, values."""
    yield "事项", "Service item", _both(item)
    yield "持有人", "Holder", (row.holder_name,)
    yield "编号", "Number", (row.sub_case,)
    yield "签发机关", "Issued by", _both(text_of(row.office))
    yield "签发日期", "Date", (f"{row.made_on:%Y-%m-%d}",)
    yield "有效期至", "Valid until", (f"{row.valid_until:%Y-%m-%d}",) if row.valid_until else ("长期", "no end")


def _both(text: LocalText) -> tuple[str, ...]:
    return (text.in_language(CHINESE), text.in_language(ENGLISH)) if text.has(ENGLISH) else (text.in_language(CHINESE),)


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    at = 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            yield at, length
        at += length
