"""Brings the database to this program's version at start, and refuses one that a newer program has written.

Alembic is imported only when there is something to do: it would cost a third of a second at every start.
"""

import logging
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from kiosk.approval.database import Database
from kiosk.errors import SettingsError

MIGRATIONS = Path(__file__).parent / "migrations"
logger = logging.getLogger(__name__)


def newest_revision() -> str:
    """This program's version of the tables: the highest number in `migrations/versions`."""
    return max(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9][0-9][0-9][0-9]_*.py"))


def upgrade(database: Database) -> None:
    """Run the missing migrations in one transaction. Raises SettingsError when the database is newer than we are."""
    newest = newest_revision()
    with database.connection() as connection:
        found = _revision(connection)
        if found == newest:
            return
        if found is not None and found > newest:
            raise SettingsError(
                f"--database {database.name}: written by a newer version of this program "
                f"(tables {found}, this program knows {newest}); update the program or restore a backup"
            )
        _run(connection)
        logger.info("database tables brought from %s to %s", found or "nothing", newest)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def _run(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 (costs a third of a second, and is seldom needed)
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))  # % would be interpolated
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
