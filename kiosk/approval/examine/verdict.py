"""What an examination finds, and the limits it works by."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.contract.files import LARGEST_BYTES, MOST_PAGES, Fault, MediaType

HEIC = "image/heic"
"""What telephones send, and nobody else reads: taken from them, and kept as JPEG."""

MEMORY_BYTES = 1536 * 2**20
CPU_S, WALL_S = 12, 25
"""For one file. A JPEG of 200 megapixels takes two seconds; a bomb takes for ever."""

MOST_PIXELS = {MediaType.JPEG.value: 210_000_000, MediaType.PNG.value: 60_000_000, HEIC: 60_000_000}
"""The largest telephone's photo; an A4 page at 600 dpi and more. A JPEG is looked through at an eighth of its size."""
MOST_UNPACKED_BYTES = 600_000_000
"""Of all streams of a PDF together: sixty grey pages at 300 dpi, packed without loss. (Photos inside stay packed.)"""
MOST_DRAWING_BYTES = 1_000_000

SENTENCES = {
    Fault.DIGEST: "The file's SHA-256 is not the one it was announced by; upload it again from its beginning.",
    Fault.TYPE: "The file is not what it was announced as; taken are JPEG, PNG and PDF.",
    Fault.DAMAGED: "The file is damaged and cannot be opened.",
    Fault.ENCRYPTED: "The PDF is protected by a password; save it without one.",
    Fault.TOO_MANY_PAGES: f"The PDF has more than {MOST_PAGES} pages; hand it in as several files.",
    Fault.ACTIVE: "The PDF holds scripts, forms that compute, films or other files; print it to a plain PDF.",
    Fault.BOMB: "The file unpacks to more than can be looked through.",
    Fault.TOO_LARGE: f"The file is larger than was announced, or than {LARGEST_BYTES} bytes.",
}


class Bad(Exception):
    """The file is not taken; says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(SENTENCES[fault])
        self.fault = fault


@dataclass(frozen=True)
class Verdict:
    """What the file is, and how many pages it has. `converted`: a JPEG of it was made beside it (`jpeg_of`)."""

    media_type: MediaType
    pages: int = 1
    converted: bool = False


def jpeg_of(file: Path) -> Path:
    """Where the JPEG of a HEIC file is written."""
    return file.with_name(f"{file.name}.jpeg")
