"""Writing on the screen: from a key to its candidates, through client and process, against a bare trip through a pipe.

Every name of the held list is typed key by key, in full and by initials, in both scripts; Cantonese and strokes, drawn
characters and searches by parts besides. What `make install` builds must be there, or is built here first.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import psutil

from kiosk import fonts
from kiosk.ports.writing import Method, Script, Writing
from kiosk.writing.client import WritingClient
from kiosk.writing.dictionaries import build
from tests.bench.rows import Row, below, table, told
from tests.writing.held import BUILT, held
from tests.writing.strokes import CHARACTERS, SIMPLIFIED, TRADITIONAL, strokes

KEY_LIMIT_MS, HANDWRITING_LIMIT_MS = 10.0, 20.0
TRIPS, ROUNDS = 2_000, 20
CANTONESE = [
    "gwongzausi",
    "punjyukeoi",
    "hoenggong",
    "gaulung",
    "saangaai",
    "neihou",
    "jingjipzapziu",
    "mgoi",
    "syunwaan",
    "zyumangok",
    "samseoibou",
]
BY_STROKES = ["hspn", "szhhszhh", "hspnhspn", "szhszhszh", "pnhshnph", "nnhpzhs", "hshpnz", "shzh"]
PARTS = ("木木木", "口口", "土口", "耳东", "水青", "金金金", "弓长", "口", "日月", "王林")
ECHO = "import sys\nfor line in sys.stdin.buffer:\n sys.stdout.buffer.write(line); sys.stdout.buffer.flush()"


def main() -> list[Row]:
    """Measure everything with one engine."""
    fonts.prepare()
    build(BUILT)
    bare = _bare_ms()
    writing = WritingClient(BUILT)
    try:
        return [*_start(writing), *_keys(writing, bare), *_drawn(writing, bare), *_searches(writing, bare)]
    finally:
        writing.close()


def _bare_ms() -> list[float]:
    """The yardstick: a line of JSON to a process that says it back."""
    line = json.dumps({"do": "press", "key": "a"}).encode() + b"\n"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", ECHO], stdin=pipe, stdout=pipe, bufsize=0) as echo:
        assert echo.stdin
        assert echo.stdout
        ask, answer = partial(echo.stdin.write, line), echo.stdout.readline

        def trip() -> None:
            ask()
            answer()

        taken = [_ms(trip) for _ in range(TRIPS)]
        echo.stdin.close()
    return taken[10:]


def _start(writing: WritingClient) -> Iterator[Row]:
    begun = time.perf_counter()
    yield told("writing: starting the engine, what the caller waits", _ms(writing.start), "ms")
    while not writing.ready:
        time.sleep(0.001)
    yield told("writing: starting the engine, until it answers (in the background)", _since(begun), "ms")


def _keys(writing: WritingClient, bare: list[float]) -> Iterator[Row]:
    pinyin = [words for one in held() for words in (one.full, one.initials)]
    taken = [*_typed(writing, Method.PINYIN, pinyin, Script.SIMPLIFIED)]
    yield from _rows("writing: key to candidates, held list", taken, KEY_LIMIT_MS, bare)
    taken = [*_typed(writing, Method.PINYIN, pinyin[::5], Script.TRADITIONAL)]
    yield from _rows("writing: the same in traditional characters", taken, KEY_LIMIT_MS, bare)
    yield told("writing: memory of the engine after pinyin (PSS)", _memory_mb(writing), "MB")
    for method, words in ((Method.JYUTPING, CANTONESE), (Method.STROKES, BY_STROKES)):
        taken = [*_typed(writing, method, words * ROUNDS, Script.TRADITIONAL)]
        yield from _rows(f"writing: key to candidates, {method.value}", taken, KEY_LIMIT_MS, bare)


def _typed(writing: Writing, method: Method, words: Sequence[str], script: Script) -> Iterator[float]:
    for word in words:
        writing.begin(method, script)
        yield from (_ms(partial(writing.press, key)) for key in word)


def _drawn(writing: WritingClient, bare: list[float]) -> Iterator[Row]:
    for script in Script:
        writing.begin(Method.HANDWRITING, script)
        drawn = [strokes(corners) for corners in (CHARACTERS | TRADITIONAL | SIMPLIFIED).values()] * ROUNDS
        taken = [_ms(partial(writing.recognise, drawing, script)) for drawing in drawn]
        yield from _rows(f"writing: handwriting, {script.name.lower()}", taken, HANDWRITING_LIMIT_MS, bare)
    yield told("writing: memory of the engine during handwriting (PSS)", _memory_mb(writing), "MB")
    writing.forget()
    yield told("writing: memory of the engine after forgetting (PSS)", _memory_mb(writing), "MB")


def _searches(writing: WritingClient, bare: list[float]) -> Iterator[Row]:
    taken = [_ms(partial(writing.look_up, parts)) for parts in PARTS * ROUNDS]
    yield from _rows("writing: rare characters by parts", taken, KEY_LIMIT_MS, bare)


def _rows(name: str, taken: list[float], limit_ms: float, bare: list[float]) -> Iterator[Row]:
    yield below(f"{name}, p99 of {len(taken)}", _p99(taken), "ms", limit_ms, _p99(bare))
    yield told(f"{name}, p50", statistics.median(taken), "ms", statistics.median(bare))


def _memory_mb(writing: WritingClient) -> float:
    return float(psutil.Process(writing.pid).memory_full_info().pss) / 1e6


def _ms(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return _since(start)


def _since(start: float) -> float:
    return (time.perf_counter() - start) * 1000


def _p99(taken: Sequence[float]) -> float:
    return sorted(taken)[round(0.99 * (len(taken) - 1))]


if __name__ == "__main__":
    sys.stdout.write(table(main()) + "\n")
