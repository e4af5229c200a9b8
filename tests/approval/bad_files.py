"""Files as people, telephones and attackers hand them in."""

import hashlib
import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from kiosk.contract.files import MOST_PAGES, Fault
from kiosk.signature import svg

SIGNATURE = svg([[(0.1, 0.5), (0.3, 0.2), (0.6, 0.8), (0.9, 0.4)]]).encode()


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def photo(width: int = 640, height: int = 480, kind: str = "JPEG", shade: int = 90) -> bytes:
    """A picture of noise in one shade, so that it is large and each shade has a digest of its own."""
    noise = Image.frombytes("L", (width, height), os.urandom(width * height))
    picture = Image.merge("RGB", (noise, noise.point(lambda value: value // 2), Image.new("L", (width, height), shade)))
    out = io.BytesIO()
    picture.save(out, kind, quality=90)
    return out.getvalue()


def photo_of(size: int) -> bytes:
    """A JPEG of exactly `size` bytes: what is behind its end mark belongs to the maker of the camera."""
    picture = photo(400, 300)
    return picture + bytes(size - len(picture))


def pdf(pages: int = 1, change: Callable[[pikepdf.Pdf], None] | None = None, **saved: object) -> bytes:
    """A PDF of blank pages, changed as one likes."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    if change:
        change(document)
    out = io.BytesIO()
    saved = saved or {"compress_streams": False}  # a bomb is not unpacked here
    document.save(out, **saved)  # type: ignore[arg-type]
    document.close()
    return out.getvalue()


def _opens_with(action: pikepdf.Object) -> Callable[[pikepdf.Pdf], None]:
    return lambda document: document.Root.__setitem__("/OpenAction", action)


def _script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _launch(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots = Array([Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("a.exe")))])


def _page_action(document: pikepdf.Pdf) -> None:
    document.pages[0].obj["/AA"] = Dictionary(O=Dictionary(S=Name.URI, URI=String("https://example.org")))


def _elsewhere(document: pikepdf.Pdf) -> None:
    go = Dictionary(S=Name.GoToR, F=String("//example.org/a.pdf"))
    document.pages[0].Annots = Array([Dictionary(Subtype=Name.Link, A=go)])


def _named_script(document: pikepdf.Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))


def _around_itself(document: pikepdf.Pdf) -> None:
    ring = document.make_indirect(Dictionary())
    ring.Next = Array([ring])
    document.Root.Ring = ring


def written_pdf(catalogue: str, *objects: str, direct: bool = False) -> bytes:
    """A PDF of one page as an attacker writes it, letter by letter. `direct`: its catalogue stands in the trailer."""
    pages = ("<</Type/Pages/Kids[2 0 R]/Count 1>>", "<</Type/Page/Parent 1 0 R/MediaBox[0 0 100 100]>>")
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate((*pages, *objects, *([] if direct else [catalogue])), 1):
        places.append(len(body))
        body += f"{number} 0 obj{text}endobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    root = catalogue if direct else f"{len(places)} 0 R"
    end = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer<</Root {root}/Size {len(places) + 1}>>\n"
    return body + f"{end}startxref\n{len(body)}\n%%EOF\n".encode()


CATALOGUE = "<</Type/Catalog/Pages 1 0 R{}>>"


def zipped() -> bytes:
    """An archive with a program in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.exe", b"MZ" * 2_000)
    return out.getvalue()


def two_in_one() -> bytes:
    """A photo with a whole PDF, with a script, in its comment."""
    picture, other = photo(), pdf(change=_script)
    return picture[:2] + b"\xff\xfe" + struct.pack(">H", len(other) + 2) + other + picture[2:]


def _enclosure(document: pikepdf.Pdf) -> None:
    document.attachments["a.exe"] = b"MZ"


def _xfa(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = Dictionary(XFA=document.make_stream(b"<xdp/>"), Fields=Array([]))


def _film(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots = Array([Dictionary(Subtype=Name.RichMedia)])


def _bomb(document: pikepdf.Pdf, layers: int = 1) -> None:
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(10_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    content = b"\x78\xda" + block * 110  # blocks that stand for themselves: a bomb is quickly made
    for _ in range(layers - 1):
        content = zlib.compress(content, 9)
    stream = pikepdf.Stream(document, content)
    stream.Filter = Array([Name.FlateDecode] * layers)
    document.pages[0].Contents = document.make_indirect(stream)


def _huge_picture(document: pikepdf.Pdf) -> None:
    stream = pikepdf.Stream(document, b"\0", Width=100_000, Height=100_000, Subtype=Name.Image, Filter=Name.JBIG2Decode)
    document.pages[0].Resources = Dictionary(XObject=Dictionary(I=document.make_indirect(stream)))


def _deep(document: pikepdf.Pdf) -> None:
    nested = Array([])
    for _ in range(200):
        nested = Array([nested])
    document.Root.Deep = nested


def png_bomb() -> bytes:
    """A PNG that says it has 10^10 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(bytes(1_000_000))), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _svg(inside: str, before: str = "") -> bytes:
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'.encode()


_ENTITY = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
JPEG, PNG, PDF, SVG = "image/jpeg", "image/png", "application/pdf", "image/svg+xml"

BAD: dict[str, tuple[str, Callable[[], bytes], Fault]] = {
    "a text called .pdf": (PDF, lambda: b"Dear office, please find enclosed nothing.\n", Fault.TYPE),
    "a photo called .pdf": (PDF, photo, Fault.TYPE),
    "a PDF called .jpg": (JPEG, pdf, Fault.TYPE),
    "a page called .svg": (SVG, lambda: b"<html><script>alert(1)</script></html>", Fault.TYPE),
    "80 pages": (PDF, lambda: pdf(80), Fault.TOO_MANY_PAGES),
    "one page too many": (PDF, lambda: pdf(MOST_PAGES + 1), Fault.TOO_MANY_PAGES),
    "a password": (PDF, lambda: pdf(encryption=pikepdf.Encryption(owner="o", user="u")), Fault.ENCRYPTED),
    "rights": (PDF, lambda: pdf(encryption=pikepdf.Encryption(owner="o", user="")), Fault.ENCRYPTED),
    "half a PDF": (PDF, lambda: b"%PDF-1.7\n" + os.urandom(3_000), Fault.DAMAGED),
    "a script": (PDF, lambda: pdf(change=_script), Fault.ACTIVE),
    "opens a page of the web": (
        PDF, lambda: pdf(change=_opens_with(Dictionary(S=Name.URI, URI=String("https://example.org")))), Fault.ACTIVE,
    ),
    "starts a program": (PDF, lambda: pdf(change=_launch), Fault.ACTIVE),
    "a script in a catalogue that is no object": (
        PDF, lambda: written_pdf(CATALOGUE.format("/OpenAction<</S/JavaScript/JS(x)>>"), direct=True), Fault.ACTIVE,
    ),
    "a script by another spelling": (
        PDF, lambda: written_pdf(CATALOGUE.format("/Open#41ction<</S/J#61vaScript/#4aS(x)>>")), Fault.ACTIVE,
    ),
    "a script packed away": (
        PDF, lambda: pdf(change=_named_script, object_stream_mode=pikepdf.ObjectStreamMode.generate), Fault.ACTIVE,
    ),
    "a link into another file": (PDF, lambda: pdf(change=_elsewhere), Fault.ACTIVE),
    "a photo that is a PDF, called .pdf": (PDF, two_in_one, Fault.TYPE),
    "pages that hold each other": (
        PDF, lambda: written_pdf(CATALOGUE.format("")).replace(b"/Kids[2 0 R]", b"/Kids[1 0 R]"), Fault.DAMAGED,
    ),
    "a very deep nest": (PDF, lambda: written_pdf(CATALOGUE.format(f"/X {'[' * 50_000}{']' * 50_000}")), Fault.DAMAGED),
    "a page that acts": (PDF, lambda: pdf(change=_page_action), Fault.ACTIVE),
    "a file inside": (PDF, lambda: pdf(change=_enclosure), Fault.ACTIVE),
    "an XFA form": (PDF, lambda: pdf(change=_xfa), Fault.ACTIVE),
    "a film": (PDF, lambda: pdf(change=_film), Fault.ACTIVE),
    "a PDF bomb": (PDF, lambda: pdf(change=_bomb), Fault.BOMB),
    "a PDF bomb in a bomb": (PDF, lambda: pdf(change=lambda document: _bomb(document, 3)), Fault.BOMB),
    "a picture without end": (PDF, lambda: pdf(change=_huge_picture), Fault.BOMB),
    "a nest": (PDF, lambda: pdf(change=_deep), Fault.BOMB),
    "a PNG bomb": (PNG, png_bomb, Fault.BOMB),
    "half a JPEG": (JPEG, lambda: photo()[:20_000], Fault.DAMAGED),
    "half a PNG": (PNG, lambda: photo(kind="PNG")[:20_000], Fault.DAMAGED),
    "a drawing with a script": (SVG, lambda: _svg("<script>alert(1)</script>"), Fault.ACTIVE),
    "a drawing that listens": (SVG, lambda: _svg('<path d="M 0 0" onclick="alert(1)"/>'), Fault.ACTIVE),
    "a drawing with a picture": (SVG, lambda: _svg('<image href="https://example.org/a.png"/>'), Fault.ACTIVE),
    "a drawing with words": (SVG, lambda: _svg('words<path d="M 0 0"/>'), Fault.ACTIVE),
    "an empty drawing": (SVG, lambda: _svg(""), Fault.ACTIVE),
    "a drawing with entities": (SVG, lambda: _svg('<path d="M 0 0"/>', f'<?xml version="1.0"?>{_ENTITY}'), Fault.DAMAGED),
    "half a drawing": (SVG, lambda: SIGNATURE[:-9], Fault.DAMAGED),
}  # fmt: skip

GOOD: dict[str, tuple[str, Callable[[], bytes], int]] = {
    "a photo": (JPEG, photo, 1),
    "a screenshot": (PNG, lambda: photo(kind="PNG"), 1),
    "a PDF": (PDF, lambda: pdf(3), 3),
    "as many pages as may be": (PDF, lambda: pdf(MOST_PAGES), MOST_PAGES),
    "a PDF that opens at its first page": (
        PDF, lambda: pdf(change=lambda d: _opens_with(Array([d.pages[0].obj, Name.XYZ]))(d)), 1,
    ),
    "a PDF whose catalogue is no object": (PDF, lambda: written_pdf(CATALOGUE.format(""), direct=True), 1),
    "a PDF that refers to itself": (PDF, lambda: pdf(change=_around_itself), 1),
    "a photo that is a PDF, too": (JPEG, two_in_one, 1),
    "a photo with an archive behind it": (JPEG, lambda: photo() + zipped(), 1),
    "a PDF with an archive behind it": (PDF, lambda: pdf() + zipped(), 1),
    "a signature": (SVG, lambda: SIGNATURE, 1),
    "a photo of 40 MB": (JPEG, lambda: photo_of(40_000_000), 1),
}  # fmt: skip


def write(folder: Path, content: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content)
    return path
