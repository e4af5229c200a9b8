"""Sets a document on a paper roll: a 1-bit picture at 203 dpi (8 dots per millimetre), ink 1, paper 0.

Title, the one important thing large, facts, QR code with a sentence that says what it opens, hall and phone at the foot.
A document becomes a column of `Strip`s: how high, and how to draw itself at a height. Nothing here does I/O.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PIL import Image, ImageDraw

from devices.printers import qr
from devices.printers.breaks import balanced, wrap
from devices.printers.glyphs import Face
from kiosk import bidi, words
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

WIDE = 500
"""From this many dots on, a QR code stands beside its caption instead of above it."""
DOTS_PER_MM = 8

Painter = Callable[[Image.Image, int], None]


@dataclass(frozen=True)
class Strip:
    """A piece of the column: its height in dots, and how to draw it below `top`. None: blank paper."""

    height: int
    paint: Painter | None = None


@dataclass(frozen=True)
class Paper:
    """A roll's printable width in dots, and sizes that suit it."""

    width: int
    language: str

    @property
    def margin(self) -> int:
        return 8 if self.width >= WIDE else 4

    @property
    def inner(self) -> int:
        return self.width - 2 * self.margin

    @property
    def rtl(self) -> bool:
        """Whether the language reads from right to left: everything then starts at the right edge."""
        return words.load(self.language).rtl

    def left(self, x: float, width: float) -> float:
        """Where something `width` dots wide stands that begins `x` dots from the edge where reading starts."""
        return self.width - x - width if self.rtl else x

    def face(self, role: str) -> Face:
        """The typeface of a role, in dots per em."""
        wide, narrow, bold = ROLES[role]
        return Face(self.language, wide if self.width >= WIDE else narrow, bold)


ROLES: dict[str, tuple[int, int, bool]] = {
    "title": (38, 34, True),
    "section": (30, 28, True),
    "body": (27, 25, False),
    "strong": (27, 25, True),
    "small": (23, 22, False),
}
BIG_LARGEST = 176
BIG_SMALLEST = 40  # a case number on the narrowest paper


def render(document: Document, width_dots: int) -> Image.Image:
    """The whole slip, `width_dots` wide. Raises SetupError when the typefaces are not there."""
    strips = layout(document, Paper(width_dots, document.language))
    page = Image.new("1", (width_dots, max(1, sum(strip.height for strip in strips))), 0)
    top = 0
    for strip in strips:
        if strip.paint:
            strip.paint(page, top)
        top += strip.height
    return page


def warm_up(width_dots: int, language: str) -> None:
    """Load the typefaces and the most used characters, so that the first slip is as quick as the others."""
    digits = "0123456789:-."
    blocks = (Heading("取号"), Big(f"A{digits}"), Facts(((digits, digits),)), Paragraph(digits, small=True))
    render(Document("warm-up", language, blocks), width_dots)


def layout(document: Document, paper: Paper) -> list[Strip]:
    """The document as strips from top to bottom."""
    strips = [Strip(12)]
    for at, block in enumerate(document.blocks):
        centred = _beside_big(document.blocks, at)
        strips += (
            _paragraph(block, paper, centred) if isinstance(block, Paragraph) else SETTERS[type(block)](block, paper)
        )
    return [*strips, *_footer(document.footer, paper), Strip(12)]


def _beside_big(blocks: tuple[Block, ...], at: int) -> bool:
    around = (*blocks[max(0, at - 1) : at], *blocks[at + 1 : at + 2])
    return any(isinstance(other, Big) for other in around)


def text_lines(text: Line, face: Face, paper: Paper, *, indent: int = 0, centred: bool = False) -> list[Strip]:
    """A text as strips, one per line, from `indent` dots or centred; the Chinese of one in two languages below it."""
    strips = _lines(first(text), face, paper, indent, centred)
    return strips + (_lines(second(text), face.below(), paper, indent, centred) if second(text) else [])


