"""Tables and migrations: they agree with each other, on both databases."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateIndex, CreateTable

from kiosk.approval import migrate
from kiosk.approval.database import ATTEMPTS, Database
from kiosk.approval.service import open_database
from kiosk.approval.tables import Base, UtcDateTime


def test_migrations_make_the_tables_of_the_models(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        indexes = set(
            connection.execute(
                text("SELECT name, sql LIKE '%WHERE%' FROM sqlite_master WHERE sql LIKE 'CREATE UNIQUE%'")
            )
        )
    database.close()
    assert {("one_open", 1), ("one_called", 1), ("one_asked", 1)} <= {tuple(row) for row in indexes}


def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        database = open_database(f"sqlite:///{tmp_path / 'a.db'}")
        with database.connection() as connection:
            assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [
                migrate.newest_revision()
            ]
        database.close()


def test_a_failed_migration_leaves_nothing_half_done(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    database = Database(url)
    with database.connection() as connection:
        connection.execute(text("CREATE TABLE tickets (id TEXT)"))  # in the way of the first migration
    with pytest.raises(Exception, match="tickets already exists"):
        migrate.upgrade(database)
    with database.connection() as connection:
        tables = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
    database.close()
    assert tables == {"tickets"}


def test_the_schema_compiles_for_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    statements = [str(CreateTable(table).compile(dialect=dialect)) for table in Base.metadata.sorted_tables]
    timed = [
        any(isinstance(column.type, UtcDateTime) for column in table.columns) for table in Base.metadata.sorted_tables
    ]
    assert ["TIMESTAMP WITH TIME ZONE" in statement for statement in statements] == timed
    tickets = Base.metadata.tables["tickets"]
    indexes = [str(CreateIndex(index).compile(dialect=dialect)) for index in tickets.indexes]
    assert any("UNIQUE INDEX one_open" in sql and "WHERE state IN ('waiting', 'called')" in sql for sql in indexes)


def test_sqlite_is_set_up_for_many_and_for_power_cuts(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    with database.reading() as session:
        found = [
            session.scalar(text(f"PRAGMA {name}"))
            for name in ("foreign_keys", "journal_mode", "synchronous", "busy_timeout")
        ]
    database.close()
    assert found == [1, "wal", 2, 5000]


def test_a_lost_race_is_run_again_and_a_lost_cause_is_not_run_for_ever(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    tries: list[int] = []

    def work(_session: object) -> str:
        tries.append(1)
        if len(tries) < 3:
            raise IntegrityError("insert", {}, Exception("lost"))
        return "won"

    def never(_session: object) -> None:
        tries.append(1)
        raise IntegrityError("insert", {}, Exception("lost"))

    assert database.write(work) == "won"
    tries.clear()
    with pytest.raises(IntegrityError):
        database.write(never)
    database.close()
    assert len(tries) == ATTEMPTS
