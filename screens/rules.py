"""Imports Kivy without what a kiosk does not use: a fifth of a second of every start.

- `style.kv`: 70 ms of parsing rules for widgets nobody here uses (everything is drawn by `screens.pieces`). The parser
  reads it once, from the folder in `kivy.kivy_data_dir`; for that moment it is a folder with an empty one.
- asyncio, which the clock imports for programs that run Kivy asynchronously (`kivy.clock`, `init_async_lib`): 20 ms.
- a sub-process that looks for libc (`ctypes.util.find_library`): up to 20 ms; its name is known on Linux.

Whatever is put in place for an import is taken back after it.
"""

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import kivy


@contextmanager
def _known_libc() -> Iterator[None]:
    find = ctypes.util.find_library
    ctypes.util.find_library = lambda name: "libc.so.6" if name == "c" else find(name)
    try:
        yield
    finally:
        ctypes.util.find_library = find


@contextmanager
def _no_asyncio() -> Iterator[None]:
    if "asyncio" in sys.modules:
        yield
        return
    sys.modules["asyncio"] = without = ModuleType("asyncio")
    vars(without)["wait_for"] = None  # all that the clock looks for
    try:
        yield
    finally:
        del sys.modules["asyncio"]


@contextmanager
def _no_rules() -> Iterator[None]:
    real, kivy.kivy_data_dir = kivy.kivy_data_dir, str(Path(__file__).parent / "no_rules")
    try:
        yield
    finally:
        kivy.kivy_data_dir = real


if "kivy.clock" not in sys.modules:
    with _known_libc(), _no_asyncio():
        import kivy.clock  # first of all: nearly everything of Kivy imports it
import kivy.resources  # noqa: E402  has to remember the real folder, for shaders

if "kivy.lang.builder" not in sys.modules:
    with _no_rules():
        import kivy.lang.builder
