"""After a visit nothing of its pages is left: not in memory, not in a process, not in any file this machine has written."""

import gc
import os
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from devices import registry
from devices.worker import Worker
from kiosk import words
from kiosk.contract.files import MediaType
from kiosk.events.touches import Chosen, Pressed, Woken
from kiosk.handlers import Handlers
from kiosk.pool import ThreadPool
from kiosk.ports.page import Page
from kiosk.ports.scanner import ScanOrder
from kiosk.runner import Runner
from kiosk.store.store import Store
from tests.journeys.material_host import ALL, JOURNEYS, WELCOME
from tests.paper import A4, CARD, drawn
from tests.phone_centre import PhoneCentre
from tests.worlds import TUESDAY_MORNING

PATIENCE_S = 30.0
LOOKED_AT = (Path("/tmp"), Path("/dev/shm"), Path("/var/tmp"))


class MarkedScanner:
    """A simulated scanner whose pages carry a mark."""

    def __init__(self, mark: bytes) -> None:
        self._under = registry.build("document_scanner", "simulated", {})
        self._mark = mark

    def __getattr__(self, name: str) -> object:
        return getattr(self._under, name)

    def scan(self, _order: ScanOrder) -> Generator[Page, None, None]:
        yield Page(marked(self._mark), *A4, 200)


def marked(mark: bytes) -> bytes:
    """A page with a JPEG comment."""
    page = drawn(CARD)
    return page[:2] + b"\xff\xfe" + (len(mark) + 2).to_bytes(2, "big") + mark + page[2:]


class Kiosk:
    """A runner over real handlers, a real worker, a real store, and a centre in the test's hands."""

    def __init__(self, folder: Path, mark: bytes) -> None:
        self.store = Store.open(folder / "kiosk.db", folder / "key")
        self.worker = Worker("document_scanner", MarkedScanner(mark), lambda _name, _status: None)
        self.pool, self.centre = ThreadPool(), PhoneCentre()
        self.handlers = Handlers(
            {"document_scanner": self.worker},
            self.pool,
            lambda: self.centre,
            lambda _card: "",
            self.store,
            tally=self.store,
        )
        self.runner = Runner(
            ALL,
            self.handlers.table(),
            lambda _view, _chrome: None,
            words.load,
            time.monotonic,
            lambda: TUESDAY_MORNING,
            journeys=JOURNEYS,
            start=WELCOME,
            discard=self.handlers.discard_prints,
        )

    def until(self, is_so: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE_S
        while not is_so() and time.monotonic() < end:
            self.runner.pump()
            time.sleep(0.01)
        assert is_so()

    @property
    def handing(self):
        return self.runner.position.answers.handing

    def close(self) -> None:
        self.worker.close()
        self.handlers.close()
        self.pool.close()
        self.store.close()


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[tuple[Kiosk, bytes, Path]]:
    mark = b"MARK" + os.urandom(12).hex().encode()
    made = Kiosk(tmp_path, mark)
    yield made, mark, tmp_path
    made.close()


def files_with(mark: bytes, *folders: Path, since: float) -> list[Path]:
    """Files written since then that hold the mark; others' unreadable ones are passed over."""
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            try:
                if path.is_file() and path.stat().st_mtime >= since and mark in path.read_bytes():
                    found.append(path)
            except OSError:
                continue
    return found


def test_nothing_of_a_visits_pages_is_left(kiosk, caplog: pytest.LogCaptureFixture) -> None:
    made, mark, folder = kiosk
    since = time.time() - 1
    for event in (Woken(), Chosen("lease"), Chosen("glass"), Pressed("scan")):
        made.runner.tell(event)
    made.until(lambda: made.runner.position.step == "material_look")
    made.until(lambda: made.handing.found)
    assert made.handing.found["name"] == "欧阳秀英"
    for event in (Pressed("pages"), Pressed("add"), Chosen("phone")):
        made.runner.tell(event)
    made.until(lambda: made.handing.phone)
    made.centre.send(marked(mark), MediaType.JPEG)
    made.until(lambda: len(made.handing.sheets) == 2)
    assert any(mark in page.jpeg for page in _pages()), "the search finds what is there"
    reader = made.handlers._materials._reader
    made.runner.end_visit()
    made.until(lambda: made.centre.closed)
    made.centre._files.clear()
    assert reader.pid is None
    assert reader._texts == {}
    made.until(lambda: not any(mark in page.jpeg for page in _pages()))
    assert files_with(mark, folder, *LOOKED_AT, since=since) == []
    assert "欧阳" not in caplog.text


def _pages() -> list[Page]:
    gc.collect()
    return [each for each in gc.get_objects() if isinstance(each, Page)]


def test_the_search_finds_a_file_that_holds_the_mark(tmp_path: Path) -> None:
    (tmp_path / "left").write_bytes(b"x" * 1000 + b"MARKED" + b"y")
    assert files_with(b"MARKED", tmp_path, since=0) == [tmp_path / "left"]
