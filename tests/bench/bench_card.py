"""The kiosk's share of reading an ID card: all time from looking for the card to having it, minus what the reader thinks
and minus what the bytes need on the wire, over a real pseudo-terminal paced at 115,200 baud. For a social-security card:
all of a read through a real pcscd, whose virtual card needs no time to think.

`python -m tests.bench.bench_card` prints one line and exits with 1 when the limit is not kept.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from devices.card_readers.sdt import SdtReader
from devices.card_readers.sdt_frame import reply, request
from devices.card_readers.sdt_wire import USUAL
from devices.citizen_cards.pcsc import PcscReader
from devices.citizen_cards.pcsc_card import PcscCard
from tests.bench.rows import Row, below, told
from tests.pcsc_server import PcscServer

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


def social_ms() -> list[float]:
    """Several reads of a card that stays in the slot."""
    with tempfile.TemporaryDirectory() as folder, PcscServer(Path(folder)) as server:
        slot, reader = PcscCard(server.port), PcscReader(PcscReader.Options(socket=server.socket))
        reader.open()
        slot.place("li")
        if not reader.await_card(5):
            raise SystemExit("no social-security card was found")
        found = [_timed(reader.read) for _ in range(ROUNDS + 1)]
        slot.remove()
        reader.close()
    return found[1:]  # the first one powers the card


def _timed(read: Callable[[], object]) -> float:
    begin = time.perf_counter()
    read()
    return (time.perf_counter() - begin) * 1000


def main() -> list[Row]:
    """The median of several reads; the worst is told."""
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder) / "reader"
        command = (sys.executable, "-m", "kiosk", "simulate", "sdt", "--link", str(link))
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as simulator:
            simulator.stdout.readline()
            found = shares(simulator, link)
            simulator.communicate("quit\n", timeout=5)
    median, social = statistics.median(found), statistics.median(social_ms())
    print(f"card read: the kiosk's share {median:.1f} ms, worst {max(found):.1f} ms (limit {LIMIT_MS:.0f} ms)")
    return [
        below("ID card: the kiosk's share of a read", median, "ms", LIMIT_MS),
        told("ID card: worst share", max(found), "ms"),
        below("Social-security card: a read through pcscd", social, "ms", LIMIT_MS),
    ]


if __name__ == "__main__":
    sys.exit(not all(row.passed for row in main()))
