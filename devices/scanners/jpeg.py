"""Looks at a JPEG file without decoding it: whether it is whole, and how large its picture is (ITU-T T.81, annex B)."""

from kiosk.errors import Fault, ScanFailed
from kiosk.ports.page import Page

START, END = b"\xff\xd8", b"\xff\xd9"
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a frame header (SOF), which says height and width."""
SCAN = 0xDA
BARE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a length."""


def page_of(jpeg: bytes, dpi: int | None) -> Page:
    """A scanned page. Raises ScanFailed for what is not a whole JPEG file: half a page is no page."""
    size = measured(jpeg)
    if size is None:
        raise ScanFailed("The scanner delivered no whole page.", Fault.HARDWARE)
    return Page(jpeg, *size, dpi)


def measured(jpeg: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None where this is not a JPEG file from its first to its last marker."""
    if not jpeg.startswith(START) or not jpeg.rstrip(b"\0").endswith(END):
        return None
    at, size = 2, None
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        if marker == SCAN:
            return size
        if marker in FRAMES:
            size = _frame(jpeg, at)
        at += _length(jpeg, at)
    return None


def _length(jpeg: bytes, at: int) -> int:
    """How far it is to the next marker; a marker may be filled up with FF before it."""
    marker = jpeg[at + 1]
    if marker == 0xFF:
        return 1
    return 2 if marker in BARE else 2 + max(2, int.from_bytes(jpeg[at + 2 : at + 4], "big"))


def _frame(jpeg: bytes, at: int) -> tuple[int, int] | None:
    """Width and height of a frame header; None where one of them is 0 or cut off."""
    height = int.from_bytes(jpeg[at + 5 : at + 7], "big")
    width = int.from_bytes(jpeg[at + 7 : at + 9], "big")
    return (width, height) if width and height else None
