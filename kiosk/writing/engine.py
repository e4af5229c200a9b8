"""The process in which the writing engines work: a crash of theirs ends it and nothing else. Standard library only.

Reads one JSON object a line on standard input ({"do": "press", "key": "a"}) and answers each with one line; the first
line it says by itself: {"missing": {method: what to install}}. It ends when its input ends. What was written is kept in
memory alone: nothing is logged, and a crash leaves no core file.

`python -m kiosk.writing.engine` with the options of `Options` as a JSON object.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from kiosk.writing import rime_api, zinnia
from kiosk.writing.drawable import Drawable
from kiosk.writing.lookup import Lookup
from kiosk.writing.rime import SCHEMAS, Rime
from kiosk.writing.zinnia import Zinnia

Answer = dict[str, Any]

BUILD_IT = "kiosk dictionaries"
LEAVES_NO_CORE = 1
"""RLIMIT_CORE for "none": shorter than any core file, and for a pipe of core_pattern it means the same (core(5))."""
_DATA = {"jyutping": "rime-data-jyut6ping3", "strokes": "rime-data-stroke"}
_TABLES = {"pinyin": "bianmin_pinyin", "jyutping": "jyut6ping3", "strokes": "stroke"}


class Options(NamedTuple):
    """Where things are; texts, so that they can be handed over."""

    folder: str
    coverage: str
    librime: str = rime_api.LIBRARY
    libzinnia: str = zinnia.LIBRARY
    models: str = str(zinnia.MODELS)


class Engine:
    """Whatever of the engines could be opened, and what could not."""

    def __init__(self, options: Options) -> None:
        folder, drawable = Path(options.folder), Drawable(Path(options.coverage))
        self.missing: dict[str, str] = {}
        self._lookup = Lookup(folder, drawable)
        self._rime = self._opened_rime(folder, drawable, options.librime)
        self._zinnia = self._opened_zinnia(drawable, options)

    def _opened_rime(self, folder: Path, drawable: Drawable, library: str) -> Rime | None:
        try:
            rime = Rime(folder, drawable, library)
        except (OSError, AttributeError):
            self.missing |= dict.fromkeys(SCHEMAS, "librime1")
            return None
        self.missing |= {method: lacking for method in SCHEMAS if (lacking := _lacking(method, folder))}
        return rime

    def _opened_zinnia(self, drawable: Drawable, options: Options) -> Zinnia | None:
        models = Path(options.models)
        try:
            opened = Zinnia(drawable, options.libzinnia, models)
        except (OSError, AttributeError):
            self.missing["handwriting"] = "libzinnia0"
            return None
        if not (models / zinnia.SIMPLIFIED).is_file():
            self.missing["handwriting"] = "tegaki-zinnia-simplified-chinese"
        return opened

    def answer(self, request: Answer) -> Answer:
        """What one request comes to; an error is told by its kind, never by its text, which could quote what was typed."""
        try:
            return self._TABLE[request.pop("do")](self, **request)
        except Exception as error:  # noqa: BLE001  whatever it is, the next request may work
            return {"error": type(error).__name__}

    def _begin(self, method: str, script: str) -> Answer:
        self._forget()
        if method in SCHEMAS and self._rime:
            self._rime.begin(method, script)
        elif method == "handwriting" and self._zinnia:
            self._zinnia.begin(script)
        return {}

    def _press(self, key: str) -> Answer:
        return self._typing().press(key)._asdict()

    def _choose(self, index: int) -> Answer:
        return self._typing().choose(index)._asdict()

    def _turn(self, pages: int) -> Answer:
        return self._typing().turn(pages)._asdict()

    def _recognise(self, strokes: zinnia.Strokes, script: str) -> Answer:
        if self._zinnia is None:
            raise LookupError("zinnia is missing")
        return {"found": self._zinnia.recognise(strokes, script)}

    def _look_up(self, query: str) -> Answer:
        return {"found": self._lookup.look_up(query)}

    def _forget(self) -> Answer:
        if self._rime:
            self._rime.forget()
        if self._zinnia:
            self._zinnia.forget()
        return {}

    def _typing(self) -> Rime:
        if self._rime is None:
            raise LookupError("librime is missing")
        return self._rime

    _TABLE: dict[str, Callable[..., Answer]] = {  # noqa: RUF012  a constant of the class
        "begin": _begin,
        "press": _press,
        "choose": _choose,
        "turn": _turn,
        "recognise": _recognise,
        "look_up": _look_up,
        "forget": _forget,
    }


def _lacking(method: str, folder: Path) -> str:
    """What must be installed or made before the method works; "" when nothing."""
    built, table = folder / "build", f"{_TABLES[method]}.table.bin"
    if not (built / f"{SCHEMAS[method]}.schema.yaml").is_file():
        return BUILD_IT
    if not any((place / table).is_file() for place in (built, rime_api.SHARED / "build")):
        return _DATA.get(method, BUILD_IT)
    return ""


def main() -> None:
    """Serve until the input ends."""
    resource.setrlimit(resource.RLIMIT_CORE, (LEAVES_NO_CORE, LEAVES_NO_CORE))
    engine = Engine(Options(**json.loads(sys.argv[1])))
    _say({"missing": engine.missing})
    for line in sys.stdin.buffer:
        _say(engine.answer(json.loads(line)))
    os._exit(0)  # librime's own farewell writes files


def _say(answer: Answer) -> None:
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
