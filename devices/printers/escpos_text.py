"""A document as ESC/POS text in GB18030, for serial lines too slow for pictures.

Hanzi fill 24 dots, Latin characters 12. Only two-byte codes (GBK) go as text: printers have no glyphs for the four-byte
ones, so a line with any other character goes as a picture of that line.
"""

from collections.abc import Callable, Iterator

from PIL import Image

from devices.printers import escpos_bytes as esc
from devices.printers.breaks import wrap
from devices.printers.slip import Paper, text_lines
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

CELL = 12
"""Dots of a Latin character; a hanzi takes two."""


def lines(document: Document, width_dots: int) -> Iterator[bytes]:
    """The document's bytes, line by line."""
    writer = _Writer(Paper(width_dots, document.language))
    yield esc.CHINESE_ON
    for block in document.blocks:
        yield from writer.block(block)
    yield from writer.rule()
    for line in document.footer:
        yield from writer.text(line, centred=True)
    yield esc.CHINESE_OFF


def cells(text: str) -> int:
    """The width of a text in Latin characters."""
    return sum(1 if char.isascii() else 2 for char in text)


class _Writer:
    """Writes blocks for one paper width."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._cells = paper.width // CELL
        self._setters: dict[type[Block], Callable[..., Iterator[bytes]]] = {
            Heading: self._heading,
            Big: lambda big: self.text(big.text, centred=True, strong=True, times=self._largest(big.text)),
            Paragraph: lambda paragraph: self.text(paragraph.text, strong=paragraph.strong),
            Facts: self._facts,
            Items: self._items,
            Qr: self._qr,
            Rule: lambda _rule: self.rule(),
        }

    def block(self, block: Block) -> Iterator[bytes]:
        """One block's bytes."""
        return self._setters[type(block)](block)

    def _largest(self, text: str) -> int:
        """How many times as large: Latin characters up to 5 times, hanzi twice (FS ! knows no more)."""
        return max(2, min(5, self._cells // max(1, cells(text)))) if text.isascii() else 2

    def rule(self) -> Iterator[bytes]:
        """A line of hyphens: every printer has them."""
        yield b"-" * self._cells + b"\n"

    def text(
        self, text: Line, *, centred: bool = False, strong: bool = False, times: int = 1, lead: str = "", hang: int = 0
    ) -> Iterator[bytes]:
        """A text in lines, then its Chinese; `lead` stands before the first line, `hang` cells before the others."""
        style = esc.align(centred) + esc.bold(strong) + esc.size(times)
        room = self._cells // times - max(hang, cells(lead))
        for line in wrap(first(text), room, cells):
            yield from self._line(lead + line, style, centred)
            lead = " " * hang
        if second(text):
            yield from self.text(second(text), centred=centred, lead=" " * hang, hang=hang)

    def _line(self, line: str, style: bytes, centred: bool) -> Iterator[bytes]:
        try:
            yield style + line.encode("gbk") + b"\n"
        except UnicodeEncodeError:
            yield from self._picture(line, centred)

    def _picture(self, line: str, centred: bool) -> Iterator[bytes]:
        for strip in text_lines(line, self._paper.face("body"), self._paper, centred=centred):
            page = Image.new("1", (self._paper.width, strip.height), 0)
            if strip.paint:
                strip.paint(page, 0)
            yield from esc.raster(page)

    def _heading(self, heading: Heading) -> Iterator[bytes]:
        fits = cells(first(heading.text)) * 2 <= self._cells
        times = 2 if heading.level == 1 and fits else 1
        return self.text(heading.text, centred=heading.level == 1, strong=True, times=times)

    def _facts(self, facts: Facts) -> Iterator[bytes]:
        column = min(max((cells(first(label)) for label, _ in facts.rows), default=0) + 2, self._cells // 2)
        for label, value in facts.rows:
            lead = first(label)
            if second(label) or cells(lead) > column - 1:
                yield from self.text(label)
                lead = ""  # it stands above its value
            yield from self.text(value, lead=lead + " " * (column - cells(lead)), hang=column)

    def _items(self, items: Items) -> Iterator[bytes]:
        for number, text in enumerate(items.texts, start=1):
            lead = "[ ] " if items.boxes else f"{number}. " if items.numbered else "- "
            yield from self.text(text, lead=lead, hang=cells(lead))

    def _qr(self, code: Qr) -> Iterator[bytes]:
        yield esc.align(True) + esc.size(1) + esc.qr(code.data.encode(), 6 if self._paper.width >= 500 else 5) + b"\n"
        yield from self.text(code.caption, centred=True)
