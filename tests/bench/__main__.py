"""`make bench`: runs every bench_*.py beside this file, prints one table, and exits non-zero when a limit is missed.

`python -m tests.bench touch start` runs only those named.
"""

import argparse
import os
import sys
import tempfile
import time
import traceback
from importlib import import_module
from pathlib import Path

from tests.bench.rows import Row, table

HERE = Path(__file__).parent


def main() -> int:
    """Run the benchmarks; 1 when a limit was missed or a benchmark failed."""
    known = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these of: {', '.join(known)}")
    chosen = parser.parse_args().names or known
    if unknown := set(chosen) - set(known):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="bench-cache-") as cache:
        os.environ["XDG_CACHE_HOME"] = cache  # what 100,000 invented items leave there is nobody's
        rows = [row for name in chosen for row in _rows(name)]
    print(f"\n{_machine()}\n\n{table(rows)}")
    missed = [row.name for row in rows if not row.passed]
    print(
        f"\n{len(rows) - len(missed)} rows within their limits" + (f", MISSED: {'; '.join(missed)}" if missed else "")
    )
    return 1 if missed else 0


def _rows(name: str) -> list[Row]:
    """The rows of one benchmark; one that breaks is a missed row, and the others still run."""
    start = time.monotonic()
    print(f"{name} ...", end=" ", flush=True)
    try:
        rows: list[Row] = import_module(f"tests.bench.bench_{name}").main()
    except Exception:  # noqa: BLE001  whatever it is, it must show up in the verdict
        traceback.print_exc()
        rows = [Row(f"{name}: broke", 0, "", "must run", passed=False)]
    print(f"{time.monotonic() - start:.0f} s", flush=True)
    return rows


def _machine() -> str:
    models = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    ]
    return f"{os.cpu_count()} cores of {models[0] if models else 'unknown make'}, load {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    sys.exit(main())