def _lines(text: str, face: Face, paper: Paper, indent: int, centred: bool) -> list[Strip]:
    height = round(face.size * 1.42)
    lines = (balanced if centred else wrap)(text, paper.inner - indent, face.measure)
    drawn = bidi.visual(lines, paper.rtl)
    return [Strip(height, partial(_paint_line, line, face, paper, indent, centred)) for line in drawn]


def _paint_line(line: str, face: Face, paper: Paper, indent: int, centred: bool, page: Image.Image, top: int) -> None:
    width = face.measure(line)
    x = (paper.width - width) / 2 if centred else paper.left(paper.margin + indent, width)
    face.draw(page, x, _baseline(face, top), line)


def _baseline(face: Face, top: int) -> int:
    """Noto's em box stands 0.88 above the baseline; the line's leading is shared above and below."""
    return top + round(face.size * (0.88 + 0.21))


def _heading(block: Heading, paper: Paper) -> list[Strip]:
    if block.level == 1:
        return [Strip(8), *text_lines(block.text, paper.face("title"), paper, centred=True), Strip(8)]
    return [Strip(18), *text_lines(block.text, paper.face("section"), paper), _line(paper, 2, 4), Strip(4)]


def _big(block: Big, paper: Paper) -> list[Strip]:
    face = _largest(block.text, paper)
    ink = round(face.size * 0.74)
    return [Strip(14), Strip(ink, partial(_paint_big, block.text, face, paper, ink)), Strip(20)]


def _paint_big(text: str, face: Face, paper: Paper, ink: int, page: Image.Image, top: int) -> None:
    face.draw(page, (paper.width - face.measure(text)) / 2, top + ink, text)


def _largest(text: str, paper: Paper) -> Face:
    probe = Face(paper.language, 100, True)
    fitting = int(100 * paper.inner / max(1.0, probe.measure(text)))
    return Face(paper.language, max(BIG_SMALLEST, min(BIG_LARGEST, fitting)), True)


def _paragraph(block: Paragraph, paper: Paper, centred: bool = False) -> list[Strip]:
    """Running text; beside the one large thing it stands centred like it."""
    face = paper.face("small" if block.small else "strong" if block.strong else "body")
    return [*text_lines(block.text, face, paper, centred=centred), Strip(6)]


def _facts(block: Facts, paper: Paper) -> list[Strip]:
    column = _label_column(block, paper)
    strips = []
    for label, value in block.rows:
        strips += _fact_row(label, value, column, paper)
    return [Strip(4), *strips, Strip(6)]


def _label_column(block: Facts, paper: Paper) -> int:
    """As wide as the widest label, but at most 45 % of the paper: longer ones stand above their value."""
    widest = max((_label_width(label, paper) for label, _ in block.rows), default=0)
    return round(min(widest, paper.inner * 0.45)) + 16


def _label_width(label: Line, paper: Paper) -> float:
    body = paper.face("body")
    return max(body.measure(first(label)), body.below().measure(second(label)))


def _fact_row(label: Line, value: Line, column: int, paper: Paper) -> list[Strip]:
    labels = text_lines(label, paper.face("body"), paper)
    values = text_lines(value, paper.face("strong"), paper, indent=column)
    if _label_width(label, paper) > column:
        return [*labels, *values, Strip(4)]
    return [_abreast(labels, values), Strip(4)]


def _abreast(one: list[Strip], other: list[Strip]) -> Strip:
    """Two columns beside each other."""
    height = max(sum(strip.height for strip in column) for column in (one, other))
    return Strip(height, _both(partial(_paint_column, one), partial(_paint_column, other)))


def _paint_column(strips: list[Strip], page: Image.Image, top: int) -> None:
    for strip in strips:
        if strip.paint:
            strip.paint(page, top)
        top += strip.height


def _both(one: Painter, other: Painter | None) -> Painter:
    def paint(page: Image.Image, top: int) -> None:
        one(page, top)
        if other:
            other(page, top)

    return paint


def _items(block: Items, paper: Paper) -> list[Strip]:
    face = paper.face("body")
    strips: list[Strip] = [Strip(2)]
    for number, text in enumerate(block.texts, start=1):
        strips += _item(text, _marker(block, number, face, paper), _indent(block, face), paper)
    return [*strips, Strip(4)]


