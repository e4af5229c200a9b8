"""The pages of a file from the centre, as pictures for the screen.

A file that somebody's telephone has sent is opened in a process of its own, with little memory and little time: what a
decoder stumbles over there harms nobody here.
"""

import struct
import subprocess
import sys
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.ports.page import Page

ROOT = Path(__file__).resolve().parents[1]
HEADER = struct.Struct(">III")
"""Before each picture: its length in bytes, its width and height in pixels."""
PATIENCE_S = 30.0
SIDE_PX = 1_754
"""The longer side: A4 at 150 dpi, to be read on the screen and on paper."""


class UnreadableFile(KioskError):
    """A file that cannot be shown: damaged, too large, or of a kind that is not known."""


def pages_of(content: bytes, patience_s: float = PATIENCE_S) -> tuple[Page, ...]:
    """One picture for each page of a PDF, or the picture itself. Raises UnreadableFile."""
    from kiosk.contract.files import LARGEST_BYTES, MOST_PAGES  # noqa: PLC0415  the child, which imports this, is told

    try:
        done = subprocess.run(
            [sys.executable, "-m", "kiosk.draft_pages_child", str(LARGEST_BYTES), str(MOST_PAGES)],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            timeout=patience_s,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        raise UnreadableFile("a file of a draft cannot be shown; its pages have to be handed in again") from None
    return tuple(_unpacked(done.stdout))


def _unpacked(packed: bytes) -> list[Page]:
    pages, at = [], 0
    while at < len(packed):
        length, width, height = HEADER.unpack_from(packed, at)
        at += HEADER.size + length
        pages.append(Page(packed[at - length : at], width, height))
    return pages
