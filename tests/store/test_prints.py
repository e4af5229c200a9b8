"""The print ledger over the end of a visit and over crashes: what the next start knows it may claim."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.errors import StoreError
from kiosk.ports.ledger import PrintState, Recovered
from kiosk.store import prints
from kiosk.store.store import Store

S = PrintState


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "kiosk.db", tmp_path / "kiosk.key")
    yield made
    made.close()


def job(store: Store, name: str, *states: PrintState) -> None:
    store.prepare_print(name, "ticket")
    for state in states:
        store.mark_print(name, state)


def test_what_was_left_open_is_void_and_counted_by_where_it_stood(store):
    job(store, "a")
    job(store, "b", S.SENT)
    job(store, "c", S.SENT, S.OUT)
    job(store, "d", S.SENT, S.OUT, S.TAKEN)
    job(store, "e", S.SENT, S.VOID)
    assert store.recover_prints() == Recovered(unsent=1, unknown=1, out=1)
    assert store.recover_prints() == Recovered()
    assert [store.print_record(name).voided_from for name in "abcde"] == [S.PREPARED, S.SENT, S.OUT, None, None]
    assert [store.print_record(name).state for name in "abcde"] == [S.VOID, S.VOID, S.VOID, S.TAKEN, S.VOID]


def test_nothing_that_was_left_open_can_be_printed_again(store):
    for number, states in enumerate(([], [S.SENT], [S.SENT, S.OUT])):
        job(store, f"job-{number}", *states)
    store.recover_prints()
    for number in range(3):
        assert store.prepare_print(f"job-{number}", "ticket") is False
        with pytest.raises(StoreError):
            store.mark_print(f"job-{number}", S.SENT)


def test_unknown_prints_can_be_counted_since_a_moment(store):
    before = datetime.now(UTC)
    job(store, "a", S.SENT)
    job(store, "b", S.SENT, S.VOID)
    store.void_prints()
    assert (store.unknown_prints(), store.unknown_prints(before)) == (1, 1)
    assert store.unknown_prints(datetime.now(UTC) + timedelta(seconds=1)) == 0


@pytest.mark.parametrize(("news", "unknown"), [(S.OUT, 0), (S.TAKEN, 0), (S.VOID, 0)])
def test_a_print_that_ends_after_its_visit_is_not_unknown(store, news, unknown):
    job(store, "a", S.SENT)
    store.void_prints()
    assert store.unknown_prints() == 1
    store.mark_print("a", news)
    assert store.unknown_prints() == unknown
    assert store.print_record("a").state is S.VOID


def test_a_print_whose_visit_ended_before_it_was_sent_is_not_sent(store):
    job(store, "a")
    store.void_prints()
    with pytest.raises(StoreError, match="is void; it cannot become sent"):
        store.mark_print("a", S.SENT)


def test_a_slip_taken_after_the_end_of_its_visit(store):
    job(store, "a", S.SENT, S.OUT)
    store.void_prints()
    store.mark_print("a", S.TAKEN)
    assert store.print_record("a").voided_from is S.TAKEN


def test_what_is_over_for_long_is_forgotten(store, monkeypatch):
    job(store, "old", S.SENT, S.VOID)
    monkeypatch.setattr(prints, "KEPT", timedelta(seconds=-1))
    store.recover_prints()
    assert store.print_record("old") is None


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from kiosk.ports.ledger import PrintState
    from kiosk.store.store import Store
    store = Store.open(Path(sys.argv[1]) / "kiosk.db", Path(sys.argv[1]) / "kiosk.key")
    store.prepare_print("job", "ticket")
    for state in sys.argv[2:]:
        store.mark_print("job", PrintState(state))
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(
    ("states", "recovered"),
    [
        ((), Recovered(unsent=1)),
        (("sent",), Recovered(unknown=1)),
        (("sent", "out"), Recovered(out=1)),
        (("sent", "out", "taken"), Recovered()),
        (("sent", "void"), Recovered()),
    ],
)
def test_killed_at_each_boundary_of_the_ledger(tmp_path, states, recovered):
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path), *states]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(command, check=False, cwd=root, env={**os.environ, "PYTHONPATH": str(root)})
    assert done.returncode == -signal.SIGKILL
    store = Store.open(tmp_path / "kiosk.db", tmp_path / "kiosk.key")
    assert store.recover_prints() == recovered
    assert store.prepare_print("job", "ticket") is False
    store.close()
