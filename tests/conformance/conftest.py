"""A real centre that serves, with a fault proxy on the way to it, and a client that was enrolled there."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from kiosk.approval import enrolment
from kiosk.approval.service import Service
from kiosk.centre.client import HttpCentre, enrol
from kiosk.centre.fault_proxy import FaultProxy
from kiosk.centre.http import Timeouts
from kiosk.ports.centre import Centre
from tests.approval.hall import Clock, service_in, serving

QUICK = Timeouts(connect_s=0.5, read_s=0.5, total_s=1.5)


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[tuple[Service, str]]:
    with service_in(tmp_path_factory.mktemp("centre"), clock) as service, serving(service) as url:
        yield service, url


@pytest.fixture
def service(running: tuple[Service, str], clock: Clock) -> Service:
    clock.forward(days=1)  # every test has its own day: numbers begin at 001
    return running[0]


@pytest.fixture
def proxy(running: tuple[Service, str]) -> Iterator[FaultProxy]:
    with FaultProxy(running[1]) as proxy:
        yield proxy


@pytest.fixture
def one_time_code(service: Service) -> str:
    now = service.hall.now()
    return service.database.write(lambda s: enrolment.make_code(s, "hall-1", now, timedelta(days=1)))


@pytest.fixture
def centre(proxy: FaultProxy, one_time_code: str) -> Iterator[Centre]:
    centre = HttpCentre(
        proxy.url, enrol(proxy.url, one_time_code, "hall-1").credential, version="0.1.0", timeouts=QUICK
    )
    yield centre
    centre.close()
