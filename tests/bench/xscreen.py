"""Eyes and a finger on an X screen, fast enough to time with: XGetImage and XTest in this very process (libX11, libXtst)."""

import ctypes
from ctypes import POINTER, c_char, c_char_p, c_int, c_uint, c_ulong, c_void_p
from types import TracebackType
from typing import Self

from PIL import Image

_ALL_PLANES, _Z_PIXMAP = 0xFFFFFFFFFFFFFFFF, 2


class _XImage(ctypes.Structure):
    """The head of Xlib's XImage, as far as its data."""

    _fields_ = (
        ("width", c_int),
        ("height", c_int),
        ("xoffset", c_int),
        ("format", c_int),
        ("data", POINTER(c_char)),
        ("byte_order", c_int),
        ("bitmap_unit", c_int),
        ("bitmap_bit_order", c_int),
        ("bitmap_pad", c_int),
        ("depth", c_int),
        ("bytes_per_line", c_int),
        ("bits_per_pixel", c_int),
    )


def _libraries() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    x11, xtst = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
    x11.XOpenDisplay.argtypes, x11.XOpenDisplay.restype = [c_char_p], c_void_p
    x11.XDefaultRootWindow.argtypes, x11.XDefaultRootWindow.restype = [c_void_p], c_ulong
    x11.XGetImage.argtypes = [c_void_p, c_ulong, c_int, c_int, c_uint, c_uint, c_ulong, c_int]
    x11.XGetImage.restype = POINTER(_XImage)
    x11.XDestroyImage.argtypes = [POINTER(_XImage)]
    for function in (x11.XFlush, x11.XCloseDisplay):
        function.argtypes = [c_void_p]
    xtst.XTestFakeMotionEvent.argtypes = [c_void_p, c_int, c_int, c_int, c_ulong]
    xtst.XTestFakeButtonEvent.argtypes = [c_void_p, c_uint, c_int, c_ulong]
    return x11, xtst


class XScreen:
    """A connection to the X display `name`. Coordinates are pixels from the upper left corner."""

    def __init__(self, name: str, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._x11, self._xtst = _libraries()
        self._display = self._x11.XOpenDisplay(name.encode())
        if not self._display:
            raise RuntimeError(f"no X server lets us in at {name}")
        self._root = self._x11.XDefaultRootWindow(self._display)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._x11.XCloseDisplay(self._display)

    def pixels(self, x: int, y: int, width: int, height: int) -> bytes:
        """What is seen in a rectangle, as BGRX bytes: about 0.1 ms for 64 x 64."""
        image = self._x11.XGetImage(self._display, self._root, x, y, width, height, _ALL_PLANES, _Z_PIXMAP)
        try:
            return ctypes.string_at(image.contents.data, image.contents.bytes_per_line * height)
        finally:
            self._x11.XDestroyImage(image)

    def strips(self, high: int, every: int) -> Image.Image:
        """Strips of the whole width, `high` pixels each, one every `every` pixels, as one grey picture."""
        tops = range(0, self.height - high, every)
        data = b"".join(self.pixels(0, y, self.width, high) for y in tops)
        return Image.frombytes("RGB", (self.width, high * len(tops)), data, "raw", "BGRX").convert("L")

    def picture(self) -> Image.Image:
        """The whole screen."""
        data = self.pixels(0, 0, self.width, self.height)
        return Image.frombytes("RGB", (self.width, self.height), data, "raw", "BGRX")

    def move(self, x: int, y: int) -> None:
        """Put the pointer somewhere."""
        self._xtst.XTestFakeMotionEvent(self._display, -1, x, y, 0)
        self._x11.XFlush(self._display)

    def press(self, down: bool) -> None:
        """Press (or let go) where the pointer is."""
        self._xtst.XTestFakeButtonEvent(self._display, 1, int(down), 0)
        self._x11.XFlush(self._display)
