"""What the endpoints work with: database, hall, published catalogue, clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from kiosk.approval import migrate, tickets
from kiosk.approval.database import Database
from kiosk.approval.enrolment import Throttle
from kiosk.approval.publication import Publication
from kiosk.approval.queues import QUEUES, Hall, load_queues
from kiosk.errors import SettingsError


def utc_now() -> datetime:
    """The clock of the field."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Service:
    """One running approval service."""

    database: Database
    hall: Hall
    publication: Publication
    public_url: str = ""
    throttle: Throttle = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "throttle", Throttle(self.hall.clock))


def open_database(url: str) -> Database:
    """Open a database and bring its tables up to date. Raises SettingsError."""
    database = Database(url)
    try:
        migrate.upgrade(database)
    except SQLAlchemyError as error:
        database.close()
        raise unusable(database, error) from error
    except BaseException:
        database.close()
        raise
    return database


def unusable(database: Database, error: SQLAlchemyError) -> SettingsError:
    """What to say when a database that was found cannot be worked with: locked, read-only, without rights."""
    reason = str(getattr(error, "orig", None) or type(error).__name__).strip().splitlines()[0]
    return SettingsError(
        f"--database {database.name}: cannot be used ({reason}); check its rights and that its disk is not full"
    )


def open_hall(queues: Path = QUEUES, clock: Callable[[], datetime] = utc_now) -> Hall:
    """The queues of a file, by a clock. Raises SettingsError."""
    return Hall(load_queues(queues), clock)


def tidy(database: Database, hall: Hall) -> None:
    """Close earlier days and drop old idempotency keys; run at start and then once an hour."""

    def work(session: Session) -> None:
        tickets.close_earlier_days(session, hall.today())
        tickets.forget_old_keys(session, hall)

    database.write(work)
