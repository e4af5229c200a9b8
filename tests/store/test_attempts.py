"""Wrong PINs in the store: kept over a crash, and added to a file of the version before."""

from pathlib import Path

import pytest

from kiosk.ports.attempts import Attempts
from kiosk.ports.tally import Counter
from kiosk.store import file, migrations
from kiosk.store.store import Store


def opened(folder: Path) -> Store:
    return Store.open(folder / "kiosk.db", folder / "kiosk.key")


def test_none_at_first_then_as_kept_last(tmp_path: Path) -> None:
    store = opened(tmp_path)
    assert store.attempts() == Attempts()
    store.keep_attempts(Attempts(3, 30.0))
    store.keep_attempts(Attempts(4, 60))
    assert store.attempts() == Attempts(4, 60.0)


def test_they_are_there_when_the_process_was_killed(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.keep_attempts(Attempts(5, 119.5))
    del store  # not closed: as a process that is killed
    assert opened(tmp_path).attempts() == Attempts(5, 119.5)


def test_a_store_of_the_version_before_gets_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "NEWEST", 2)
    before = opened(tmp_path)
    before.count("ticket_printer", Counter.CUTS, 7)
    before.close()
    monkeypatch.setattr(file, "NEWEST", migrations.NEWEST)
    after = opened(tmp_path)
    assert after.counted("ticket_printer") == {Counter.CUTS: 7}
    after.keep_attempts(Attempts(1, 0))
    assert after.attempts() == Attempts(1, 0.0)
