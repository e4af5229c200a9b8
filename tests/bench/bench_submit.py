"""A case with four scanned pages, from "hand it in" to the first byte of its receipt: real service in a process of its own, real
outbox, courier and upload, real printer driver, real threads. What counts is the part after the service has confirmed."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import cycle
from pathlib import Path
from typing import Any

from devices.scanners.sample_pages import SHEETS, picture
from devices.transports import sim
from kiosk.cases.model import CaseInHand, Origin, Sheet, Wish
from kiosk.cases.needs import materials_of
from kiosk.catalogue.model import Catalogue
from kiosk.contract.cases import CaseReceipt, CaseRequest
from kiosk.events.touches import Confirmed
from kiosk.journeys.apply_model import ApplyAnswers, Standing
from kiosk.journeys.model import Position
from kiosk.ports.page import Page
from tests.bench.bench_ticket import StampingWire
from tests.bench.rows import Row, below, told
from tests.courier.samples import SIGNED
from tests.hall import Hall
from tests.year.answers import case_of
from tests.year.plan import Planned

CASES = 10
PAGES, DPI = 4, 200
LIMIT_MS = 300.0
ITEM = "workshop-new"
"""It asks for four materials."""


@dataclass(frozen=True)
class _Times:
    """Moments of one handing in (seconds, monotonic)."""

    pressed: float
    kept: float
    confirmed: float
    first_byte: float


class _Stamping:
    """The centre's client, with a stop-watch for the answer to a case."""

    def __init__(self, centre: Any, confirmed: list[float]) -> None:
        self._centre, self._confirmed = centre, confirmed

    def submit_case(self, request: CaseRequest, key: str) -> CaseReceipt:
        """Hand in, note when it was confirmed."""
        receipt: CaseReceipt = self._centre.submit_case(request, key)
        self._confirmed.append(time.perf_counter())
        return receipt

    def __getattr__(self, name: str) -> Any:
        return getattr(self._centre, name)


def main() -> list[Row]:
    """Hand in cases of different people and pages; the first also pays for what is imported late, and is told of."""
    wire = StampingWire(mm_per_s=250)
    with tempfile.TemporaryDirectory(prefix="bench-submit-", dir=Path.cwd() / "build") as folder:
        hall = Hall(Path(folder), {"ticket_printer": sim.add("bench-submit-printer", wire)})
        try:
            hall.until_open()
            first, *times = list(_handed_in(hall, wire))
        finally:
            hall.close()
    return _rows(first, times)


def _rows(first: _Times, times: list[_Times]) -> list[Row]:
    whole = [each.first_byte - each.pressed for each in times]
    return [
        below("case confirmed to the receipt's first byte, p95", _p95(_after(each) for each in times), "ms", LIMIT_MS),
        below("the same, the first case after a start", _after(first) * 1000, "ms", LIMIT_MS),
        told(f"hand in {PAGES} pages of {DPI} dpi: press to kept, p95", _p95(t.kept - t.pressed for t in times), "ms"),
        told("press to confirmed by the service, p95", _p95(t.confirmed - t.pressed for t in times), "ms"),
        told("press to the receipt's first byte, p95", _p95(whole), "ms"),
    ]


def _after(times: _Times) -> float:
    return times.first_byte - times.confirmed


def _p95(seconds: Iterator[float]) -> float:
    several = sorted(seconds)
    return several[round(0.95 * (len(several) - 1))] * 1000


def _handed_in(hall: Hall, wire: StampingWire) -> Iterator[_Times]:
    confirmed: list[float] = []
    with _stamped(hall, confirmed):
        for number in range(CASES):
            case = _case(number, hall.runner.world.catalogue, hall.runner.world.now)
            yield _one(hall, wire, case, confirmed)


def _one(hall: Hall, wire: StampingWire, case: CaseInHand, confirmed: list[float]) -> _Times:
    """Somebody who has signed presses the button."""
    hall.runner.position = Position("apply", "sign", ApplyAnswers(case=case))
    wire.first_byte_at = None
    pressed = time.perf_counter()
    hall.do(Confirmed())
    hall.until(lambda: hall.runner.position.step != "submitting", "it to be kept")
    kept = time.perf_counter()
    hall.until_step("apply.done")
    answers = hall.runner.position.answers
    if answers.stands is not Standing.RECEIVED or wire.first_byte_at is None:
        raise RuntimeError(
            f"the receipt does not say that it was received: {answers.stands.value}, {answers.paper.value}"
        )
    hall.hand("ticket_printer", "take")
    return _Times(pressed, kept, confirmed[-1], wire.first_byte_at)


@contextmanager
def _stamped(hall: Hall, confirmed: list[float]) -> Iterator[None]:
    """The courier asks the link for the centre, each time anew."""
    plain = hall.link.centre
    hall.link.centre = lambda: _Stamping(plain(), confirmed)  # type: ignore[method-assign,return-value]
    try:
        yield
    finally:
        hall.link.centre = plain  # type: ignore[method-assign]


def _case(number: int, catalogue: Catalogue, now: datetime) -> CaseInHand:
    """Complete and signed, with four pages that nobody has handed in before."""
    name = "赵钱孙李周吴郑王冯陈"[number] + "安然"
    item = catalogue.by_id[ITEM]
    planned = Planned(number, item, name, "11010519491231002X", "13800001234", now, now.date(), None)
    case = case_of(planned, catalogue)
    wanted = [need.material.id for need in materials_of(case, catalogue) if need.material.required and not need.on_file]
    sheets: dict[str, tuple[Sheet, ...]] = {}
    for material, page in zip(cycle(wanted), _pages(number), strict=False):
        sheets[material] = (*sheets.get(material, ()), page)
    return replace(case, sheets=sheets, wish=Wish(item.delivery[0]), strokes=SIGNED)


def _pages(number: int) -> Iterator[Sheet]:
    """As a flatbed scans them; a comment makes the files of each case its own."""
    for kind, _ in zip(cycle(SHEETS), range(PAGES), strict=False):
        jpeg, width, height = picture(kind, DPI, colour=True)
        yield Sheet(Page(_marked(jpeg, number), width, height, DPI), Origin.SCANNER)


def _marked(jpeg: bytes, number: int) -> bytes:
    """With a comment segment (ITU-T T.81, B.2.4.5) after the start of the image."""
    return jpeg[:2] + b"\xff\xfe\x00\x06" + number.to_bytes(4, "big") + jpeg[2:]


if __name__ == "__main__":
    for row in main():
        print(row)
