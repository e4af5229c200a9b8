"""A printable document as data: blocks of finished text in one language or two. Printers decide how to set them.

`kiosk.documents` builds these in the visit's language; an adapter renders them (slip: raster; A4: PDF).
Nothing here is shown by `repr`: documents hold names and numbers.
"""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, repr=False)
class Twice:
    """A text and, smaller below it, the same in Chinese: what staff at the window read where the visit was not in Chinese."""

    text: str
    chinese: str


Line: TypeAlias = "str | Twice"


def first(line: Line) -> str:
    """The text in the language of the document."""
    return line.text if isinstance(line, Twice) else line


def second(line: Line) -> str:
    """The text in Chinese below it; empty where there is none."""
    return line.chinese if isinstance(line, Twice) else ""


@dataclass(frozen=True, repr=False)
class Heading:
    """A title line; level 1 once at the top, level 2 above a section."""

    text: Line
    level: int = 1


@dataclass(frozen=True, repr=False)
class Big:
    """The one important thing, as large as the paper allows: a ticket number."""

    text: str


@dataclass(frozen=True, repr=False)
class Paragraph:
    """Running text; `strong` sets it bold, `small` a size down."""

    text: Line
    strong: bool = False
    small: bool = False


@dataclass(frozen=True, repr=False)
class Facts:
    """Label and value pairs, one row each."""

    rows: tuple[tuple[Line, Line], ...]


@dataclass(frozen=True, repr=False)
class Items:
    """A list; `numbered`, with tick boxes (`boxes`: things to bring), or bullets."""

    texts: tuple[Line, ...]
    numbered: bool = False
    boxes: bool = False


@dataclass(frozen=True, repr=False)
class Qr:
    """A QR code with a sentence that says what it opens."""

    data: str
    caption: Line


@dataclass(frozen=True, repr=False)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, repr=False)
class Ready:
    """Pages that somebody else has set, as a PDF file: the only block of its document. Page printers print it as it is;
    ticket printers answer FAILED with WRONG_DEVICE."""

    pdf: bytes


Block: TypeAlias = Heading | Big | Paragraph | Facts | Items | Qr | Rule | Ready


@dataclass(frozen=True, repr=False)
class Document:
    """What is printed at once. `name` is the kind of document (ticket, guide), never personal; `language` picks the face."""

    name: str
    language: str
    blocks: tuple[Block, ...]
    footer: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Document {self.name}>"


def ready_pages(document: Document) -> bytes | None:
    """The PDF file of a document that is set already; None where a printer sets it."""
    return next((block.pdf for block in document.blocks if isinstance(block, Ready)), None)
