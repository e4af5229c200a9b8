"""The process around a photo decoder: WLT block on standard input, picture on standard output.

    python photo_child.py PATH

A path that ends in .so is a library with `int _Unpack(wlt, 1024, bmp, int *n)` (1 is success) or the older
`unpack(wlt, bmp, save)`; every other one is a program that reads and writes as this one does. Standard library only.
"""

import contextlib
import ctypes
import os
import resource
import sys

WLT_SIZE, BMP_SIZE, RAW_SIZE = 1024, 38_862, 38_556
ROOM = 1 << 18
"""Far more than a picture: old libraries are not told how much there is."""
BOUNDS = {
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_CPU: 10,
    resource.RLIMIT_AS: 1 << 30,
    resource.RLIMIT_FSIZE: 1 << 20,
}


def bound() -> None:
    """Take from this process what a decoder does not need."""
    for what, most in BOUNDS.items():
        with contextlib.suppress(ValueError):  # tighter already
            resource.setrlimit(what, (most, most))


def unpacked(library: ctypes.CDLL, wlt: bytes) -> bytes:
    """The picture, b"" when the library refuses."""
    source = ctypes.create_string_buffer(wlt[:WLT_SIZE].ljust(WLT_SIZE, b"\0"), WLT_SIZE)
    target = ctypes.create_string_buffer(ROOM)
    if hasattr(library, "_Unpack"):
        count = ctypes.c_int(0)
        if library._Unpack(source, WLT_SIZE, target, ctypes.byref(count)) != 1:
            return b""
        size = count.value
    else:
        library.unpack(source, target, 1)
        size = 0
    if size not in (BMP_SIZE, RAW_SIZE):
        size = BMP_SIZE if target.raw[:2] == b"BM" else RAW_SIZE
    return target.raw[:size]


def main() -> None:
    """Decode one block."""
    path = sys.argv[1]
    bound()
    os.chdir(os.path.dirname(path))  # noqa: PTH120 (pathlib would double the start) vendors' licence files lie beside
    if not path.endswith(".so"):
        os.execv(path, [path])  # noqa: S606
    wlt = sys.stdin.buffer.read(WLT_SIZE)
    sys.stdout.buffer.write(unpacked(ctypes.CDLL(path), wlt))
    sys.stdout.buffer.flush()
    os._exit(0)  # what the library does at its end is of no interest


if __name__ == "__main__":
    main()
