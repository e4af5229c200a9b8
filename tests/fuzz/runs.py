"""One run of a target: so many inputs, none of which may raise, hang or leave memory behind."""

import faulthandler
import gc
import logging
import signal
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import FrameType

import psutil

from tests.fuzz.mutator import Mutator
from tests.fuzz.targets import Target, targets

FRAME_S = 3.0
"""No input may take longer, the big ones included, also on a busy machine and while memory is traced."""
DEAF_S = 60
"""What hangs in a library that hears no alarm is ended with a traceback."""
BATCH = 500
TRACED = 1_000
"""Inputs of each of the two batches that are compared by tracemalloc."""
GROWTH_BYTES = 250_000
"""Between those batches; caches with an end, such as that of drawn characters, are still filling."""
RSS_GROWTH_BYTES = 16_000_000
"""Between a warm process and the end of the run; allocators keep what big blocks took. Of the process's own memory: pages
of typefaces and libraries that are read where they are mapped belong to the kernel's cache of files."""
MAPPED_MORE = 60
"""Parts of files mapped meanwhile: a few libraries and typefaces that are first needed late, five parts each."""


class Hang(BaseException):
    """An input took too long. No Exception: what is fuzzed must not catch it."""


@dataclass(frozen=True)
class Report:
    """What became of a run; `wrong` is empty when all is well. `frame`: the input that did it."""

    target: str
    frames: int
    seconds: float
    wrong: str = ""
    frame: bytes | None = None


def run(target: Target, frames: int, seed: int) -> Report:
    """Feed `frames` inputs."""
    began, inputs = time.monotonic(), Mutator(target.seeds, seed, target.fix)
    fed = count(1)
    with _alarm(), _unheard():
        try:
            for sound in target.seeds:
                _feed(target, sound)
            wrong = _leaks(target, inputs, frames, fed)
        except _Broken as broken:
            return Report(target.name, next(fed), time.monotonic() - began, str(broken), broken.frame)
    return Report(target.name, next(fed) - 1, time.monotonic() - began, wrong)


def run_by_name(name: str, frames: int, seed: int) -> Report:
    """For a process of its own: what a target leaves behind is not the next one's."""
    return run(targets()[name], frames, seed)


def _leaks(target: Target, inputs: Mutator, frames: int, fed: Iterator[int]) -> str:
    """Feed everything; whether memory grew, by the process's size and by what Python holds."""
    traced = min(TRACED, frames // 3)
    _feed_many(target, inputs, traced, fed)
    before, files = _own(), _mapped()
    _feed_many(target, inputs, frames - 3 * traced, fed)
    grown, mapped = _own() - before, _mapped() - files
    tracemalloc.start()
    try:
        _feed_many(target, inputs, traced, fed)
        held = _held()
        _feed_many(target, inputs, traced, fed)
        more = _held() - held
    finally:
        tracemalloc.stop()
    if more > GROWTH_BYTES:
        return f"{more} bytes more are held after {traced} inputs"
    if mapped > MAPPED_MORE:
        return f"{mapped} more parts of files are mapped"
    return f"the process grew by {grown} bytes" if grown > RSS_GROWTH_BYTES else ""


def _feed_many(target: Target, inputs: Mutator, frames: int, fed: Iterator[int]) -> None:
    for number in range(frames):
        if not number % BATCH:
            faulthandler.dump_traceback_later(DEAF_S, exit=True)
        _feed(target, inputs.next())
        next(fed)
    faulthandler.cancel_dump_traceback_later()


class _Broken(Exception):
    def __init__(self, wrong: str, frame: bytes) -> None:
        super().__init__(wrong)
        self.frame = frame


def _feed(target: Target, data: bytes) -> None:
    signal.setitimer(signal.ITIMER_REAL, FRAME_S)
    try:
        target.feed(data)
    except target.expected:
        pass
    except Hang as hang:
        raise _Broken(f"took longer than {FRAME_S} s", data) from hang
    except Exception as error:
        raise _Broken(f"raised {type(error).__name__}: {error}", data) from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def _alarm() -> Iterator[None]:
    def ring(_number: int, _frame: FrameType | None) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, ring)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, before)
        faulthandler.cancel_dump_traceback_later()


@contextmanager
def _unheard() -> Iterator[None]:
    """Whoever collects log lines, as pytest does, would grow with them."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _own() -> int:
    gc.collect()
    memory = psutil.Process().memory_info()
    return int(memory.rss - memory.shared)


def _mapped() -> int:
    """Parts of files in this process's memory; of what is no file the inode is 0 (proc(5))."""
    return sum(line.split()[4] != "0" for line in Path("/proc/self/maps").read_text().splitlines())


def _held() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]
