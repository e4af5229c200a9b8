"""`make faults`: plays every cell of the fault matrix on two processes, prints it with counts, exits 1 on a bad cell.

`python -m tests.faults [--only WORD] [--cut N] [--seed N] [--processes N]`
"""

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed

from tests.faults.matrix import IMPOSSIBLE, STANDS, Job, Row, Verdict, all_rows, cut, share
from tests.faults.taps import Moment
from tests.faults.visits import NO_VISIT

SHARE = 60
"""Cells that one process plays on one stand."""


def main() -> int:
    """The command line; 1 when a cell is bad."""
    asked = _asked()
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(1_000_000)
    rng, began = random.Random(seed), time.monotonic()
    rows = {a4: [row for row in found if asked.only in str(row)] for a4, found in all_rows().items()}
    _say(f"seed {seed}, {sum(map(len, rows.values()))} rows")
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        judged = _play(_jobs(rows, rng, asked.cut, asked.processes, folder), asked.processes)
    _say(table([row for found in rows.values() for row in found], judged))
    bad = [verdict for verdict in judged if verdict.wrong]
    for verdict in bad:
        _say(f"BAD  {verdict.cell}: {verdict.wrong}")
    _say(f"{len(judged)} cells, {len(bad)} bad, seed {seed}, {time.monotonic() - began:.0f} s")
    return 1 if bad or not judged else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--only", default="", metavar="WORD", help="rows that mention it: a device, a fault, a visit")
    parser.add_argument("--cut", type=int, default=0, metavar="N", help="a covering cut of at least N cells a stand")
    parser.add_argument("--seed", type=int, default=None, metavar="N", help="order and cut as in an earlier run")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    return parser.parse_args()


def _jobs(rows: dict[str, list[Row]], rng: random.Random, most: int, processes: int, folder: str) -> list[Job]:
    """The cells in an order of chance, the stands' shares one per process; the slow stand first."""
    jobs: list[Job] = []
    for a4 in reversed(STANDS):
        cells = cut(rows[a4], rng, most) if most else [cell for row in rows[a4] for cell in row.cells()]
        rng.shuffle(cells)
        shares = max(-(-len(cells) // SHARE), 1 if a4 == "cups" else processes)
        jobs += [(cells[n::shares], a4, folder) for n in range(shares)]
    return [job for job in jobs if job[0]]


def _play(jobs: Sequence[Job], processes: int) -> list[Verdict]:
    context, judged = multiprocessing.get_context("spawn"), list[Verdict]()
    with ProcessPoolExecutor(processes, context, max_tasks_per_child=1) as pool:
        for done in as_completed([pool.submit(share, job) for job in jobs]):
            judged += done.result()
            _say(f"  {len(judged)} cells played")
    return judged


def table(rows: Iterable[Row], judged: Sequence[Verdict]) -> str:
    """Device and fault against moments: how many visits were played and ended well; then where visits ended."""
    by_cell: dict[tuple[str, str, str, Moment], list[Verdict]] = {}
    for verdict in judged:
        cell = verdict.cell
        by_cell.setdefault((cell.kind, cell.model, str(cell.fault), cell.moment), []).append(verdict)
    lines = dict.fromkeys((row.kind, row.model, str(row.fault)) for row in rows)
    head = f"{'device':15} {'model':10} {'fault':22}" + "".join(f"{moment:>12}" for moment in Moment)
    body = [
        f"{kind:15} {model:10} {fault:22}" + "".join(_count(by_cell, (kind, model, fault), moment) for moment in Moment)
        for kind, model, fault in lines
    ]
    return "\n".join([head, *body, "", *_notes(), "", *_endings(judged)])


def _count(
    by_cell: dict[tuple[str, str, str, Moment], list[Verdict]], line: tuple[str, str, str], moment: Moment
) -> str:
    found = by_cell.get((*line, moment), [])
    if bad := sum(bool(verdict.wrong) for verdict in found):
        return f"{f'{bad} BAD':>12}"
    impossible = (line[2].partition(":")[0], moment) in IMPOSSIBLE
    return f"{'cannot be' if impossible else f'{len(found)} good' if found else 'not played':>12}"


def _notes() -> list[str]:
    cannot = [f"cannot be: {key} {moment}: {why}" for (key, moment), why in IMPOSSIBLE.items()]
    return cannot + [f"no visit uses the {kind}: it {why}" for kind, why in NO_VISIT.items()]


def _endings(judged: Sequence[Verdict]) -> list[str]:
    ends = Counter(verdict.end for verdict in judged)
    unsure = sum(verdict.unsure for verdict in judged)
    said = f"said 'not printed' although the paper was out (the confirmation was lost): {unsure}"
    return ["the visits ended in"] + [f"  {count:5} {end}" for end, count in ends.most_common()] + [said]


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
