"""The journal writes what is permitted, and `…` for the rest."""

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import journal
from kiosk.errors import Fault, PrintFailed, SetupError

NAME, NUMBER = "欧阳建国", "11010519491231002X"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """A started journal; logging is as before afterwards."""
    root, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook)
    before, level = root.handlers[:], root.level
    root.handlers = []  # pytest's own must not be closed by the start
    journal.start("INFO", tmp_path)
    yield tmp_path / "kiosk.log"
    for handler in root.handlers:
        handler.close()
    root.handlers, root.level = before, level
    sys.excepthook, threading.excepthook = hooks


def test_permitted_fields_are_shown_and_others_are_not(log: Path) -> None:
    extra = {"visit": "a1b2c3d4", "device": "card_reader", "ms": 12, "holder": NAME, "id_number": NUMBER}
    logging.getLogger("kiosk.runner").info("card read", extra=extra)
    line = log.read_text("utf-8")
    assert "card read device=card_reader holder=… id_number=… ms=12 visit=a1b2c3d4" in line
    assert NAME not in line
    assert NUMBER not in line


def test_text_values_in_messages_are_hidden_unless_vouched_for(log: Path) -> None:
    logger = logging.getLogger("kiosk.runner")
    logger.info("read %s after %d tries, %s, %s", NAME, 2, Fault.PAPER_OUT, journal.Shown("ready"))
    logger.info("number %d, or %s", 110105194912310021, 13800138000)
    logger.info("put together: " + NUMBER)
    lines = log.read_text("utf-8").splitlines()
    assert lines[0].endswith("read … after 2 tries, paper_out, ready")
    assert lines[1].endswith("number …, or …")
    assert lines[2].endswith("put together: …")


def test_a_pattern_that_does_not_fit_is_no_trouble() -> None:
    record = logging.LogRecord("kiosk", logging.INFO, __file__, 1, "%d tries", (NAME,), None)
    assert journal.Redacting().format(record).endswith(" kiosk %d tries")


def test_other_peoples_finished_messages_are_hidden(log: Path) -> None:
    logging.getLogger("urllib3").warning(f"GET /v1/tickets?holder={NAME}")
    logging.getLogger("urllib3").warning("retry %d of %s", 3, NAME)
    lines = log.read_text("utf-8").splitlines()
    assert lines[0].endswith("WARNING urllib3 …")
    assert lines[1].endswith("retry 3 of …")


def test_exceptions_keep_type_and_place_but_not_their_words(log: Path) -> None:
    try:
        raise ValueError(NAME)
    except ValueError:
        logging.getLogger("kiosk").exception("unexpected")
    text = log.read_text("utf-8")
    assert NAME not in text
    assert "[ValueError at tests/ops/test_journal.py:" in text
    assert text.count("\n") == 1


def test_our_own_errors_keep_their_words(log: Path) -> None:
    error = PrintFailed("the printer ran out of paper", Fault.PAPER_OUT)
    logging.getLogger("kiosk").warning("no slip: %s", error)
    assert "no slip: the printer ran out of paper" in log.read_text("utf-8")


def test_unhandled_exceptions_of_threads_are_written(log: Path) -> None:
    thread = threading.Thread(target=lambda: int(NAME))
    thread.start()
    thread.join()
    text = log.read_text("utf-8")
    assert "CRITICAL kiosk unhandled exception [ValueError at" in text
    assert NAME not in text


def test_counts_of_events_start_again_when_taken(tmp_path: Path) -> None:
    counts = journal.Counts()
    logger = logging.Logger("kiosk.test")
    logger.addHandler(counts)
    for _ in range(3):
        logger.info("ticket", extra={"event": "ticket_taken"})
    logger.error("broken")
    assert counts.taken() == {"ticket_taken": 3, "error kiosk.test": 1}
    assert counts.taken() == {}


def test_a_log_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SetupError, match=r"log folder .* cannot be written .* set log\.folder"):
        journal.start("INFO", tmp_path / "file" / "log")
