"""`make cycles`: pulls every serial device out and puts it back 1,000 times; exits 1 when a descriptor or thread leaked.

`python -m tests.faults.cycles [--cycles N]`
"""

import argparse
import logging
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor

from tests.faults.cables import cycles, serial_models

CYCLES = 1000


def main() -> int:
    """The command line; 1 when something leaked."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.cycles", description=__doc__)
    parser.add_argument("--cycles", type=int, default=CYCLES, metavar="N")
    count, wrong = parser.parse_args().cycles, False
    with ProcessPoolExecutor(
        2, multiprocessing.get_context("spawn"), max_tasks_per_child=1, initializer=logging.disable
    ) as pool:
        running = {model: pool.submit(cycles, *model, count) for model in serial_models()}
        for (kind, model), done in running.items():
            verdict = done.result()
            wrong = wrong or bool(verdict)
            sys.stdout.write(f"{kind} {model}: {count} times out and in: {verdict or 'nothing leaked'}\n")
            sys.stdout.flush()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
