"""How fast the driver makes raster, against the fastest printers of the trade: 250 mm of paper per second.

`python -m tests.bench.bench_slip` prints one line and exits with 1 when the limit is not kept. CPU time is measured.
"""

import sys
import time

from devices.printers import escpos_bytes, slip
from tests.bench.rows import Row, above
from tests.sample_documents import ALL

LIMIT = 20
PRINTER_MM_S = 250.0
ROUNDS = 30


def speed(document, width: int) -> float:
    """Millimetres of paper per second of CPU, layout, QR code and bytes included."""
    slip.render(document, width)
    begin = time.process_time()
    rows = 0
    for _ in range(ROUNDS):
        page = slip.render(document, width)
        rows += page.height
        b"".join(escpos_bytes.raster(page))
    return rows / slip.DOTS_PER_MM / (time.process_time() - begin)


def main() -> list[Row]:
    """The slowest of all sample documents on both paper widths."""
    slowest = min(speed(document, width) for document in ALL.values() for width in (384, 576))
    times = slowest / PRINTER_MM_S
    print(f"slip raster {slowest:,.0f} mm/s = {times:.0f} times a 250 mm/s printer (limit {LIMIT})")
    return [above("slip: raster against a 250 mm/s printer", times, "times", LIMIT)]


if __name__ == "__main__":
    sys.exit(not all(row.passed for row in main()))
