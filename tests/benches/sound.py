"""Voices and headphones."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devices import registry
from devices.headphones.evdev import EV_SW, EV_SYN, EVENT, SW_HEADPHONE_INSERT
from devices.voices.reading_tables import table
from devices.voices.readings import SYLLABLES


@dataclass
class VoiceBench:
    """A voice with an ear. `heard`: whether any sound has come out; `let_end`: let the sentence come to its end."""

    voice: Any
    heard: Callable[[], bool]
    let_end: Callable[[], None]


@dataclass
class HeadphonesBench:
    """A socket with hands."""

    headphones: Any
    plug: Callable[[], None]
    unplug: Callable[[], None]


@contextmanager
def simulated_voice(_folder: Path) -> Iterator[VoiceBench]:
    voice = registry.build("voice", "simulated", {})
    yield VoiceBench(voice, lambda: bool(voice.said), voice.finish)


@contextmanager
def espeak(folder: Path) -> Iterator[VoiceBench]:
    """SDL's recorder in place of a sound card: at the pace of one, into a file."""
    record = folder / "sound.raw"
    for tongue in SYLLABLES:
        table(tongue)  # made once in the life of a machine; later starts find it
    voice = registry.build("voice", "espeak", {"driver": "disk", "file": str(record)})
    yield VoiceBench(voice, lambda: any(record.read_bytes()), lambda: None)


@contextmanager
def simulated_headphones(_folder: Path) -> Iterator[HeadphonesBench]:
    headphones = registry.build("headphones", "simulated", {})
    yield HeadphonesBench(headphones, headphones.plug, headphones.unplug)


@contextmanager
def evdev(folder: Path) -> Iterator[HeadphonesBench]:
    """A pipe in place of the input device: it tells changes, and nothing of what was before."""
    path = folder / "event"
    os.mkfifo(path)
    headphones = registry.build("headphones", "evdev", {"path": str(path)})
    far_end = os.open(path, os.O_RDWR | os.O_NONBLOCK)

    def turn(on: bool) -> None:
        os.write(far_end, EVENT.pack(0, 0, EV_SW, SW_HEADPHONE_INSERT, int(on)) + EVENT.pack(0, 0, EV_SYN, 0, 0))

    yield HeadphonesBench(headphones, lambda: turn(True), lambda: turn(False))
    os.close(far_end)
