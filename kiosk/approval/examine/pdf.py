"""A PDF: openable without a password, not too many pages, nothing in it that acts, nothing that unpacks without end.

Taken by ISO 32000-1: 12.6 (actions), 12.6.4.16 (JavaScript), 7.11.4 (embedded files), 12.7.8 (XFA forms), 13 (multimedia).
Going to a page when the file is opened is no act: most writing programs have it.
"""

import math
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pikepdf

from kiosk.approval.examine.verdict import MOST_PIXELS, MOST_UNPACKED_BYTES, Bad
from kiosk.contract.files import MOST_PAGES, Fault, MediaType

ACTIVE_KEYS = {"/JavaScript", "/JS", "/AA", "/Launch", "/EmbeddedFiles", "/EmbeddedFile", "/EF", "/XFA", "/RichMedia"}
ACTIVE_ACTIONS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Thread", "/Rendition", "/Movie", "/Sound",
    "/RichMediaExecute",
}  # fmt: skip
"""Going into another file (GoToR, GoToE, Thread) is one: its address alone makes some readers knock at a stranger's server."""
ACTIVE_NOTES = {"/RichMedia", "/FileAttachment", "/Screen", "/Movie", "/Sound", "/3D"}
FLATE = {"/FlateDecode", "/Fl"}
PICTURE_FILTERS = {"/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode"}
DEEPEST = 60
_PIECE, _SLICE = 1_000_000, 16_384


def pages(file: Path) -> int:
    """How many pages a good PDF has. Raises Bad."""
    try:
        with pikepdf.open(file) as document:
            return _examined(document)
    except pikepdf.PasswordError as error:
        raise Bad(Fault.ENCRYPTED) from error
    except (pikepdf.PdfError, ValueError, TypeError, zlib.error) as error:
        raise Bad(Fault.DAMAGED) from error


def _examined(document: pikepdf.Pdf) -> int:
    if document.is_encrypted:  # by an empty password: it opens, but forbids what must be done with it
        raise Bad(Fault.ENCRYPTED)
    count = len(document.pages)
    if count > MOST_PAGES:
        raise Bad(Fault.TOO_MANY_PAGES)
    if count == 0:
        raise Bad(Fault.DAMAGED)
    _refuse_active(document.trailer)  # a catalogue that stands in the trailer itself is none of the numbered objects
    unpacked = 0
    for thing in document.objects:
        _refuse_active(thing)
        if isinstance(thing, pikepdf.Stream):
            unpacked += _unpacked(thing, MOST_UNPACKED_BYTES - unpacked)
    return count


def _refuse_active(thing: pikepdf.Object, depth: int = 0) -> None:
    """Look through an object and what is directly in it; what it refers to is looked through in its turn."""
    if depth > DEEPEST:
        raise Bad(Fault.BOMB)
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        entries = dict(thing.items())
        _refuse_active_entries(entries)
        inner: Iterable[pikepdf.Object] = entries.values()
    elif isinstance(thing, pikepdf.Array):
        inner = thing.as_list()
    else:
        return
    for each in inner:
        if not getattr(each, "is_indirect", False):
            _refuse_active(each, depth + 1)


def _refuse_active_entries(entries: dict[str, pikepdf.Object]) -> None:
    acts = ACTIVE_KEYS & entries.keys() or _name(entries.get("/S")) in ACTIVE_ACTIONS
    if acts or _name(entries.get("/Subtype")) in ACTIVE_NOTES or not _goes_to_a_page(entries.get("/OpenAction")):
        raise Bad(Fault.ACTIVE)


def _goes_to_a_page(action: pikepdf.Object | None) -> bool:
    if action is None or isinstance(action, pikepdf.Array):
        return True
    return isinstance(action, pikepdf.Dictionary) and _name(action.get("/S")) == "/GoTo" and "/Next" not in action


def _name(thing: object) -> str:
    return str(thing) if isinstance(thing, pikepdf.Name) else ""


def _unpacked(stream: pikepdf.Object, most: int) -> int:
    """How many bytes a stream unpacks to. Raises Bad as soon as it is more than `most`."""
    _refuse_huge(stream)
    filters = _filters(stream)
    pieces = _sliced(stream.read_raw_bytes())
    while filters and filters[0] in FLATE:
        pieces, filters = _inflated(pieces), filters[1:]
    if filters and filters[0] not in PICTURE_FILTERS:
        pieces = iter([stream.read_bytes()])  # other packing grows little, and the memory is limited
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > most:
            raise Bad(Fault.BOMB)
    return total


def _sliced(content: bytes) -> Iterator[bytes]:
    """In small pieces: what was not unpacked yet is copied at every step."""
    return (content[at : at + _SLICE] for at in range(0, len(content), _SLICE))


def _filters(stream: pikepdf.Object) -> list[str]:
    named = stream.get("/Filter")
    if isinstance(named, pikepdf.Array):
        return [str(each) for each in named.as_list()]
    return [str(named)] if named is not None else []


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack piece by piece, never more than one piece at once in memory."""
    packer = zlib.decompressobj()
    for piece in pieces:
        rest = piece
        while rest and not packer.eof:
            yield packer.decompress(rest, _PIECE)
            rest = packer.unconsumed_tail


def _refuse_huge(stream: pikepdf.Object) -> None:
    """A picture that says it is larger than any photo: its own packing (JBIG2, CCITT) may make it from a few bytes."""
    sides: list[object] = [stream.get(key) for key in ("/Width", "/Height")]
    pixels = math.prod(side for side in sides if isinstance(side, int))
    if pixels > MOST_PIXELS[MediaType.JPEG.value]:
        raise Bad(Fault.BOMB)
