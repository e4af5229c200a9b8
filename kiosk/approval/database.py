"""Opens the database: SQLite in one file, or PostgreSQL by URL. One way to read, one way to write.

A writer on SQLite begins with BEGIN IMMEDIATE, so that it never finds at its first write that somebody else was
faster; within this process writers stand in one line (see `writers`), which is fair, before they queue at the file, which is not.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session

from kiosk.approval.writers import Writers
from kiosk.errors import SettingsError
from kiosk.private_file import make_private

T = TypeVar("T")

BUSY_TIMEOUT_MS = 5000
MOST_AT_ONCE = 50
"""Connections: more than there are threads (40 of the server, a few of our own), so that none ever waits for one."""
ATTEMPTS = 5
"""How often a write is tried that lost a race for a unique value (on PostgreSQL; SQLite's writers wait instead)."""


def default_url() -> str:
    """The database when none is named: one SQLite file in the user's state folder (XDG base directories)."""
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return f"sqlite:///{Path(state) / 'bianmin' / 'approval.db'}"


class Database:
    """An open database with its two kinds of session."""

    def __init__(self, url: str) -> None:
        """Raises SettingsError for an address that is not one, or whose database does not answer."""
        self.url = _checked(url)
        self.engine = _engine(self.url)
        self._writers = self.engine.execution_options(writes=True)
        self._line = Writers(self._writing)
        self._greet()

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file of our own."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def name(self) -> str:
        """The address without its password."""
        return self.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """A connection for one small question: without the bookkeeping of a session."""
        with self.engine.connect() as connection:
            yield connection

    def write(self, work: Callable[[Session], T]) -> T:
        """Run `work` in one transaction and return its result; it is run again when it lost a race."""
        for _ in range(ATTEMPTS - 1):
            try:
                return self._write_once(work)
            except IntegrityError:
                continue
        return self._write_once(work)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A writing connection in one transaction, for migrations."""
        with self._writers.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()

    def _write_once(self, work: Callable[[Session], T]) -> T:
        if self.is_sqlite:
            return self._line.write(work)
        with self._writing() as session:
            return work(session)

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with Session(self._writers, expire_on_commit=False) as session, session.begin():
            yield session

    def _greet(self) -> None:
        try:
            with self.engine.connect():
                pass
        except (DBAPIError, OSError) as error:
            reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            raise SettingsError(f"--database {self.name}: cannot be opened ({reason})") from error


def _checked(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise SettingsError(
            "--database: this is not a database address; write sqlite:///FOLDER/FILE.db or "
            "postgresql+psycopg://USER@HOST/NAME"
        ) from error
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise SettingsError(f"--database {parsed.render_as_string()}: only sqlite and postgresql are supported")
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise SettingsError("--database: a SQLite address must name a file, as in sqlite:///FOLDER/FILE.db")
    return parsed


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        _private_file(Path(url.database or ""))
    try:
        # Parameters of a failed statement may hold digests and tokens: they must not reach a log.
        # A file of our own does not go away as a server does, and needs no ping.
        ping = url.get_backend_name() != "sqlite"
        engine = create_engine(
            url, hide_parameters=True, pool_size=10, max_overflow=MOST_AT_ONCE - 10, pool_pre_ping=ping
        )
    except (NoSuchModuleError, ModuleNotFoundError, SQLAlchemyError) as error:
        raise SettingsError(
            f"--database {url.render_as_string()}: its driver is not installed; try postgresql+psycopg:// "
            "and install the package psycopg[binary]"
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _private_file(path: Path) -> None:
    try:
        make_private(path)
    except OSError as error:
        raise SettingsError(f"--database: {path} cannot be opened ({error.strerror})") from error


def _set_up_sqlite(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    cursor = connection.cursor()
    for pragma in ("foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}", "journal_mode=WAL", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
