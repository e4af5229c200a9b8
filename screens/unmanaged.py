"""Whether nobody manages the windows of the X screen, as on most terminals: then a window without a border that is as large as
the glass fills it at once, where SDL would ask a window manager to do that and wait 100 ms for an answer that cannot come
(`X11_SetWindowFullscreenViaWM`)."""

import ctypes
import os
from typing import Any

WINDOW_ATOM = 33
"""XA_WINDOW."""


def is_unmanaged() -> bool:
    """Whether the X screen has no window manager (Extended Window Manager Hints 1.5, _NET_SUPPORTING_WM_CHECK). False where
    that cannot be known: on Wayland, or without libX11."""
    if os.environ.get("SDL_VIDEODRIVER") != "x11":
        return False
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return False
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XOpenDisplay.argtypes = [ctypes.c_char_p]
    display = x11.XOpenDisplay(None)
    if not display:
        return False
    try:
        return not _has_property(x11, ctypes.c_void_p(display), b"_NET_SUPPORTING_WM_CHECK")
    finally:
        x11.XCloseDisplay(ctypes.c_void_p(display))


def _has_property(x11: Any, display: ctypes.c_void_p, name: bytes) -> bool:
    x11.XDefaultRootWindow.restype = x11.XInternAtom.restype = ctypes.c_ulong
    root, atom = x11.XDefaultRootWindow(display), x11.XInternAtom(display, name, False)
    kind, count, left = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_ulong()
    bits, value = ctypes.c_int(), ctypes.c_void_p()
    status = x11.XGetWindowProperty(
        display,
        *(ctypes.c_ulong(root), ctypes.c_ulong(atom), ctypes.c_long(0), ctypes.c_long(1), ctypes.c_int(False)),
        ctypes.c_ulong(WINDOW_ATOM),
        *(ctypes.byref(given) for given in (kind, bits, count, left, value)),
    )
    if value:
        x11.XFree(value)
    return status == 0 and kind.value == WINDOW_ATOM and count.value > 0
