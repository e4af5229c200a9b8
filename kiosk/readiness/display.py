"""Whether there is a display, and whether it is as the settings say."""

import os
import shutil
import socket
from collections.abc import Iterator, Mapping
from ctypes import CDLL, c_char_p, c_int, c_void_p
from ctypes.util import find_library
from pathlib import Path

from kiosk.readiness.finding import Finding
from kiosk.settings import Settings
from kiosk.virtual_display import NOVNC, has_display

_HELPERS = ("Xvfb", "x11vnc", "websockify")


def display(settings: Settings, environ: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """The session's display, or what a virtual one takes."""
    if not has_display(environ):
        missing = [name for name in _HELPERS if shutil.which(name) is None] + ([] if NOVNC.exists() else ["novnc"])
        text = f"none, and {', '.join(missing)} for a virtual one is missing; run `make install`"
        yield Finding("display", not missing, text if missing else "none; a virtual one will be served to a browser")
    elif environ.get("DISPLAY"):
        yield _x_display(environ["DISPLAY"], settings)
    else:
        yield _wayland(environ)


def _x_display(name: str, settings: Settings) -> Finding:
    size, wanted = _x_size(name), (settings.screen.width_px, settings.screen.height_px)
    if size is None:
        return Finding(
            "display", False, f"DISPLAY is {name} but no X server lets us in there; check DISPLAY and XAUTHORITY"
        )
    if settings.screen.fullscreen and size != wanted:
        seen, asked = "x".join(map(str, size)), "x".join(map(str, wanted))
        advice = (
            "turn it with xrandr --rotate" if size == wanted[::-1] else "correct screen.width_px and screen.height_px"
        )
        return Finding("display", False, f"{name} has {seen} pixels and the settings say {asked}; {advice}")
    return Finding("display", True, f"{name}, {size[0]}x{size[1]} pixels")


def _x_size(name: str) -> tuple[int, int] | None:
    """Width and height of the X screen in pixels; None when there is no way in."""
    library = find_library("X11")
    if library is None:
        return None
    x11 = CDLL(library)
    x11.XOpenDisplay.restype, x11.XOpenDisplay.argtypes = c_void_p, [c_char_p]
    for function in (x11.XDisplayWidth, x11.XDisplayHeight):
        function.argtypes = [c_void_p, c_int]
    x11.XCloseDisplay.argtypes = [c_void_p]
    connection = x11.XOpenDisplay(name.encode())
    if not connection:
        return None
    size = x11.XDisplayWidth(connection, 0), x11.XDisplayHeight(connection, 0)
    x11.XCloseDisplay(connection)
    return size


def _wayland(environ: Mapping[str, str]) -> Finding:
    path = Path(environ.get("XDG_RUNTIME_DIR", "/run")) / environ["WAYLAND_DISPLAY"]
    with socket.socket(socket.AF_UNIX) as probe:
        there = probe.connect_ex(str(path)) == 0
    return Finding(
        "display", there, str(path) if there else f"no Wayland compositor answers at {path}; check WAYLAND_DISPLAY"
    )
