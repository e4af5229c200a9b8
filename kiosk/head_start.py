"""Warms up the drawing libraries on the other core while Python is still importing.

Opening a first window with software OpenGL takes about 90 ms of native code (SDL, Mesa, LLVM), during which Kivy holds
the interpreter. Called through ctypes the same code runs beside the imports; Kivy's own window then opens in a fraction
of the time. Nothing depends on it: where a library is missing, or fails, the window opens as it always did.
"""

import ctypes
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

INIT_VIDEO = 0x20
OPENGL_HIDDEN = 0x2 | 0x8  # SDL_WINDOW_OPENGL | SDL_WINDOW_HIDDEN
WAIT_S = 5.0


def begin() -> Callable[[], None]:
    """Start warming up; the function returned waits until it is done, and must be called before Kivy opens its window."""
    thread = threading.Thread(target=_warm_up, name="head-start", daemon=True)
    thread.start()
    return lambda: thread.join(WAIT_S)


def _warm_up() -> None:
    path = next((found for folder in sys.path for found in Path(folder).glob("Kivy.libs/libSDL2-2-*.so*")), None)
    if path is None:
        return
    try:
        _open_and_close(ctypes.CDLL(str(path)))
    except (OSError, AttributeError):
        return  # another SDL than we know: Kivy will do it alone


def _open_and_close(sdl: Any) -> None:
    sdl.SDL_CreateWindow.restype = sdl.SDL_GL_CreateContext.restype = ctypes.c_void_p
    for function in (sdl.SDL_GL_CreateContext, sdl.SDL_GL_SwapWindow, sdl.SDL_GL_DeleteContext, sdl.SDL_DestroyWindow):
        function.argtypes = [ctypes.c_void_p]
    if sdl.SDL_Init(INIT_VIDEO) != 0:
        return
    window = sdl.SDL_CreateWindow(b"", 0, 0, 16, 16, OPENGL_HIDDEN)
    if window:
        context = sdl.SDL_GL_CreateContext(window)
        if context:
            sdl.SDL_GL_DeleteContext(context)
        sdl.SDL_DestroyWindow(window)
