"""`make fuzz`: 1,000,000 changed inputs for every reader of foreign bytes; exits 1 when one raises, hangs or grows.

`python -m tests.fuzz [--frames N] [--target NAME ...] [--seed N] [--processes N]`
"""

import argparse
import multiprocessing
import random
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from tests.fuzz.runs import Report, run_by_name
from tests.fuzz.targets import targets

FRAMES = 1_000_000
KEPT = Path("build/fuzz")


def main() -> int:
    """The command line; 1 when a target is not as it must be."""
    known = targets()
    asked = _asked(list(known))
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(1_000_000)
    _say(f"seed {seed}, {asked.frames} inputs for each of {', '.join(asked.target or known)}")
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(asked.processes, context, max_tasks_per_child=1) as pool:
        running = [pool.submit(run_by_name, name, asked.frames, seed) for name in asked.target or known]
        reports = [_told(done.result()) for done in as_completed(running)]
    return 1 if any(report.wrong for report in reports) else 0


def _asked(known: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--frames", type=int, default=FRAMES, metavar="N", help="inputs for each target (1,000,000)")
    parser.add_argument("--target", action="append", choices=known, metavar="NAME", help="only this one; repeatable")
    parser.add_argument("--seed", type=int, default=None, metavar="N", help="the inputs of an earlier run")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    return parser.parse_args()


def _told(report: Report) -> Report:
    verdict = f"BAD: {report.wrong}" if report.wrong else "good"
    _say(f"{report.target:24} {report.frames:9,} inputs {report.seconds:7.1f} s  {verdict}")
    if report.frame is not None:
        KEPT.mkdir(parents=True, exist_ok=True)
        kept = KEPT / f"{report.target}-{report.frames}.bin"
        kept.write_bytes(report.frame)
        _say(f"{'':24} the input is in {kept}: {report.frame[:60].hex()}")
    return report


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
