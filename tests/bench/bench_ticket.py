"""From "take the number" to the slip's first byte at the printer: real service on loopback, real driver, real threads."""

import statistics
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from devices.printers.escpos_wire import Wire
from devices.transports import sim
from devices.transports.sim import Burst
from kiosk.events.touches import Chosen, Confirmed, Pressed, Woken
from tests.bench.rows import Row, below, told
from tests.hall import Hall

TICKETS = 20
LIMIT_MS = 150.0
STATUS = b"\x10\x04"


class StampingWire(Wire):
    """The far end of the printer's cable, with a stop-watch for the first byte that is not a question for its status."""

    first_byte_at: float | None = None

    def exchange(self, data: bytes, baud: int) -> Iterable[Burst]:
        """Note the time, answer as ever."""
        if self.first_byte_at is None and not data.startswith(STATUS):
            self.first_byte_at = time.perf_counter()
        return super().exchange(data, baud)


def main() -> list[Row]:
    """Take tickets without a card, so that the reader's own time is not in it."""
    wire = StampingWire(mm_per_s=250)
    url = sim.add("bench-ticket-printer", wire)
    with tempfile.TemporaryDirectory(prefix="bench-ticket-") as folder:
        hall = Hall(Path(folder), {"ticket_printer": url})
        try:
            hall.until_open()
            bare = statistics.median(_bare_s(hall, number) for number in range(TICKETS)) * 1000
            times = sorted(_first_byte_s(hall, wire) * 1000 for _ in range(TICKETS))
        finally:
            hall.close()
    p95 = times[round(0.95 * (len(times) - 1))]
    return [
        below("confirm to the slip's first byte, p95", p95, "ms", LIMIT_MS, bare),
        told("the bare question to the service, median", bare, "ms"),
    ]


def _bare_s(hall: Hall, number: int) -> float:
    """The yardstick: a ticket by the client alone."""
    start = time.perf_counter()
    hall.link.centre().take_ticket("advice", None, f"bench-{number:032}")
    return time.perf_counter() - start


def _first_byte_s(hall: Hall, wire: StampingWire) -> float:
    hall.do(Woken(), Chosen("ticket"), Chosen("general"), Pressed("without_card"))
    wire.first_byte_at = None
    start = time.perf_counter()
    hall.do(Confirmed())
    hall.until_step("ticket.done")
    hall.do(Pressed("finish"))
    hall.hand("ticket_printer", "take")
    return (wire.first_byte_at or float("inf")) - start


if __name__ == "__main__":
    for row in main():
        print(row)
