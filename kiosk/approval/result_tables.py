"""The tables of result documents and their prints."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.approval.tables import Base


class ResultRow(Base):
    """A result document: what it says, fixed when it was made. `title`, `office`: LocalText as JSON. `code`: what its public
    page goes by. `digest`: its PDF, set when it is first asked for. `printable`: a kiosk may print it."""

    __tablename__ = "results"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    sub_case: Mapped[str] = mapped_column(String(14), unique=True)
    item: Mapped[str] = mapped_column(String(64))
    title: Mapped[str]
    office: Mapped[str]
    holder_name: Mapped[str]
    code: Mapped[str] = mapped_column(String(32), unique=True)
    printable: Mapped[bool]
    made_at: Mapped[datetime]
    made_on: Mapped[date]
    valid_until: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    digest: Mapped[str | None] = mapped_column(ForeignKey("files.digest"), index=True)


class PrintRow(Base):
    """A granted print. `end`: a kiosk.contract.results.PrintEnd, None until the kiosk has told it. `known_at`: when it told it,
    or, before that, when it first fetched the document (the column is called `ended_at`)."""

    __tablename__ = "prints"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    result_id: Mapped[str] = mapped_column(ForeignKey("results.id"), index=True)
    kiosk_id: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    granted_at: Mapped[datetime]
    end: Mapped[str | None] = mapped_column(String(10))
    known_at: Mapped[datetime | None] = mapped_column("ended_at")
