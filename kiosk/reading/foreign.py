"""Foreign files as pages: pictures and PDFs from a telephone, drawn by a process of their own that ends with the file."""

import threading
import time

from kiosk.contract.files import MOST_PAGES, MediaType
from kiosk.errors import KioskError
from kiosk.ports.page import Concern, Page
from kiosk.reading.process import Child, ChildFailed

FILE_S = 60.0
"""An ordinary page takes a tenth of a second, sixty large ones half a minute."""


class FileUnreadable(KioskError):
    """No pictures could be made of a file. The message holds nothing of it."""


def pages_of(content: bytes, media_type: MediaType, stop: threading.Event) -> tuple[Page, ...]:
    """The pages of a file, at most MOST_PAGES, each as a JPEG. Blocks; `stop` ends it early. Raises FileUnreadable."""
    try:
        child = Child("render")
    except ChildFailed as error:
        raise FileUnreadable(f"A file cannot be shown: {error}.") from error
    try:
        return _drawn(child, content, media_type, stop)
    except ChildFailed as error:
        raise FileUnreadable(f"A file cannot be shown: the process that draws it failed, {error}.") from error
    finally:
        child.end()


def _drawn(child: Child, content: bytes, media_type: MediaType, stop: threading.Event) -> tuple[Page, ...]:
    until, pages = time.monotonic() + FILE_S, list[Page]()
    child.tell(content, until, stop, type=media_type.value, most=MOST_PAGES)
    while True:
        header, jpeg = child.hear(until, stop)
        if header.get("end") and pages:
            return tuple(pages)
        if "of" not in header or len(pages) >= MOST_PAGES:
            raise FileUnreadable("A file cannot be shown: it is no picture and no document.")
        concerns = frozenset({Concern.BLANK} if header["blank"] else ())
        pages.append(Page(jpeg, int(header["width"]), int(header["height"]), None, concerns))
