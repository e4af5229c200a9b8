"""Handing in: a durable enqueue against a bare insert on the same disk, and how fast the courier empties the outbox."""

import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kiosk.centre.client import HttpCentre
from kiosk.courier.courier import Courier
from kiosk.ports.outbox import Letter
from kiosk.store.outbox import StoreOutbox
from kiosk.store.store import Store
from tests.bench.rows import Row, above, against, told
from tests.bench.whole_service import WholeService, letters, whole_service
from tests.courier.samples import letter

PUTS = 400
"""Puts and bare inserts take turns, so that both meet the same disk and the same load."""
CASES = 600
WARM, WHOLE = 100, 600
"""Cases for the approval service itself: what comes first pays for what is made once."""
LONGEST_S = 60.0


def main() -> list[Row]:
    """In a folder of this project's disk: a memory disk would make both free."""
    with tempfile.TemporaryDirectory(prefix="bench-outbox-", dir=Path.cwd() / "build") as name:
        folder = Path(name)
        with _outbox(folder / "a") as outbox:
            put_ms, bare_ms = _enqueued(outbox, folder)
            per_s, courier_alone = _drained(outbox, folder)
        with _outbox(folder / "b") as outbox:
            whole = _drained_to_the_service(outbox, folder)
    return [
        against("durable enqueue of a case, median", put_ms, "ms", bare_ms, at_most=2.0),
        told("a bare fsynced SQLite insert, median", bare_ms, "ms"),
        *whole,
        above("the courier drains to a service that only writes them down", per_s, "cases/s", 200.0),
        told("one carrier, letter after letter", courier_alone, "cases/s"),
    ]


@contextmanager
def _outbox(folder: Path) -> Iterator[StoreOutbox]:
    """An empty one."""
    folder.mkdir()
    store = Store.open(folder / "kiosk.db", folder / "kiosk.key")
    try:
        yield StoreOutbox(store)
    finally:
        store.close()


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


def _drained_to_the_service(outbox: StoreOutbox, folder: Path) -> list[Row]:
    """Cases of all items, each with its materials, to the approval service itself; and the work of both, which says what
    a machine does that has nothing else to do: the two run side by side."""
    with whole_service(folder) as service:
        several = letters(service, "whole", WARM + WHOLE)
        _sent(outbox, service, several[:WARM])
        per_s, courier_ms, service_ms = _sent(outbox, service, several[WARM:])
    if outbox.aside():
        raise RuntimeError(f"{len(outbox.aside())} cases were refused: {outbox.aside()[0].code}")
    return [
        above("the courier drains to the approval service", per_s, "cases/s", 200.0),
        told("the courier's work for a case", courier_ms, "ms"),
        told("the service's work for a case", service_ms, "ms"),
    ]


def _sent(outbox: StoreOutbox, service: WholeService, several: Sequence[Letter]) -> tuple[float, float, float]:
    """Cases a second; milliseconds of processor for one, here and in the service."""
    for each in several:
        outbox.put(each, {})
    here_s, there_s = time.process_time(), service.cpu_s()
    per_s = len(several) / _empty(outbox, service.centre, 4)
    here_ms, there_ms = (time.process_time() - here_s) * 1000, (service.cpu_s() - there_s) * 1000
    return per_s, here_ms / len(several), there_ms / len(several)


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
