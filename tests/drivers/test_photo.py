"""Photo decoders: a library of either kind, a program, and all the ways in which they fail."""

import struct
import subprocess
import threading
import time
import zlib
from io import BytesIO
from pathlib import Path

import psutil
import pytest
from PIL import Image

from devices.card_readers.photo import BMP_SIZE, RAW_SIZE, decoded, picture
from devices.card_readers.sample_cards import CARDS, PHOTO
from devices.card_readers.sdt import SdtReader
from devices.card_readers.sdt_wire import Wire
from devices.transports import sim

SOURCE = Path(__file__).parents[1] / "data" / "wlt_decoder.c"
CRASHES, HANGS, REFUSES, WANTS_ALL = (PHOTO[:8] + bytes((how,)) + PHOTO[9:] for how in (0xEE, 0xDD, 0xCC, 0xBB))


@pytest.fixture(scope="session")
def libraries(tmp_path_factory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("decoders")
    for name, more in (("new", ()), ("old", ("-DOLD",))):
        subprocess.run(["gcc", "-shared", "-fPIC", *more, "-o", folder / f"{name}.so", SOURCE], check=True)
    return {name: str(folder / f"{name}.so") for name in ("new", "old")}


def program(folder: Path, body: str) -> str:
    path = folder / "decoder"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("name", ["new", "old"])
def test_a_library_makes_a_picture(libraries, name):
    found = decoded(libraries[name], PHOTO, 5)
    image = Image.open(BytesIO(found))
    assert (image.size, image.mode, len(found)) == ((102, 126), "RGB", BMP_SIZE)
    assert image.getpixel((0, 125)) == (PHOTO[8],) * 3, "the lowest row first"


@pytest.mark.parametrize("block", [CRASHES, HANGS, REFUSES, WANTS_ALL, b"", b"XX" * 512], ids=range(6))
def test_a_library_that_fails_costs_a_silhouette_and_its_time_at_most(libraries, block):
    begin = time.monotonic()
    assert decoded(libraries["new"], block, 0.5) is None
    assert time.monotonic() - begin < 1.5
    assert decoded(libraries["new"], PHOTO, 5) is not None


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes(width) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_a_program_makes_a_picture(tmp_path):
    (tmp_path / "out.png").write_bytes(png(102, 126))
    found = decoded(program(tmp_path, "cat > got; cat out.png"), PHOTO, 5)
    assert Image.open(BytesIO(found)).size == (102, 126)
    assert (tmp_path / "got").read_bytes() == PHOTO, "its folder is where it lies"


@pytest.mark.parametrize(
    "body", ["exit 3", "sleep 60 & sleep 60", "kill -9 $$", "cat", "yes", "head -c 70000 /dev/zero", "exec no-such"]
)
def test_a_program_that_fails_costs_a_silhouette(tmp_path, body):
    begin = time.monotonic()
    assert decoded(program(tmp_path, body), PHOTO, 0.5) is None
    assert time.monotonic() - begin < 1.5


def test_what_is_not_there_is_no_picture(tmp_path):
    assert decoded(str(tmp_path / "gone.so"), PHOTO, 2) is None
    assert decoded(str(tmp_path / "gone"), PHOTO, 2) is None


@pytest.mark.parametrize("raw", [b"", b"BM", png(126, 102), png(102, 126)[:-4], b"BM" + bytes(BMP_SIZE - 2)])
def test_only_pictures_of_this_size_are_taken(raw):
    assert picture(raw) is None


def test_bare_pixels_get_a_head():
    image = Image.open(BytesIO(picture(bytes((1, 2, 3)) * (RAW_SIZE // 3))))
    assert (image.size, image.getpixel((101, 0))) == ((102, 126), (3, 2, 1))


def held() -> tuple[int, int]:
    """Descriptors and threads."""
    return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()


def test_nothing_grows_and_nothing_is_left_running(libraries):
    me = psutil.Process()
    decoded(libraries["new"], PHOTO, 5)
    rss, before = me.memory_info().rss, held()
    for block in (PHOTO, CRASHES) * 8:
        decoded(libraries["new"], block, 5)
    assert me.memory_info().rss - rss < 1 << 20
    assert held() == before
    assert me.children(recursive=True) == []


def test_the_reader_brings_the_decoder(libraries):
    wire = Wire()
    options = SdtReader.Options(sim.add("photo", wire), poll_s=0.01, photo_decoder=libraries["new"])
    reader = SdtReader(options)
    reader.open()
    wire.place("li")
    assert reader.await_card(1)
    card = reader.read()
    assert card.photo == CARDS["li"].photo
    assert len(reader.portrait(card)) == BMP_SIZE
    reader.close()
    without = SdtReader(SdtReader.Options("/dev/null"))
    assert without.portrait(card) is None
