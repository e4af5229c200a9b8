"""An A4 page in colour at 300 dpi to a finished PDF page, against scanimage alone: both over SANE's test backend.

`python -m tests.bench.bench_scan` prints the figures and exits with 1 when the limit is not kept. The two take turns, so that
a busy machine troubles both.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from devices import registry
from kiosk.pages_pdf import as_pdf
from kiosk.ports.page import Page
from kiosk.ports.scanner import ScanOrder
from tests.bench.rows import Row, against, told
from tests.sane_desk import SaneDesk

LIMIT = 1.5
ROUNDS = 15
ALONE = ["scanimage", "-d", "test:1", "--format=jpeg", "--mode=Color", "--depth=8", "--resolution=300"]
AREA = ["-l", "0", "-t", "0", "-x", "210", "-y", "297"]


def main() -> list[Row]:
    """The medians of both, and what the first PDF of all costs more."""
    with tempfile.TemporaryDirectory(prefix="bench-scan-") as folder:
        desk = SaneDesk(Path(folder))
        scanner = registry.build("document_scanner", "sane", {"device": desk.device, "config": folder})
        scanner.open()
        pages: list[Page] = list(scanner.scan(ScanOrder()))
        first = _took(lambda: as_pdf(pages))
        rounds = [(_took(lambda: _alone(folder)), _took(lambda: _whole(scanner))) for _ in range(ROUNDS)]
        scanner.close()
    alone, whole = (statistics.median(times) for times in zip(*rounds, strict=True))
    print(f"scan to PDF {whole:.0f} ms, scanimage alone {alone:.0f} ms, first PDF {first:.0f} ms")
    return [
        against("scan: A4 300 dpi to PDF page against scanimage alone", whole, "ms", alone, LIMIT),
        told("scan: the first PDF, its library loaded", first, "ms"),
    ]


def _alone(folder: str) -> None:
    subprocess.run([*ALONE, *AREA], env={**os.environ, "SANE_CONFIG_DIR": folder}, capture_output=True, check=True)


def _whole(scanner: object) -> None:
    assert as_pdf(list(scanner.scan(ScanOrder()))).startswith(b"%PDF")  # type: ignore[attr-defined]


def _took(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


if __name__ == "__main__":
    sys.exit(not all(row.passed for row in main()))
