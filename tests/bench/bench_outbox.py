"""Handing in: a durable enqueue against a bare insert on the same disk, and how fast the courier empties the outbox."""

import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.centre.client import HttpCentre
from kiosk.courier.courier import Courier
from kiosk.store.outbox import StoreOutbox
from kiosk.store.store import Store
from tests.bench.rows import Row, above, against, told
from tests.courier.samples import letter

PUTS = 400
"""Puts and bare inserts take turns, so that both meet the same disk and the same load."""
CASES = 600
LONGEST_S = 60.0


def main() -> list[Row]:
    """In a folder of this project's disk: a memory disk would make both free."""
    with tempfile.TemporaryDirectory(prefix="bench-outbox-", dir=Path.cwd() / "build") as name:
        folder = Path(name)
        store = Store.open(folder / "kiosk.db", folder / "kiosk.key")
        outbox = StoreOutbox(store)
        put_ms, bare_ms = _enqueued(outbox, folder)
        per_s, courier_alone = _drained(outbox, folder)
        store.close()
    return [
        against("durable enqueue of a case, median", put_ms, "ms", bare_ms, at_most=2.0),
        told("a bare fsynced SQLite insert, median", bare_ms, "ms"),
        above("the courier drains to a loopback service", per_s, "cases/s", 200.0),
        told("one carrier, letter after letter", courier_alone, "cases/s"),
    ]


def _enqueued(outbox: StoreOutbox, folder: Path) -> tuple[float, float]:
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    bare.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE bare (id INTEGER PRIMARY KEY, body BLOB)"
    )
    puts: list[float] = []
    inserts: list[float] = []
    for each in [letter(f"bench-{number:06}") for number in range(PUTS)]:
        puts.append(_ms(lambda each=each: outbox.put(each, {})))
        inserts.append(_ms(lambda each=each: bare.execute("INSERT INTO bare (body) VALUES (?)", (each.body,))))
    bare.close()
    return statistics.median(puts), statistics.median(inserts)


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _drained(outbox: StoreOutbox, folder: Path) -> tuple[float, float]:
    """Cases a second: all carriers, and one. The service is a process of its own."""
    with _service(folder) as url:
        centre = HttpCentre(url, "none", version="0.1.0")
        _empty(outbox, centre, 4)
        rates = []
        for carriers in (4, 1):
            for number in range(CASES):
                outbox.put(letter(f"drain-{carriers}-{number:06}"), {})
            rates.append(CASES / _empty(outbox, centre, carriers))
        centre.close()
    return rates[0], rates[1]


def _empty(outbox: StoreOutbox, centre: HttpCentre, carriers: int) -> float:
    courier = Courier(outbox, lambda: centre, carriers=carriers)
    start = time.perf_counter()
    courier.start()
    while outbox.waiting() and time.perf_counter() < start + LONGEST_S:
        time.sleep(0.01)
    took_s = time.perf_counter() - start
    courier.close()
    return took_s


@contextmanager
def _service(folder: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.faults.case_service", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        yield process.stdout.readline().strip()
        process.stdin.close()


if __name__ == "__main__":
    for row in main():
        print(row)
