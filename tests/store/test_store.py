"""The kiosk's own file: kept, encrypted, durable, shared by threads; and what happens when it cannot be used."""

import os
import subprocess
import sys
import textwrap
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from kiosk.errors import StoreError
from kiosk.ports.tally import Counter
from kiosk.store.store import Identity, PrintState, Store

IDENTITY = Identity("https://centre.example", "kiosk-1", "MARKED-credential", "ab" * 32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "kiosk.db"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "kiosk.key"


@pytest.fixture
def store(path: Path, key_file: Path) -> "Store":
    return Store.open(path, key_file)


def files_of(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


# --- what it keeps ---------------------------------------------------------------------------------------------


def test_what_is_saved_is_there_after_a_restart(store: Store, path: Path, key_file: Path) -> None:
    moment = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
    assert (store.identity(), store.catalogue()) == (None, None)
    store.save_identity(IDENTITY)
    store.save_catalogue("v1", b'{"title": 1}', moment)
    store.save_catalogue("v2", b'{"title": 2}', moment)
    store.close()
    again = Store.open(path, key_file)
    assert again.identity() == IDENTITY
    copy = again.catalogue()
    assert copy is not None
    assert (copy.version, copy.body, copy.fetched_at) == ("v2", b'{"title": 2}', moment)
    again.forget_identity()
    assert again.identity() is None
    again.close()
    again.close()


def test_secrets_are_in_no_repr_and_not_readable_on_the_disk(store: Store, path: Path) -> None:
    store.save_identity(IDENTITY)
    store.save_catalogue("v1", b"MARKED-catalogue")
    assert "MARKED" not in repr(IDENTITY)
    on_disk = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"MARKED" not in on_disk
    assert b"SQLite format" not in on_disk
    assert b"print_ledger" not in on_disk
    store.close()


def test_files_are_their_owners_alone(store: Store, path: Path, key_file: Path) -> None:
    store.save_identity(IDENTITY)
    for file in (path, key_file, path.parent, key_file.parent, path.with_name("kiosk.db-wal")):
        assert file.stat().st_mode & 0o077 == 0, file
    store.close()


def test_the_settings_of_every_connection(store: Store) -> None:
    found = [store._one(f"PRAGMA {name}")[0] for name in ("journal_mode", "synchronous", "secure_delete")]
    assert found == ["wal", 2, 1]
    store.close()


def test_many_threads(store: Store) -> None:
    def work(name: int) -> None:
        for n in range(20):
            assert store.prepare_print(f"{name}-{n}", "ticket")
            store.mark_print(f"{name}-{n}", PrintState.SENT)
            store.save_catalogue(f"{name}-{n}", b"x")

    threads = [threading.Thread(target=work, args=(name,)) for name in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.void_prints()) == 120
    store.close()


def test_what_was_written_survives_a_killed_process(path: Path, key_file: Path) -> None:
    code = textwrap.dedent(f"""
        import os, signal
        from pathlib import Path
        from kiosk.store.store import Store
        store = Store.open(Path({str(path)!r}), Path({str(key_file)!r}))
        for n in range(50):
            store.prepare_print(f"job-{{n}}", "ticket")
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    store = Store.open(path, key_file)
    assert len(store.void_prints()) == 50
    store.close()


# --- the print ledger ------------------------------------------------------------------------------------------


def test_a_job_is_prepared_once(store: Store) -> None:
    assert store.prepare_print("job-1", "ticket") is True
    assert store.prepare_print("job-1", "ticket") is False
    store.close()


@pytest.mark.parametrize(
    "way",
    [
        [PrintState.SENT, PrintState.OUT, PrintState.TAKEN],
        [PrintState.SENT, PrintState.TAKEN],
        [PrintState.OUT, PrintState.TAKEN],
        [PrintState.SENT, PrintState.VOID],
        [PrintState.VOID, PrintState.VOID],
    ],
)
def test_ways_through_the_ledger(store: Store, way: list[PrintState]) -> None:
    store.prepare_print("job-1", "guide")
    for state in way:
        store.mark_print("job-1", state)
    record = store.print_record("job-1")
    assert record is not None
    assert (record.document, record.state) == ("guide", way[-1])
    assert record.changed_at >= record.prepared_at
    store.close()


@pytest.mark.parametrize(
    ("way", "step", "sentence"),
    [
        ([], PrintState.TAKEN, "is prepared; it cannot become taken"),
        ([PrintState.OUT], PrintState.SENT, "is out; it cannot become sent"),
        ([PrintState.VOID], PrintState.OUT, "is void; it cannot become out"),
        ([PrintState.SENT, PrintState.TAKEN], PrintState.VOID, "is taken; it cannot become void"),
        ([PrintState.SENT], PrintState.PREPARED, "is sent; it cannot become prepared"),
    ],
)
def test_no_way_back_in_the_ledger(store: Store, way: list[PrintState], step: PrintState, sentence: str) -> None:
    store.prepare_print("job-1", "guide")
    for state in way:
        store.mark_print("job-1", state)
    before = store.print_record("job-1")
    with pytest.raises(StoreError, match=sentence):
        store.mark_print("job-1", step)
    assert store.print_record("job-1") == before
    store.close()


def test_an_unknown_job(store: Store) -> None:
    with pytest.raises(StoreError, match="has no job job-9"):
        store.mark_print("job-9", PrintState.SENT)
    assert store.print_record("job-9") is None
    store.close()


def test_the_end_of_a_visit_voids_what_was_not_taken(store: Store) -> None:
    for job, states in {"a": [], "b": [PrintState.SENT], "c": [PrintState.SENT, PrintState.TAKEN]}.items():
        store.prepare_print(job, "ticket")
        for state in states:
            store.mark_print(job, state)
    assert sorted(store.void_prints()) == ["a", "b"]
    assert store.void_prints() == ()
    store.close()


# --- keys ------------------------------------------------------------------------------------------------------


def test_a_key_that_others_may_read_is_refused(store: Store, path: Path, key_file: Path) -> None:
    store.close()
    key_file.chmod(0o640)
    with pytest.raises(StoreError, match=r"kiosk\.key can be used by others .* chmod 600"):
        Store.open(path, key_file)


def test_a_key_of_the_wrong_length_is_refused(path: Path, key_file: Path) -> None:
    key_file.parent.mkdir()
    key_file.write_bytes(b"short")
    key_file.chmod(0o600)
    with pytest.raises(StoreError, match="holds 5 bytes instead of 32"):
        Store.open(path, key_file)


def test_a_key_is_never_replaced(store: Store, path: Path, key_file: Path) -> None:
    key = key_file.read_bytes()
    store.close()
    Store.open(path, key_file).close()
    assert key_file.read_bytes() == key
    assert files_of(key_file) == ["kiosk.key"]


def test_another_key_leaves_the_store_where_it_is(store: Store, path: Path, key_file: Path, tmp_path: Path) -> None:
    store.save_identity(IDENTITY)
    store.close()
    before = files_of(path)
    with pytest.raises(StoreError, match="was made with another key"):
        Store.open(path, tmp_path / "other.key")
    assert files_of(path) == before
    again = Store.open(path, key_file)
    assert again.identity() == IDENTITY
    again.close()


def test_without_its_note_a_store_that_does_not_open_stays_too(store: Store, path: Path, tmp_path: Path) -> None:
    store.close()
    path.with_name("kiosk.db.key-id").unlink()
    with pytest.raises(StoreError, match="does not open with this key"):
        Store.open(path, tmp_path / "other.key")
    assert path.exists()


# --- damage ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [0, 100, 4096 * 2 + 7, -10])
def test_a_damaged_file_is_set_aside_and_a_new_one_can_begin(store: Store, path: Path, key_file: Path, at: int) -> None:
    store.save_identity(IDENTITY)
    store.save_catalogue("v1", os.urandom(20_000))
    store.close()
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"is damaged; it was set aside as kiosk\.db\.damaged-"):
        Store.open(path, key_file)
    [aside] = path.parent.glob("kiosk.db.damaged-*")
    assert aside.read_bytes() == content
    fresh = Store.open(path, key_file)
    assert fresh.identity() is None
    fresh.close()


def test_a_truncated_file_is_set_aside(store: Store, path: Path, key_file: Path) -> None:
    store.save_catalogue("v1", os.urandom(20_000))
    store.close()
    path.write_bytes(path.read_bytes()[:-5000])
    with pytest.raises(StoreError, match="set aside"):
        Store.open(path, key_file)


def test_a_newer_store_is_left_alone(store: Store, path: Path, key_file: Path) -> None:
    store.close()
    raw = sqlcipher.connect(str(path), isolation_level=None)
    raw.execute(f"PRAGMA key = \"x'{key_file.read_bytes().hex()}'\"")
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    with pytest.raises(StoreError, match=r"newer version of this program \(99"):
        Store.open(path, key_file)
    assert path.exists()


def test_a_folder_that_cannot_be_used(tmp_path: Path, key_file: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="ascii")
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path / "file" / "kiosk.db", key_file)
    with pytest.raises(StoreError, match="cannot be used"):
        Store.open(tmp_path / "kiosk.db", tmp_path / "file" / "kiosk.key")


def test_a_store_that_another_program_holds(store: Store, path: Path, key_file: Path) -> None:
    raw = sqlcipher.connect(str(path), isolation_level=None)
    raw.execute(f"PRAGMA key = \"x'{key_file.read_bytes().hex()}'\"")
    raw.execute("PRAGMA busy_timeout = 1")
    raw.execute("BEGIN IMMEDIATE")
    store._one("PRAGMA busy_timeout = 1")
    with pytest.raises(StoreError, match="cannot be used now"):
        store.save_identity(IDENTITY)
    raw.execute("ROLLBACK")
    raw.close()
    store.save_identity(IDENTITY)
    store.close()


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    with pytest.raises(StoreError, match="closed database"):
        store.identity()


def test_counters_outlive_a_restart_and_a_refill_resets_only_its_own(tmp_path: Path) -> None:
    first = Store.open(tmp_path / "kiosk.db", tmp_path / "kiosk.key")
    for _ in range(3):
        first.count("ticket_printer", Counter.PAGES)
        first.count("ticket_printer", Counter.PAGES_SINCE_REFILL)
    first.count("card_reader", Counter.READS, 2)
    first.close()
    store = Store.open(tmp_path / "kiosk.db", tmp_path / "kiosk.key")
    store.refilled("ticket_printer")
    assert store.counted("ticket_printer") == {Counter.PAGES: 3}
    assert store.counted("card_reader") == {Counter.READS: 2}
    store.close()
    store.count("card_reader", Counter.READS)  # a store that is gone ends no visit
