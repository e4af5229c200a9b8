"""The photo on an ID card as a picture, made by a decoder that the station brings along.

The photo is a WLT block of 1,024 bytes. No open decoder is known; vendors ship closed libraries. Theirs runs in a process
of its own for each photo, bounded in time, memory and output: what crashes or hangs there costs a silhouette.
"""

import contextlib
import logging
import os
import select
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

from kiosk.journal import Shown

log = logging.getLogger(__name__)

WIDTH, HEIGHT = 102, 126
ROW = WIDTH * 3
PADDED = (ROW + 3) // 4 * 4
BMP_SIZE = 54 + PADDED * HEIGHT
"""38,862 bytes: 24 bits a pixel."""
RAW_SIZE = ROW * HEIGHT
LARGEST = 65_536
PNG, PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
CHILD = Path(__file__).with_name("photo_child.py")


def decoded(decoder: str, wlt: bytes, limit_s: float) -> bytes | None:
    """The picture (BMP or PNG, 102 x 126) that the library or program at `decoder` makes of a WLT block within
    `limit_s`, else None. Never raises; nothing of the photo is logged."""
    command = [sys.executable, "-I", "-S", str(CHILD), str(Path(decoder).absolute())]
    try:
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            bufsize=0,
        )
    except OSError as error:
        log.warning("the photo decoder cannot be started: %s", error.strerror)
        return None
    found = picture(_through(child, wlt, time.monotonic() + limit_s))
    if found is None:
        log.warning("the photo decoder %s gave no picture", Shown(decoder))
    return found


def picture(raw: bytes) -> bytes | None:
    """A decoder's output as a picture: its BMP or PNG, or a BMP around its bare pixels (blue, green, red; the lowest row
    first); None when it is none of the right size."""
    if len(raw) == RAW_SIZE:
        return _bmp(raw)
    if len(raw) >= BMP_SIZE and raw[:2] == b"BM":
        width, height, _, bits = struct.unpack_from("<iiHH", raw, 18)
        return raw[:BMP_SIZE] if (width, abs(height), bits) == (WIDTH, HEIGHT, 24) else None
    whole = raw.startswith(PNG) and raw.endswith(PNG_END)
    return raw if whole and len(raw) > 24 and struct.unpack_from(">II", raw, 16) == (WIDTH, HEIGHT) else None


def _bmp(pixels: bytes) -> bytes:
    head = struct.pack("<2sIHHI", b"BM", BMP_SIZE, 0, 0, 54)
    head += struct.pack("<IiiHHIIiiII", 40, WIDTH, HEIGHT, 1, 24, 0, PADDED * HEIGHT, 0, 0, 0, 0)
    rows = (pixels[at : at + ROW].ljust(PADDED, b"\0") for at in range(0, RAW_SIZE, ROW))
    return head + b"".join(rows)


def _through(child: subprocess.Popen[bytes], wlt: bytes, end: float) -> bytes:
    """What the child makes of the block; it is ended afterwards, with all that it began."""
    assert child.stdin  # noqa: S101 (opened as pipes)
    assert child.stdout  # noqa: S101
    with child.stdin, child.stdout:
        with contextlib.suppress(OSError):  # it has died: nothing will come
            child.stdin.write(wlt)
            child.stdin.close()
        got = _read(child.stdout.fileno(), end)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    return got


def _read(pipe: int, end: float) -> bytes:
    """Up to the largest picture; b"" when it was not done in time."""
    got = bytearray()
    while len(got) <= LARGEST:
        ready, _, _ = select.select([pipe], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            return b""
        piece = os.read(pipe, LARGEST)
        if not piece:
            return bytes(got)
        got += piece
    return b""
