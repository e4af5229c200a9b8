"""Settings shared out over processes, each with a window of its own. Pictures are graded in memory, then saved small."""

import atexit
import ctypes
import os
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path

from PIL import Image

from kiosk import fonts
from screens.grading.matrix import Setting
from screens.grading.rule import Finding
from screens.grading.sheets import contact_sheet, small
from screens.grading.studio import Picture, Studio

QUALITY = 82
PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of <linux/prctl.h>."""
WHOLE = 20
"""So many pictures of each rule a process keeps whole."""


@dataclass(frozen=True)
class Failure:
    """A finding, and the picture that shows it."""

    picture: str
    setting: Setting
    finding: Finding
    file: str


@dataclass
class Outcome:
    """What came of one setting or many."""

    pictures: int = 0
    checked: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Together with another's."""
        self.pictures += other.pictures
        self.checked.update(other.checked)
        self.failures += other.failures
        self.sheets += other.sheets


@dataclass(frozen=True)
class Order:
    """What one process is to do next: one setting, these pictures, into this folder."""

    setting: Setting
    pairs: tuple[tuple[str, str], ...]
    out: Path


def all_outcomes(orders: Sequence[Order], processes: int) -> Iterator[Outcome]:
    """Yields what came of each order as it is done; neighbours of one screen go to one process. Raises
    BrokenProcessPool when one of them dies: what it drew would be missing."""
    packs = [list(pack) for _, pack in groupby(orders, key=lambda order: order.setting[:3] + order.setting[4:])]
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin) as pool:
        for done in as_completed([pool.submit(_work, pack) for pack in packs]):
            yield from done.result()


def _begin() -> None:
    ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)  # whatever ends the gallery ends its processes
    os.environ["SDL_VIDEODRIVER"] = "offscreen"  # drawn the same, and no window flickers
    fonts.prepare()
    atexit.register(_leave)


_open: dict[str, Studio] = {}
"""The studio of this process, by its screen: one at a time."""


def _studio(screen: str) -> Studio:
    if screen not in _open:
        _leave()
        _open[screen] = Studio(screen)
    return _open[screen]


def _leave() -> None:
    for studio in _open.values():
        studio.close()
    _open.clear()


def _work(pack: list[Order]) -> list[Outcome]:
    return [outcome_of(order, _studio(order.setting.screen)) for order in pack]


def outcome_of(order: Order, studio: Studio) -> Outcome:
    """Draw, grade and save one setting."""
    outcome = Outcome()
    thumbs = []
    for picture in studio.pictures(order.setting, order.pairs):
        thumb = small(picture.pixels)
        thumbs.append((picture.name, thumb, len(picture.grade.findings)))
        file = _saved(order.out / str(order.setting), picture, thumb)
        outcome.pictures += 1
        outcome.checked.update(picture.grade.checked)
        relative = file.relative_to(order.out).as_posix()
        outcome.failures += [Failure(picture.name, order.setting, found, relative) for found in picture.grade.findings]
    sheet = order.out / "sheets" / f"{order.setting}.webp"
    contact_sheet(thumbs, sheet)
    outcome.sheets.append(sheet.relative_to(order.out).as_posix())
    return outcome


_kept: Counter[str] = Counter()
"""How many whole pictures this process has kept of each broken rule."""


def _saved(folder: Path, picture: Picture, thumb: Image.Image) -> Path:
    """Half the size is enough to look at; what broke a rule is kept pixel by pixel, the first few of each rule."""
    folder.mkdir(parents=True, exist_ok=True)
    broken = {finding.rule for finding in picture.grade.findings}
    if any(_kept[rule] < WHOLE for rule in broken):
        _kept.update(broken)
        path = folder / f"{picture.name}.png"
        Image.fromarray(picture.pixels).convert("RGB").save(path, compress_level=1)
    else:
        path = folder / f"{picture.name}.webp"
        thumb.save(path, quality=QUALITY, method=0)
    return path
