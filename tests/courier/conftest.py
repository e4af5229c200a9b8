"""A service of its own for each test, the client, and a courier between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.centre.client import HttpCentre
from kiosk.centre.fault_proxy import FaultProxy
from kiosk.centre.http import Timeouts
from kiosk.courier.courier import Courier
from kiosk.store.outbox import StoreOutbox
from kiosk.store.store import Store
from tests.faults.case_service import CaseService, serving

QUICK = Timeouts(connect_s=0.5, read_s=0.5, total_s=1.5)


class Clock:
    """Seconds since 1970, as a test turns them."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def service(tmp_path: Path) -> Iterator[CaseService]:
    service = CaseService(tmp_path)
    yield service
    service.close()


@pytest.fixture
def proxy(service: CaseService) -> Iterator[FaultProxy]:
    with serving(service) as url, FaultProxy(url) as proxy:
        yield proxy


@pytest.fixture
def centre(proxy: FaultProxy) -> Iterator[HttpCentre]:
    centre = HttpCentre(proxy.url, "credential", version="0.1.0", timeouts=QUICK)
    yield centre
    centre.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(tmp_path: Path, clock: Clock) -> Iterator[StoreOutbox]:
    store = Store.open(tmp_path / "kiosk.db", tmp_path / "kiosk.key")
    yield StoreOutbox(store, clock)
    store.close()


@pytest.fixture
def courier(outbox: StoreOutbox, centre: HttpCentre, clock: Clock) -> Iterator[Courier]:
    """Not started: tests turn it by hand, with `work`."""
    courier = Courier(outbox, lambda: centre, clock=clock, chance=lambda: 1.0)
    yield courier
    courier.close()


def work(courier: Courier) -> None:
    """Until nothing is due and nothing on its way."""
    while courier.turn(0.02):
        pass
