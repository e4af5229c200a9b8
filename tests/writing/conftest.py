"""The dictionaries, built once, and clients with engines that end with the test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk import fonts
from kiosk.writing.client import EngineOptions, WritingClient
from kiosk.writing.dictionaries import build
from tests.writing.held import BUILT

Clients = Callable[..., WritingClient]


@pytest.fixture(scope="session")
def built() -> Path:
    fonts.prepare()
    build(BUILT)
    return BUILT


@pytest.fixture(scope="module")
def writing(built: Path) -> Iterator[WritingClient]:
    """One that all tests of a file share."""
    client = up(WritingClient(built))
    yield client
    client.close()


@pytest.fixture
def clients(built: Path) -> Iterator[Clients]:
    """Makes clients of the test's own."""
    made: list[WritingClient] = []

    def make(folder: Path = built, wait: bool = True, **options: str) -> WritingClient:
        client = WritingClient(folder, EngineOptions(**options))
        made.append(client)
        return up(client) if wait else client

    yield make
    for client in made:
        client.close()


def up(client: WritingClient) -> WritingClient:
    """Wait until the engine is up, for as long as a busy machine needs."""
    for _ in range(20):
        client.missing()
        if client.ready:
            return client
    raise AssertionError("the engine does not start")
