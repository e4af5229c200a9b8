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
from kiosk.ports.document import Big, Block, Document, Facts, Heading, Items, Paragraph, Qr, Rule

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
BIG_SMALLEST = 48


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


def text_lines(text: str, face: Face, paper: Paper, *, indent: int = 0, centred: bool = False) -> list[Strip]:
    """A text as strips, one per line, from `indent` dots or centred."""
    height = round(face.size * 1.42)
    lines = (balanced if centred else wrap)(text, paper.inner - indent, face.measure)
    return [Strip(height, partial(_paint_line, line, face, paper, indent, centred)) for line in lines]


def _paint_line(line: str, face: Face, paper: Paper, indent: int, centred: bool, page: Image.Image, top: int) -> None:
    x = float(paper.margin + indent)
    if centred:
        x = (paper.width - face.measure(line)) / 2
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
    widest = max((paper.face("body").measure(label) for label, _ in block.rows), default=0)
    return round(min(widest, paper.inner * 0.45)) + 16


def _fact_row(label: str, value: str, column: int, paper: Paper) -> list[Strip]:
    body, strong = paper.face("body"), paper.face("strong")
    values = text_lines(value, strong, paper, indent=column)
    if body.measure(label) > column:
        return [*text_lines(label, body, paper), *values, Strip(4)]
    name = partial(_paint_line, label, body, paper, 0, False)
    return [Strip(values[0].height, _both(name, values[0].paint)), *values[1:], Strip(4)]


def _both(first: Painter, second: Painter | None) -> Painter:
    def paint(page: Image.Image, top: int) -> None:
        first(page, top)
        if second:
            second(page, top)

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


def _item(text: str, marker: Painter, indent: int, paper: Paper) -> list[Strip]:
    first, *more = text_lines(text, paper.face("body"), paper, indent=indent)
    return [Strip(first.height, _both(marker, first.paint)), *more, Strip(6)]


def _marker(block: Items, number: int, face: Face, paper: Paper) -> Painter:
    if block.boxes:
        return partial(_paint_box, face, paper)
    if block.numbered:
        return partial(_paint_line, f"{number}.", face, paper, 0, False)
    return partial(_paint_dot, face, paper)


def _paint_box(face: Face, paper: Paper, page: Image.Image, top: int) -> None:
    bottom = _baseline(face, top) + 3
    ImageDraw.Draw(page).rectangle(
        (paper.margin, bottom - face.size, paper.margin + face.size, bottom), outline=1, width=2
    )


def _paint_dot(face: Face, paper: Paper, page: Image.Image, top: int) -> None:
    x, y = paper.margin + 6, _baseline(face, top) - round(face.size * 0.36)
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
    _paint_picture(code, paper.margin, page, top)
    y = top + (height - sum(line.height for line in lines)) // 2
    for line in lines:
        if line.paint:
            line.paint(page, y)
        y += line.height


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
