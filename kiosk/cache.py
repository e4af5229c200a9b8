"""Small results that are kept between starts, because computing them would cost a start more than the rest of it.

JSON files in the user's cache folder, each with the stamp of what it was made from. Nothing personal, nothing secret;
a file that is missing, old, damaged or not writable costs time and nothing else.
"""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from zlib import adler32, crc32


def folder() -> Path:
    """`$XDG_CACHE_HOME/bianmin`, or `~/.cache/bianmin`."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bianmin"


def stamp(files: Iterable[Path], *more: str) -> str:
    """Check sums of the contents of files (a missing one counts as such) and of further words: they tell a change, not
    an attack, and cost no library."""
    parts = [path.name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b"\1") for path in files]
    whole = b"\0".join([*parts, *(word.encode() for word in more)])
    return f"{len(whole)}-{crc32(whole):08x}-{adler32(whole):08x}"


def kept(name: str, made_from: str, make: Callable[[], Any]) -> Any:
    """What was kept under `name` for the stamp `made_from`, or what `make` says now (JSON values), kept from now on."""
    path = folder() / f"{name}.json"
    try:
        stored = json.loads(path.read_bytes())
        if stored["made_from"] == made_from:
            return stored["result"]
    except (OSError, ValueError, KeyError, TypeError):
        pass  # made anew below
    result = make()
    _keep(path, {"made_from": made_from, "result": result})
    return result


def _keep(path: Path, content: Any) -> None:
    part = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        part.replace(path)
    except OSError:
        return  # a read-only home: the next start computes again
