"""Fixtures: a service on a clock that stands still, and its application as an enrolled kiosk sees it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kiosk.approval.app import create_app
from kiosk.approval.service import Service
from tests.approval.hall import Clock, enrol_kiosk, service_in


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(tmp_path: Path, clock: Clock) -> Iterator[Service]:
    with service_in(tmp_path, clock) as service:
        yield service


@pytest.fixture
def stranger(service: Service) -> TestClient:
    """Somebody without a credential."""
    return TestClient(create_app(service), raise_server_exceptions=False)


@pytest.fixture
def kiosk(service: Service) -> TestClient:
    """An enrolled kiosk."""
    credential = enrol_kiosk(service).credential
    headers = {"Authorization": f"Bearer {credential}"}
    return TestClient(create_app(service), headers=headers, raise_server_exceptions=False)
