"""Writers that wait are committed together, and none of them hears of another's mistake."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kiosk.approval.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    database.write(lambda session: session.execute(text("CREATE TABLE notes (n INTEGER PRIMARY KEY)")) and None)
    yield database
    database.close()


def note(n: int) -> Callable[[Session], int]:
    def work(session: Session) -> int:
        session.execute(text("INSERT INTO notes VALUES (:n)"), {"n": n})
        return n

    return work


def notes(database: Database) -> list[int]:
    with database.reading() as session:
        return list(session.scalars(text("SELECT n FROM notes ORDER BY n")))


def together(database: Database, works: list[Callable[[Session], Any]]) -> tuple[list[Any], int]:
    """Run works that all wait behind a slow one; what came of each, and how many commits it took."""
    begun, go, commits = threading.Event(), threading.Event(), []

    def slow(_session: Session) -> None:
        begun.set()
        assert go.wait(10)

    def outcome(work: Callable[[Session], Any]) -> Any:
        try:
            return database.write(work)
        except Exception as error:  # noqa: BLE001
            return type(error)

    event.listen(database.engine, "commit", commits.append)
    with ThreadPoolExecutor(len(works) + 1) as pool:
        first = pool.submit(database.write, slow)
        assert begun.wait(10)
        rest = [pool.submit(outcome, work) for work in works]
        while len(database._line._waiting) < len(works):
            threading.Event().wait(0.005)
        go.set()
        first.result(10)
        return [each.result(10) for each in rest], len(commits)


def test_whoever_waits_is_committed_together(database: Database) -> None:
    results, commits = together(database, [note(n) for n in range(10)])
    assert results == list(range(10))
    assert commits == 1
    assert notes(database) == list(range(10))


def test_one_that_fails_is_undone_alone(database: Database) -> None:
    def half(session: Session) -> None:
        note(99)(session)
        raise LookupError("half done")

    results, _ = together(database, [note(1), half, note(2), note(1), note(3)])
    assert sorted(result for result in results if isinstance(result, int)) in ([1, 2, 3],)
    assert [result for result in results if not isinstance(result, int)] == [LookupError, IntegrityError]
    assert notes(database) == [1, 2, 3]


def test_more_than_go_together_are_done_in_turns(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.approval.writers.MOST_TOGETHER", 4)
    results, commits = together(database, [note(n) for n in range(10)])
    assert (results, commits) == (list(range(10)), 3)


def test_a_commit_that_fails_is_everybodys_failure_and_the_line_goes_on(database: Database) -> None:
    def fill_the_disk(session: Session) -> None:
        event.listen(session.connection(), "commit", full)

    def full(_connection: object) -> None:
        raise OSError("no space left")

    results, _ = together(database, [note(1), fill_the_disk, note(2)])
    assert results == [OSError] * 3
    assert notes(database) == []
    assert database.write(note(5)) == 5
    assert notes(database) == [5]


def test_a_work_alone_raises_as_it_is_and_leaves_nothing(database: Database) -> None:
    def half(session: Session) -> None:
        note(99)(session)
        raise LookupError("half done")

    with pytest.raises(LookupError, match="half done"):
        database.write(half)
    assert notes(database) == []