def _indent(block: Items, face: Face) -> int:
    if block.boxes:
        return face.size + 14
    return round(face.measure(f"{len(block.texts)}. ")) + 4 if block.numbered else face.size


def _item(text: Line, marker: Painter, indent: int, paper: Paper) -> list[Strip]:
    line, *more = text_lines(text, paper.face("body"), paper, indent=indent)
    return [Strip(line.height, _both(marker, line.paint)), *more, Strip(6)]


def _marker(block: Items, number: int, face: Face, paper: Paper) -> Painter:
    if block.boxes:
        return partial(_paint_box, face, paper)
    if block.numbered:
        return partial(_paint_line, f"{number}.", face, paper, 0, False)
    return partial(_paint_dot, face, paper)


def _paint_box(face: Face, paper: Paper, page: Image.Image, top: int) -> None:
    bottom = _baseline(face, top) + 3
    left = paper.left(paper.margin, face.size)
    ImageDraw.Draw(page).rectangle((left, bottom - face.size, left + face.size, bottom), outline=1, width=2)


def _paint_dot(face: Face, paper: Paper, page: Image.Image, top: int) -> None:
    x, y = paper.left(paper.margin + 6, 0), _baseline(face, top) - round(face.size * 0.36)
    ImageDraw.Draw(page).ellipse((x - 4, y - 4, x + 4, y + 4), fill=1)


def _qr(block: Qr, paper: Paper) -> list[Strip]:
    if paper.width >= WIDE:
        return _qr_beside(block, paper)
    code = qr.picture(block.data, 232)
    paint = partial(_paint_picture, code, (paper.width - code.width) // 2)
    caption = text_lines(block.caption, paper.face("body"), paper, centred=True)
    return [Strip(14), Strip(code.height, paint), Strip(10), *caption, Strip(6)]


def _qr_beside(block: Qr, paper: Paper) -> list[Strip]:
    code = qr.picture(block.data, 216)
    indent = code.width + 28
    lines = text_lines(block.caption, paper.face("body"), paper, indent=indent)
    height = max(code.height, sum(line.height for line in lines))
    return [Strip(14), Strip(height, partial(_paint_beside, code, lines, height, paper)), Strip(12)]


def _paint_beside(
    code: Image.Image, lines: list[Strip], height: int, paper: Paper, page: Image.Image, top: int
) -> None:
    _paint_picture(code, round(paper.left(paper.margin, code.width)), page, top)
    _paint_column(lines, page, top + (height - sum(line.height for line in lines)) // 2)


def _paint_picture(picture: Image.Image, x: int, page: Image.Image, top: int) -> None:
    page.paste(picture, (x, top))


def _rule(_block: Rule, paper: Paper) -> list[Strip]:
    return [Strip(10), _line(paper, 2, 2), Strip(10)]


def _line(paper: Paper, thick: int, height: int) -> Strip:
    return Strip(height, partial(_paint_rule, paper, thick))


def _paint_rule(paper: Paper, thick: int, page: Image.Image, top: int) -> None:
    page.paste(1, (paper.margin, top, paper.width - paper.margin, top + thick))


def _footer(lines: Iterable[str], paper: Paper) -> list[Strip]:
    small = paper.face("small")
    parts = (part for line in lines for part in _footer_parts(line, small, paper))
    strips = [strip for part in parts for strip in text_lines(part, small, paper, centred=True)]
    return [Strip(10), _line(paper, 1, 1), Strip(8), *strips] if strips else []


def _footer_parts(line: str, face: Face, paper: Paper) -> list[str]:
    """A line that is too long ends at its middle dots rather than anywhere."""
    return [line] if face.measure(line) <= paper.inner else line.split(" · ")


SETTERS: dict[type[Block], Callable[..., list[Strip]]] = {
    Heading: _heading,
    Big: _big,
    Paragraph: _paragraph,
    Facts: _facts,
    Items: _items,
    Qr: _qr,
    Rule: _rule,
}
