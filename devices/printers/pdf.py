"""Sets a document on A4 pages as PDF with embedded, subset Chinese typefaces: the same design as the slip, in black.

Every page has the document's title and its number at the top (from the second page on) and the hall at the foot.
"""

import logging
from collections.abc import Callable, Iterator
from functools import partial

from fpdf import FPDF

from devices.printers import qr
from devices.printers.breaks import wrap
from kiosk import bidi, fonts, words
from kiosk.ports.document import (
    Big,
    Block,
    Document,
    Facts,
    Heading,
    Items,
    Line,
    Paragraph,
    Qr,
    Rule,
    first,
    second,
)

logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells about every table it drops from a subset

WIDTH, HEIGHT = 210.0, 297.0
LEFT, TOP, BOTTOM = 20.0, 16.0, 26.0
"""Margins in mm; the bottom one holds the foot."""
POINT = 25.4 / 72
LEADING = 1.5
TITLE, SECTION, BODY, SMALL = 22.0, 15.0, 12.0, 9.5
"""Sizes in points."""
BELOW = 0.8
"""How large the Chinese below a text in another language is."""
BIG = 84.0
QR_MM = 28.0


def pdf(document: Document) -> bytes:
    """The document as a PDF file. Raises SetupError when the typefaces are not there."""
    return _Setter(document).pages()


