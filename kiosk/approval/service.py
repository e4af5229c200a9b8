"""What the endpoints work with: database, hall, published catalogue, clock."""

from collections.abc import Callable
from dataclasses import InitVar, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from kiosk.approval import app_codes, drafts, file_care, idempotency, migrate, tickets
from kiosk.approval.centre import Centre
from kiosk.approval.database import Database, default_url
from kiosk.approval.enrolment import Throttle
from kiosk.approval.examine.examiner import Examiner
from kiosk.approval.file_intake import Intake
from kiosk.approval.file_store import open_store
from kiosk.approval.offices import OfficeBook, load_offices
from kiosk.approval.publication import Publication
from kiosk.approval.queues import QUEUES, Hall, load_queues
from kiosk.errors import SettingsError


def utc_now() -> datetime:
    """The clock of the field."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Service:
    """One running approval service. `practice`: it takes the practice app's codes, which anybody can make. `throttle` slows
    wrong enrolment codes, by address; `lookups` wrong case numbers, draft codes and app codes, by kiosk. `file_store`: where
    its files are (kiosk.approval.file_store.open_store)."""

    database: Database
    hall: Hall
    publication: Publication
    public_url: str = ""
    file_store: InitVar[str] = ""
    prints_per_result: int = 3
    offices: OfficeBook = field(default_factory=load_offices)
    practice: bool = False
    throttle: Throttle = field(init=False)
    lookups: Throttle = field(init=False)
    centre: Centre = field(init=False)
    files: Intake = field(init=False)

    def __post_init__(self, file_store: str) -> None:
        """Raises SettingsError for a store that cannot be used."""
        object.__setattr__(self, "throttle", Throttle(self.hall.clock))
        object.__setattr__(self, "lookups", Throttle(self.hall.clock))
        object.__setattr__(
            self, "centre", Centre(self.hall, self.publication.catalogue, self.offices, self.prints_per_result)
        )
        store = open_store(file_store, _folder_of(self.database))
        object.__setattr__(self, "files", Intake(self.database, store, Examiner(), self.hall.now))

    def close(self) -> None:
        """End its helpers and close its database."""
        self.files.examiner.close()
        self.database.close()


def _folder_of(database: Database) -> Path:
    """Beside a file's database; for a server's, where a file's would be by default."""
    url = database.url if database.is_sqlite else make_url(default_url())
    return Path(url.database or "").parent


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
    """Close earlier days, drop old idempotency keys and drafts; run at start and then once an hour."""

    def work(session: Session) -> None:
        tickets.close_earlier_days(session, hall.today())
        tickets.forget_old_keys(session, hall)
        idempotency.forget_letters(session, hall.now())
        drafts.drop_old(session, hall)
        app_codes.forget_used(session, hall.now())

    database.write(work)


def tidy_all(service: Service) -> None:
    """The same, and drop files that nobody needs."""
    tidy(service.database, service.hall)
    file_care.tidy(service.files)
