"""The kiosk's share of reading an ID card: all time from looking for the card to having it, minus what the reader thinks
and minus what the bytes need on the wire, over a real pseudo-terminal paced at 115,200 baud.

`python -m tests.bench.bench_card` prints one line and exits with 1 when the limit is not kept.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from devices.card_readers.sdt import SdtReader
from devices.card_readers.sdt_frame import reply, request
from devices.card_readers.sdt_wire import USUAL
from tests.bench.rows import Row, below, told

BAUD = 115_200
LIMIT_MS = 20.0
ROUNDS = 8
THINKS_S = USUAL.find_s + USUAL.select_s + USUAL.read_s + USUAL.address_s
ANSWERS = (reply(0x9F, bytes(4)), reply(0x90, bytes(8)), reply(0x90, bytes(1284)), reply(0x91))
WIRE_S = (4 * len(request(0x20, 0x01)) + sum(map(len, ANSWERS))) * 10 / BAUD


def share_ms(reader: SdtReader) -> float:
    """One read."""
    begin = time.perf_counter()
    if not reader.await_card(2):
        raise SystemExit("no card was found")
    reader.read()
    return (time.perf_counter() - begin - THINKS_S - WIRE_S) * 1000


def shares(simulator: subprocess.Popen, link: Path) -> list[float]:
    """Several reads, the card laid down anew before each."""
    reader = SdtReader(SdtReader.Options(str(link), BAUD))
    reader.open()
    found = []
    for _ in range(ROUNDS):
        simulator.stdin.write("place li\n")
        simulator.stdin.flush()
        simulator.stdout.readline()
        found.append(share_ms(reader))
    reader.close()
    return found


def main() -> list[Row]:
    """The median of several reads; the worst is told."""
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder) / "reader"
        command = (sys.executable, "-m", "kiosk", "simulate", "sdt", "--link", str(link))
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as simulator:
            simulator.stdout.readline()
            found = shares(simulator, link)
            simulator.communicate("quit\n", timeout=5)
    median = statistics.median(found)
    print(f"card read: the kiosk's share {median:.1f} ms, worst {max(found):.1f} ms (limit {LIMIT_MS:.0f} ms)")
    return [
        below("ID card: the kiosk's share of a read", median, "ms", LIMIT_MS),
        told("ID card: worst share", max(found), "ms"),
    ]


if __name__ == "__main__":
    sys.exit(not all(row.passed for row in main()))
