"""The SDL2 library that Kivy itself has loaded, for the few calls Kivy does not offer."""

import ctypes
from functools import cache
from pathlib import Path

import kivy


@cache
def library() -> ctypes.CDLL | None:
    """The library of the Kivy wheel, else the system's; None where there is none."""
    folder = Path(kivy.__file__).resolve().parent.parent
    found = [*folder.glob("[Kk]ivy.libs/libSDL2-2*"), *folder.glob("kivy/.libs/libSDL2-2*")]
    for name in [*map(str, found), "libSDL2-2.0.so.0"]:
        try:
            return _typed(ctypes.CDLL(name))
        except OSError:
            continue
    return None


def _typed(found: ctypes.CDLL) -> ctypes.CDLL:
    found.SDL_PushEvent.argtypes = [ctypes.c_void_p]
    found.SDL_WaitEventTimeout.argtypes = [ctypes.c_void_p, ctypes.c_int]
    found.SDL_RegisterEvents.restype = ctypes.c_uint32
    found.SDL_GetClipboardText.restype = ctypes.c_void_p
    found.SDL_free.argtypes = [ctypes.c_void_p]
    return found


def clipboard() -> str:
    """The text in the clipboard. Kivy's own clipboard looks for xclip and xsel first, and complains about them."""
    sdl = library()
    address = sdl.SDL_GetClipboardText() if sdl else None
    if sdl is None or not address:
        return ""
    text = ctypes.string_at(address).decode("utf-8", "replace")
    sdl.SDL_free(address)
    return text
