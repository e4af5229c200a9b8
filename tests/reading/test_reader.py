"""Reading pages in a process of its own: what comes, when it goes, and what happens when it cannot."""

import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from kiosk.reading import reader as module
from kiosk.reading.find import find
from kiosk.reading.reader import Reader
from tests.paper import CARD, CITIZEN, CODE, LICENCE, drawn, empty

TODAY = date(2026, 11, 24)
needed = pytest.mark.usefixtures("tesseract")


@pytest.fixture(scope="session")
def tesseract() -> None:
    assert shutil.which("tesseract"), "the Debian packages tesseract-ocr and tesseract-ocr-chi-sim are needed here"


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.close()
    assert made.pid is None


def eventually(is_so: Callable[[], object], seconds: float = 5.0) -> bool:
    until = time.monotonic() + seconds
    while not is_so() and time.monotonic() < until:
        time.sleep(0.01)
    return bool(is_so())


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


@needed
def test_a_licence_and_a_card_are_read(reader: Reader) -> None:
    assert reader.pid is None, "started with the first page"
    licence = find(reader.read(drawn(LICENCE, "营业执照")), TODAY)
    assert (licence["credit_code"], licence["legal_person"]) == (CODE, "欧阳试样")
    pid = reader.pid
    card = find(reader.read(drawn(CARD)), TODAY)
    assert card == {"name": "欧阳秀英", "id_number": CITIZEN}
    assert reader.pid == pid, "one process for all"
    begin = time.monotonic()
    reader.read(drawn(LICENCE, "营业执照"))
    assert time.monotonic() - begin < 0.1, "a page that was read is not read again"


@needed
def test_nothing_is_read_of_nothing(reader: Reader) -> None:
    assert reader.read(empty()).strip() == ""
    assert reader.read(b"no picture at all") == ""
    assert reader.read(b"") == ""
    assert "欧阳" in reader.read(drawn(CARD)), "and it goes on"


@needed
def test_it_ends_when_it_is_idle_and_starts_again() -> None:
    reader = Reader(idle_s=0.05)
    reader.read(drawn(("一",)))
    assert eventually(lambda: reader.pid is None)
    assert reader.read(drawn(CARD))
    reader.close()


@needed
def test_the_end_of_a_visit_ends_it_and_forgets() -> None:
    reader = Reader()
    reader.read(drawn(CARD))
    pid = reader.pid
    assert pid is not None
    reader.forget()
    assert gone(pid)
    assert reader._texts == {}
    reader.close()


@needed
def test_the_end_of_a_visit_in_mid_page_ends_it_at_once(reader: Reader) -> None:
    texts: list[str] = []
    thread = threading.Thread(target=lambda: texts.append(reader.read(drawn(LICENCE, "营业执照"))))
    thread.start()
    assert eventually(lambda: reader.pid is not None)
    pid, begin = reader.pid, time.monotonic()
    reader.forget()
    thread.join(3)
    assert time.monotonic() - begin < 1.0
    assert texts == [""]
    assert pid is not None
    assert gone(pid)
    assert reader._texts == {}


@needed
def test_one_that_dies_costs_one_page(reader: Reader, caplog: pytest.LogCaptureFixture) -> None:
    reader.read(drawn(("一",)))
    assert reader.pid is not None
    os.killpg(reader.pid, signal.SIGKILL)
    assert reader.read(drawn(LICENCE, "营业执照")) == ""
    assert len(caplog.records) == 1
    assert find(reader.read(drawn(LICENCE, "营业执照")), TODAY)["credit_code"] == CODE


@needed
def test_one_that_hangs_is_ended() -> None:
    reader = Reader(page_s=0.4)
    reader.read(drawn(("一",)))
    if reader.pid is None:  # a busy machine: the start alone took longer
        reader = Reader(page_s=0.4)
        reader._child = module.Child("read")
    assert reader.pid is not None
    os.kill(reader.pid, signal.SIGSTOP)
    pid, begin = reader.pid, time.monotonic()
    assert reader.read(drawn(CARD)) == ""
    assert time.monotonic() - begin < 2.0
    assert gone(pid)
    reader.close()


def test_without_the_program_nothing_is_offered(monkeypatch: pytest.MonkeyPatch, reader: Reader) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert not reader.installed
    assert reader.read(drawn(("一",))) == ""
