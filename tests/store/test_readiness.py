"""The readiness reports in the store: the newest 30, and whatever the centre does not have yet."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.errors import StoreError
from kiosk.store.migrations import STEPS
from kiosk.store.readiness import KEPT, ReadinessShelf
from kiosk.store.store import Store

DAY = date(2026, 1, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "kiosk.db", tmp_path / "kiosk.key")
    yield opened
    opened.close()


def fill(shelf: ReadinessShelf, n: int, *, sent: bool) -> None:
    for number in range(n):
        shelf.put(f"morning-{number}-aaaa", DAY + timedelta(days=number), str(number).encode())
        if sent:
            shelf.sent(f"morning-{number}-aaaa")


def test_the_newest_thirty_are_kept(store: Store) -> None:
    shelf = ReadinessShelf(store)
    fill(shelf, KEPT + 5, sent=True)
    assert store.all("SELECT COUNT(*) FROM readiness") == [(KEPT,)]
    newest = shelf.newest()
    assert newest is not None
    assert (newest.body, newest.sent, newest.day) == (b"34", True, DAY + timedelta(days=34))


def test_what_was_not_sent_is_never_dropped(store: Store) -> None:
    shelf = ReadinessShelf(store)
    fill(shelf, KEPT * 3, sent=False)
    assert [int(kept.body) for kept in shelf.unsent()] == list(range(KEPT * 3))


def test_the_same_report_twice_is_one(store: Store) -> None:
    shelf = ReadinessShelf(store)
    for body in (b"first", b"second"):
        shelf.put("morning-1-aaaa", DAY, body)
    assert [kept.body for kept in shelf.unsent()] == [b"first"]


def test_the_last_morning_is_not_a_technicians_report(store: Store) -> None:
    shelf = ReadinessShelf(store)
    assert (shelf.newest(), shelf.last_morning()) == (None, None)
    shelf.put("morning-1-aaaa", DAY, b"1")
    shelf.put("check-1-aaaaaa", DAY + timedelta(days=1), b"2")
    assert shelf.last_morning() == DAY


def test_a_store_of_the_version_before_is_brought_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kiosk.store import file

    path, key = tmp_path / "kiosk.db", tmp_path / "kiosk.key"
    before = {number: step for number, step in STEPS.items() if number < 3}
    with monkeypatch.context() as older:
        older.setattr(file, "STEPS", before)
        older.setattr(file, "NEWEST", 2)
        Store.open(path, key).close()
    store = Store.open(path, key)
    ReadinessShelf(store).put("morning-1-aaaa", DAY, b"1")
    store.close()


def test_a_check_reads_every_page(store: Store) -> None:
    assert store.check() >= 4096


def test_a_damaged_page_is_found(store: Store, tmp_path: Path) -> None:
    store.save_catalogue("v1", b"x" * 50_000)
    store.all("PRAGMA wal_checkpoint(TRUNCATE)")
    path = tmp_path / "kiosk.db"
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    path.write_bytes(damaged)
    with pytest.raises(StoreError, match="damaged"):
        store.check()