class _Setter:
    """Sets one document from top to bottom."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._rtl = words.load(document.language).rtl
        self._pdf = FPDF(format="A4")
        self._pdf.set_auto_page_break(False)
        self._pdf.set_title(document.name)
        self._pdf.set_lang(document.language.replace("_", "-"))
        self._faces: dict[str, str] = {}
        self._widths: dict[tuple[str, bool], float] = {}
        self._y = TOP
        self._setters: dict[type[Block], Callable[..., None]] = {
            Heading: self._heading,
            Big: self._big,
            Paragraph: self._paragraph,
            Facts: self._facts,
            Items: self._items,
            Qr: self._qr,
            Rule: lambda _rule: self._line(0.4, 3, 3),
        }

    def pages(self) -> bytes:
        """All pages."""
        self._pdf.add_page()
        for block in self._document.blocks:
            self._setters[type(block)](block)
        for number in range(1, self._pdf.pages_count + 1):
            self._pdf.page = number
            self._head_and_foot(number)
        return bytes(self._pdf.output())

    # --- text ----------------------------------------------------------------------------------------------

    def _use(self, path: str, size: float) -> None:
        """Select a font file, embedding it at its first use."""
        if path not in self._faces:
            self._faces[path] = f"face{len(self._faces)}"
            self._pdf.add_font(self._faces[path], fname=path)
        self._pdf.set_font(self._faces[path], size=size)

    def _measure(self, size: float, bold: bool, text: str) -> float:
        """The width in mm."""
        return sum(self._advance(char, bold) for char in bidi.shaped(text)) * size

    def _advance(self, char: str, bold: bool) -> float:
        """The width of a character in mm at one point."""
        if (char, bold) not in self._widths:
            ((drawn, path),) = fonts.runs(char, self._document.language, bold)
            self._use(str(path), 100)
            self._widths[char, bold] = self._pdf.get_string_width(drawn) / 100
        return self._widths[char, bold]

    def _left(self, x: float, width: float) -> float:
        """Where something `width` mm wide stands that begins `x` mm from the edge where reading starts."""
        return WIDTH - x - width if self._rtl else x

    def _put(self, x: float, baseline: float, text: str, size: float, bold: bool = False) -> None:
        """One line, in the order of drawing, `x` mm from the edge where reading starts."""
        x = self._left(x, self._measure(size, bold, text))
        for piece, path in fonts.runs(text, self._document.language, bold):
            self._use(str(path), size)
            self._pdf.text(x, baseline, piece)
            x += self._pdf.get_string_width(piece)

    def _put_centred(self, baseline: float, text: str, size: float, bold: bool = False) -> None:
        self._put((WIDTH - self._measure(size, bold, text)) / 2, baseline, text, size, bold)

    def _wrapped(self, text: str, size: float, bold: bool, width: float) -> list[str]:
        """The lines of a text, each in the order of drawing."""
        return bidi.visual(wrap(text, width, partial(self._measure, size, bold)), self._rtl)

    def _text(
        self, text: Line, size: float, *, bold: bool = False, x: float = LEFT, width: float = 0.0, keep: float = 0.0
    ) -> None:
        """Lines from the current height down; `keep`: mm that must follow on the same page."""
        lines = self._set(text, size, bold, width or WIDTH - LEFT - x)
        self._need(sum(height for *_, height in lines[:2]) + keep)
        for line, line_size, line_bold, height in lines:
            self._need(height)
            self._put(x, self._y + height * 0.72, line, line_size, line_bold)
            self._y += height

    def _set(self, text: Line, size: float, bold: bool, width: float) -> list[tuple[str, float, bool, float]]:
        """A text as lines with size, weight and height in mm; its Chinese, if it has one, smaller below."""
        small = size * BELOW
        lines = [(line, size, bold, size * POINT * LEADING) for line in self._wrapped(first(text), size, bold, width)]
        if second(text):
            below = self._wrapped(second(text), small, False, width)
            lines += [(line, small, False, small * POINT * LEADING) for line in below]
        return lines

    def _need(self, height: float) -> None:
        """Begin a new page where `height` mm do not fit any more."""
        if self._y + height > HEIGHT - BOTTOM:
            self._pdf.add_page()
            self._y = TOP + 6

    # --- blocks --------------------------------------------------------------------------------------------

    def _heading(self, heading: Heading) -> None:
        if heading.level == 1:
            self._text(heading.text, TITLE, bold=True)
            self._line(0.8, 2, 5)
        else:
            self._y += 4
            self._text(heading.text, SECTION, bold=True, keep=18)
            self._line(0.25, 0.6, 2.5)

    def _big(self, big: Big) -> None:
        size = min(BIG, (WIDTH - 2 * LEFT) / max(0.01, self._measure(1, True, big.text)))
        height = size * POINT
        self._need(height * 1.2)
        self._put_centred(self._y + height * 0.95, big.text, size, bold=True)
        self._y += height * 1.2

    def _paragraph(self, paragraph: Paragraph) -> None:
        self._text(paragraph.text, SMALL if paragraph.small else BODY, bold=paragraph.strong)
        self._y += 1.5

    def _facts(self, facts: Facts) -> None:
        widest = max((self._label_width(label) for label, _ in facts.rows), default=0.0)
        column = min(widest + 8, (WIDTH - 2 * LEFT) * 0.4)
        for label, value in facts.rows:
            self._fact(label, value, column)
        self._y += 2

    def _label_width(self, label: Line) -> float:
        return max(self._measure(BODY, False, first(label)), self._measure(BODY * BELOW, False, second(label)))

    def _fact(self, label: Line, value: Line, column: float) -> None:
        """Label and value side by side, whichever is longer, above a hair line."""
        labels = self._set(label, BODY, False, column - 4)
        values = self._set(value, BODY, True, WIDTH - 2 * LEFT - column)
        self._need(max(sum(height for *_, height in lines) for lines in (labels, values)) + 2)
        top = self._y
        ends = [self._column(lines, x, top) for lines, x in ((labels, LEFT), (values, LEFT + column))]
        self._y = max(ends)
        self._line(0.1, 0.6, 1.2)

    def _column(self, lines: list[tuple[str, float, bool, float]], x: float, top: float) -> float:
        """Lines from `top` down; returns where they end."""
        for line, size, bold, height in lines:
            self._put(x, top + height * 0.72, line, size, bold)
            top += height
        return top

    def _items(self, items: Items) -> None:
        indent = 8.0 if items.boxes else 7.0
        for number, text in enumerate(items.texts, start=1):
            self._need(BODY * POINT * LEADING * 2)
            top = self._y
            self._mark(items, number, top)
            self._text(text, BODY, x=LEFT + indent)
            self._y += 1.0
        self._y += 1.5

    def _mark(self, items: Items, number: int, top: float) -> None:
        height = BODY * POINT * LEADING
        if items.boxes:
            self._pdf.set_line_width(0.35)
            self._pdf.rect(self._left(LEFT + 0.2, 4.4), top + height * 0.72 - 3.9, 4.4, 4.4)
        elif items.numbered:
            self._put(LEFT, top + height * 0.72, f"{number}.", BODY)
        else:
            self._pdf.ellipse(self._left(LEFT + 1.6, 1.3), top + height * 0.38, 1.3, 1.3, style="F")

    def _qr(self, code: Qr) -> None:
        lines = self._set(code.caption, BODY, False, WIDTH - 2 * LEFT - QR_MM - 8)
        self._y += 4
        self._need(QR_MM)
        self._modules(code.data)
        self._column(lines, LEFT + QR_MM + 8, self._y + (QR_MM - sum(height for *_, height in lines)) / 2)
        self._y += QR_MM + 4

    def _modules(self, data: str) -> None:
        """The code as runs of black, sharp at any resolution."""
        rows = qr.modules(data)
        side, left = QR_MM / len(rows), self._left(LEFT, QR_MM)
        for number, row in enumerate(rows):
            for start, length in _runs(row):
                # a hair wider than it is, so that no renderer leaves white seams
                self._pdf.rect(left + start * side, self._y + number * side, length * side, side + 0.02, style="F")

    def _line(self, thick: float, before: float, after: float) -> None:
        self._y += before
        self._pdf.set_line_width(thick)
        self._pdf.line(LEFT, self._y, WIDTH - LEFT, self._y)
        self._y += after

    # --- every page ----------------------------------------------------------------------------------------

    def _head_and_foot(self, number: int) -> None:
        # fpdf2 writes a font only when it differs from the one before, on whatever page that was
        self._use(str(fonts.face(self._document.language)), 1)
        title = next((first(block.text) for block in self._document.blocks if isinstance(block, Heading)), "")
        if number > 1:
            self._put(LEFT, TOP - 4, self._wrapped(title, SMALL, False, WIDTH - 2 * LEFT)[0], SMALL)
            self._rule_at(TOP - 1.5)
        self._rule_at(HEIGHT - BOTTOM + 6)
        for line, text in enumerate(bidi.visual(list(self._document.footer[:3]), self._rtl)):
            self._put(LEFT, HEIGHT - BOTTOM + 10.5 + line * 4.2, text, SMALL)
        page = f"{number} / {self._pdf.pages_count}"
        self._put(WIDTH - LEFT - self._measure(SMALL, False, page), HEIGHT - BOTTOM + 10.5, page, SMALL)

    def _rule_at(self, y: float) -> None:
        self._pdf.set_line_width(0.2)
        self._pdf.line(LEFT, y, WIDTH - LEFT, y)


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    start = 0
    for at, dark in enumerate([*row, False]):
        if not dark:
            if at > start:
                yield start, at - start
            start = at + 1
