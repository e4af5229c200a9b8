"""The child process that looks through files: `python -m kiosk.approval.examine.helper`.

It has read its libraries once, and splits itself for every file: what looks into a stranger's file has limits of memory, time
and written bytes, knows nothing of the file before, and is gone afterwards, whatever became of it. One request and one answer
per line, as JSON; it ends with its standard input.
"""

import json
import os
import resource
import select
import signal
import sys
import time
from pathlib import Path

from kiosk.approval.examine import drawing, pdf, pictures
from kiosk.approval.examine.verdict import CPU_S, HEIC, MEMORY_BYTES, WALL_S, Bad, jpeg_of
from kiosk.contract.files import LARGEST_BYTES, Fault, MediaType

_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc")


def sniffed(file: Path) -> str:
    """What the file is by its first bytes: a media type, or "" for nothing that is taken."""
    with file.open("rb") as stream:
        head = stream.read(512)
    if head.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if head.startswith(b"%PDF-"):
        return MediaType.PDF
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return HEIC
    return MediaType.SVG if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"<svg", b"<?xml")) else ""


def examine(file: Path, accepted: list[str]) -> dict[str, object]:
    """Look through a file that must be one of the `accepted` types. Raises Bad."""
    found = sniffed(file)
    if found not in accepted:
        raise Bad(Fault.TYPE)
    if found == MediaType.PDF:
        return {"media_type": found, "pages": pdf.pages(file)}
    if found == HEIC:
        pictures.heic_to_jpeg(file, jpeg_of(file))
        return {"media_type": MediaType.JPEG, "converted": True}
    if found == MediaType.SVG:
        drawing.examine(file)
    else:
        pictures.examine(file, found)
    return {"media_type": found}


def _limit() -> None:
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, LARGEST_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _answer(file: Path, accepted: list[str]) -> dict[str, object]:
    try:
        return examine(file, accepted)
    except Bad as bad:
        return {"fault": bad.fault}
    except (MemoryError, RecursionError):
        return {"fault": Fault.BOMB}


def _one(file: Path, accepted: list[str]) -> dict[str, object]:
    """The answer of a child of this child; a bomb where it was ended by its limits."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _limit()
            os.write(into, json.dumps(_answer(file, accepted)).encode())
        finally:
            os._exit(0)
    os.close(into)
    try:
        return _read(out, child)
    finally:
        os.close(out)
        os.waitpid(child, 0)


def _read(out: int, child: int) -> dict[str, object]:
    said, until = b"", time.monotonic() + WALL_S
    while select.select([out], [], [], max(0.0, until - time.monotonic()))[0]:
        piece = os.read(out, 4096)
        if not piece:
            return json.loads(said) if said else {"fault": Fault.BOMB}
        said += piece
    os.kill(child, signal.SIGKILL)
    return {"fault": Fault.BOMB}


def main() -> None:
    """Answer until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which then closes our standard input
    for line in sys.stdin:
        request = json.loads(line)
        answer = _one(Path(request["file"]), request["accepted"])
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
