"""All cells: each stand's devices, the faults their simulators can play, every moment, every visit that uses them."""

import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.faults.cells import NEXT, Cell, play
from tests.faults.mischief import Fault, Swap, faults_of
from tests.faults.stand import Stand
from tests.faults.taps import Moment
from tests.faults.visits import USES

NO_CARD_YET = "no card lies on the reader before the person has laid theirs there"
IMPOSSIBLE: Mapping[tuple[str, Moment], str] = {
    ("remove", Moment.BEFORE): NO_CARD_YET,
    ("swap", Moment.BEFORE): NO_CARD_YET,
}
"""Cells that cannot be, and why."""

Job = tuple[list[Cell], str, str]
"""Cells, the stand's A4 printer, and a folder for what it keeps."""
WARM, LOOSE = 4, 6
"""After so many cells a stand has opened what it needs; so many connections and threads of the centre's come and go."""

STANDS = ("simulated", "cups")
"""A4 printers to fit; the first stand is where the other devices are tried."""


@dataclass(frozen=True)
class Row:
    """A fault of a device, in one visit."""

    kind: str
    model: str
    visit: str
    fault: Fault

    def cells(self) -> Iterator[Cell]:
        """Every moment that can be."""
        for moment in Moment:
            if (self.fault.key, moment) not in IMPOSSIBLE:
                yield Cell(self.kind, self.model, self.visit, self.fault, moment)


@dataclass(frozen=True)
class Verdict:
    """What became of a cell: where the visit ended; `wrong` is empty when all is as it must be."""

    cell: Cell
    end: str
    wrong: str = ""
    unsure: bool = False


def rows_of(stand: Stand, kinds: Iterable[str]) -> Iterator[Row]:
    """The rows of these devices of a stand."""
    for kind in kinds:
        for fault in mischief(stand, kind):
            for visit in USES[kind].visits:
                yield Row(kind, stand.model(kind), visit.name, fault)


def mischief(stand: Stand, kind: str) -> Iterator[Fault]:
    """What the simulator can play, and what people can do to it."""
    handled = stand.handled(kind)
    yield from faults_of(handled)
    if "place" in {hand.key for hand in handled.hands()}:
        yield Swap(choice=NEXT)


def kinds_of(stand: Stand) -> tuple[str, ...]:
    """The devices that are tried on a stand."""
    return ("a4_printer",) if stand.server else tuple(kind for kind in stand.hall.devices if kind in USES)


def all_rows() -> dict[str, list[Row]]:
    """Stand -> its rows. Makes each stand once to ask its devices."""
    found = {}
    for a4 in STANDS:
        with tempfile.TemporaryDirectory(prefix="faults-") as folder, Stand(Path(folder), a4) as stand:
            found[a4] = list(rows_of(stand, kinds_of(stand)))
    return found


def cut(rows: Sequence[Row], rng: random.Random, most: int) -> list[Cell]:
    """A covering cut: every device at every moment, then as many other faults as there is room for, each once."""
    cells = [rng.choice(list(row.cells())) for row in rng.sample(rows, len(rows))]
    corners = {(cell.kind, cell.moment): cell for row in rows for cell in row.cells()}
    rest = [cell for cell in cells if cell not in corners.values()]
    return [*corners.values(), *rest][: max(most, len(corners))]


def verdicts(cells: Iterable[Cell], a4: str, folder: Path) -> Iterator[Verdict]:
    """Play cells on one stand; a bad one gets the stand closed and a new one made, so that it spoils no other."""
    left = list(cells)
    while left:
        with tempfile.TemporaryDirectory(dir=folder) as place, Stand(Path(place), a4) as stand:
            sound, played = True, 0
            while left and sound:
                verdict = verdict_on(stand, left.pop(0))
                sound, played = not verdict.wrong, played + 1
                yield stand_by(stand, verdict, played)


def share(job: Job) -> list[Verdict]:
    """What one process plays."""
    cells, a4, folder = job
    return [_shown(verdict) for verdict in verdicts(cells, a4, Path(folder))]


def _shown(verdict: Verdict) -> Verdict:
    """A bad one is said at once."""
    if verdict.wrong:
        sys.stderr.write(f"BAD  {verdict.cell}: {verdict.wrong}\n")
    return verdict


def stand_by(stand: Stand, verdict: Verdict, played: int) -> Verdict:
    """The verdict, unless the process has grown since the stand was warm."""
    if played <= WARM:
        stand.warm = stand.footprint()
        return verdict
    grown = [now - then for now, then in zip(stand.footprint(), stand.warm, strict=True)]
    if verdict.wrong or max(grown) <= LOOSE:
        return verdict
    return replace(verdict, wrong=f"{grown[0]} more descriptors, {grown[1]} more threads after {played} cells")


def verdict_on(stand: Stand, cell: Cell) -> Verdict:
    """Play one cell."""
    use = USES[cell.kind]
    visit = next(visit for visit in use.visits if visit.name == cell.visit)
    try:
        told = play(stand, cell, use, visit)
    except AssertionError as error:
        return Verdict(cell, stand.hall.step, str(error))
    return Verdict(cell, told.end, unsure=told.unsure)
