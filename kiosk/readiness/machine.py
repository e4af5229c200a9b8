"""Looks at the parts of the machine that are no devices: typefaces, dictionaries, clock, disks, key, store."""

import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from zoneinfo import ZoneInfo

from kiosk import fonts, words
from kiosk.contract.readiness import Figure
from kiosk.errors import KioskError, StoreError
from kiosk.readiness.exercises import Stopwatch
from kiosk.readiness.finding import Finding
from kiosk.settings import Settings
from kiosk.store.outbox import StoreOutbox
from kiosk.store.readiness import ReadinessShelf
from kiosk.store.store import Store

ROOM_MB = 500
WAITS_H = 24.0
"""A letter that the centre did not take for so long is told to people."""


def typefaces(settings: Settings) -> Iterator[Finding]:
    """The Chinese faces, and of every listed language its words and its own face."""
    fonts.use(settings.paths.fonts)
    words.use(settings.paths.locale)
    try:
        fonts.require(settings.station.languages)
    except KioskError as error:
        yield Finding("fonts", False, str(error))
    else:
        yield Finding("fonts", True, f"typefaces for {', '.join(settings.station.languages)} in {settings.paths.fonts}")


def writing(settings: Settings) -> Iterator[Finding]:
    """Every method of writing finds its dictionaries; an engine of its own is started for the look."""
    from kiosk.writing.client import WritingClient  # noqa: PLC0415  starts no process unless it is asked

    folder = settings.paths.writing
    client = WritingClient(folder)
    try:
        remedies = client.remedies()
    finally:
        client.close()
    text = "; ".join(f"{method}: {remedy}" for method, remedy in remedies.items())
    yield Finding("writing", not remedies, text or f"every method works, with the dictionaries in {folder}")


def clock(settings: Settings) -> Iterator[Finding]:
    """The clock is not behind the program's own age."""
    now = datetime.now(ZoneInfo(settings.station.time_zone))
    built = datetime.fromtimestamp(Path(__file__).stat().st_mtime, now.tzinfo)
    text = f"{now:%Y-%m-%d %H:%M} in {settings.station.time_zone}"
    right = now >= built
    yield Finding("clock", right, text if right else f"{text}, earlier than this program was installed; set the clock")


def room(settings: Settings) -> Iterator[Finding]:
    """Folders can be written and have room."""
    for name, folder in (("data", settings.paths.data), ("log", settings.log.folder)):
        there = next(path for path in (folder, *folder.parents) if path.exists())
        free_mb = shutil.disk_usage(there).free // 1_000_000
        if not _can_write(there):
            yield Finding(
                name, False, f"{there} cannot be written by this user; change its owner, or set another folder"
            )
        elif free_mb < ROOM_MB:
            yield Finding(name, False, f"{folder} has only {free_mb} MB left; make room ({ROOM_MB} MB)")
        else:
            free = Figure(name="free", value=free_mb, unit="MB")
            yield Finding(name, True, f"{folder}, {free_mb} MB free", (free,))


def _can_write(folder: Path) -> bool:
    """Tried, with a file that has no name: permissions alone do not tell of a read-only disk."""
    try:
        with TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def key(settings: Settings) -> Iterator[Finding]:
    """The store's key is the kiosk's user's alone."""
    path = settings.paths.key_file
    if not path.exists():
        yield Finding("key", True, f"{path} will be made at first start")
        return
    about = path.stat()
    private = not stat.S_IMODE(about.st_mode) & 0o077 and about.st_uid == os.getuid()
    yield Finding(
        "key",
        private,
        str(path) if private else f"{path} is open to others; chown it to the kiosk's user and chmod 600",
    )


def store(kept: Store) -> Iterator[Finding]:
    """Every page of the encrypted file is whole; how large it is, and what is open in it."""
    watch = Stopwatch()
    try:
        size = kept.check()
        figures = (
            Figure(name="size", value=round(size / 1e6, 2), unit="MB"),
            watch.figure("checked_in"),
            Figure(name="unsettled_prints", value=kept.unknown_prints()),
            Figure(name="unsent_reports", value=len(ReadinessShelf(kept).unsent())),
        )
    except StoreError as error:
        yield Finding("store", False, str(error))
    else:
        yield Finding("store", True, f"whole, {size // 1000} kB", figures)
        yield outbox(kept)


def outbox(kept: Store, now: Callable[[], float] = time.time) -> Finding:
    """Nothing that was handed in waits for a person, nor for the centre longer than a day. Raises StoreError."""
    standings = StoreOutbox(kept).standings()
    aside = sum(each.letters for each in standings if each.refused)
    waiting = [each for each in standings if not each.refused]
    oldest_h = max((now() - each.since for each in waiting), default=0.0) / 3600
    figures = (
        Figure(name="waiting", value=sum(each.letters for each in waiting)),
        Figure(name="set_aside", value=aside),
        Figure(name="oldest", value=round(max(0.0, oldest_h), 1), unit="h"),
    )
    if aside:
        return Finding("outbox", False, f"{aside} letters were refused by the centre; see `kiosk outbox`", figures)
    text = "nothing waits for long" if oldest_h <= WAITS_H else f"a letter has been waiting for {oldest_h:.0f} hours"
    return Finding("outbox", oldest_h <= WAITS_H, text, figures)
