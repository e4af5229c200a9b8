"""Drops what nobody needs: uploads that were never finished, files that nobody refers to, pages of telephones that are over.

Who refers to a file is known by the tables themselves: every foreign key to `files.digest` keeps it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Column, Select, delete, exists, select
from sqlalchemy.orm import Session

from kiosk.approval.file_intake import Intake
from kiosk.approval.file_tables import FileRow, PhoneUploadRow
from kiosk.approval.tables import Base

UNFINISHED_KEPT = timedelta(days=2)
UNCLAIMED_KEPT = timedelta(days=7)
"""A kiosk without network for three days still finds the pages that it uploaded before."""
PHONE_PAGES_KEPT = timedelta(days=1)


def tidy(intake: Intake) -> None:
    """Drop them; run at start and then once an hour. Raises OSError where the store cannot be used."""
    now = intake.clock()
    intake.database.write(lambda session: _forget_phone_pages(session, now))
    with intake.database.reading() as session:
        old = session.scalars(_old(now)).all()
    for digest in old:
        intake.forget(
            digest, lambda session, digest: session.scalar(_old(now).where(FileRow.digest == digest)) is not None
        )
    _drop_stray(intake.store.incoming, now)


def referring() -> Iterator[Column[str]]:
    """Every column that refers to a file."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.target_fullname == "files.digest" for key in column.foreign_keys):
                yield column


def _old(now: datetime) -> Select[str]:
    unfinished = ~FileRow.complete & (FileRow.touched_at < now - UNFINISHED_KEPT)
    unclaimed = FileRow.complete & (FileRow.touched_at < now - UNCLAIMED_KEPT)
    for column in referring():
        unclaimed &= ~exists().where(column == FileRow.digest)
    return select(FileRow.digest).where(unfinished | unclaimed)


def _forget_phone_pages(session: Session, now: datetime) -> None:
    session.execute(delete(PhoneUploadRow).where(PhoneUploadRow.expires_at < now - PHONE_PAGES_KEPT))


def _drop_stray(incoming: Path, now: datetime) -> None:
    """What a telephone was sending, or somebody uploading, when the service was killed."""
    for file in incoming.iterdir():
        if file.stat().st_mtime < (now - UNFINISHED_KEPT).timestamp():
            file.unlink(missing_ok=True)
