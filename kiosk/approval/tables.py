"""The service's tables. Times are UTC; `day` is the hall's calendar day.

What must hold under concurrency is a constraint here, not a check in code: one number per letter and day, one open
ticket per holder, queue and day, one called ticket per window and day, one answer per idempotency key.
"""

from datetime import UTC, date, datetime
from typing import Any, ClassVar, cast

from sqlalchemy import DateTime, Dialect, ForeignKey, Index, MetaData, String, Table, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

OPEN = ("waiting", "called")
_IS_OPEN = text("state IN ('waiting', 'called') AND holder IS NOT NULL")
_IS_CALLED = text("state = 'called'")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: stored in UTC, read back with its offset (SQLite keeps none)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return value if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """All tables; constraint names are fixed, so that migrations can name them on every database."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: UtcDateTime, str: Text}


def table_of(row: type[Base]) -> Table:
    """The table behind a class, for statements that are sent many times a second: they skip the unit of work."""
    return cast("Table", row.__table__)


class CentreFact(Base):
    """What this centre is: `holder_key`, made once. The row `hall_lock` says nothing: it is locked while a number is
    given or called (on PostgreSQL; SQLite has one writer at a time anyway)."""

    __tablename__ = "centre_facts"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str]


class EnrolmentCode(Base):
    """A one-time code, as a digest. `station` None: any station may use it (the embedded service's own kiosk)."""

    __tablename__ = "enrolment_codes"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    station: Mapped[str | None] = mapped_column(String(64))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class KioskRow(Base):
    """An enrolled kiosk; its credential only as a digest."""

    __tablename__ = "kiosks"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    station: Mapped[str] = mapped_column(String(64))
    credential_digest: Mapped[str] = mapped_column(String(64))
    enrolled_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class HeartbeatRow(Base):
    """The last heartbeat of a kiosk; `body` is the wire model as JSON."""

    __tablename__ = "heartbeats"

    kiosk_id: Mapped[str] = mapped_column(ForeignKey("kiosks.id"), primary_key=True)
    received_at: Mapped[datetime]
    body: Mapped[str]


class ReadinessRow(Base):
    """A readiness report of a kiosk; `body` is the wire model as JSON. The newest of each kiosk are kept."""

    __tablename__ = "readiness_reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    kiosk_id: Mapped[str] = mapped_column(ForeignKey("kiosks.id"), index=True)
    made_at: Mapped[datetime]
    received_at: Mapped[datetime]
    ready: Mapped[bool]
    body: Mapped[str]


class TicketRow(Base):
    """A queue ticket. `holder` is a keyed digest, forgotten when the day is over."""

    __tablename__ = "tickets"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    queue: Mapped[str] = mapped_column(String(64))
    letter: Mapped[str] = mapped_column(String(1))
    day: Mapped[date]
    serial: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    holder: Mapped[str | None] = mapped_column(String(64), index=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    kiosk_id: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    window: Mapped[int | None]
    taken_at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("letter", "day", "serial"),
        Index("one_open", "holder", "queue", "day", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
        Index("one_called", "window", "day", unique=True, sqlite_where=_IS_CALLED, postgresql_where=_IS_CALLED),
        Index("by_state", "state", "day"),
        Index("by_finish", "queue", "state", "finished_at"),
    )

    @property
    def number(self) -> str:
        """What is printed and called: A001."""
        return f"{self.letter}{self.serial:03d}"


class IdempotencyRow(Base):
    """The answer given to a key, word for word; kept longer than the 30 days that the contract promises."""

    __tablename__ = "idempotency_keys"

    kiosk_id: Mapped[str] = mapped_column(ForeignKey("kiosks.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    request_digest: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(index=True)
