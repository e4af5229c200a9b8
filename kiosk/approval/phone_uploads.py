"""Pages on which a telephone hands in files for one material: open for a quarter of an hour, or until the kiosk closes them."""

import hashlib
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.approval.examine.verdict import HEIC, Bad, Verdict, jpeg_of
from kiosk.approval.file_intake import Intake, digest_of
from kiosk.approval.file_tables import FileRow, PhoneFileRow, PhoneUploadRow
from kiosk.approval.problems import Refusal
from kiosk.contract.files import LARGEST_BYTES, Fault, MediaType, PhoneFile, PhoneFiles, PhoneUpload, PhoneUploadRequest

OPEN_FOR = timedelta(minutes=15)
MOST_FILES = 40
"""On one page."""
TOKEN_BYTES = 24
TAKEN = frozenset({MediaType.JPEG.value, MediaType.PNG.value, MediaType.PDF.value, HEIC})


class Full(Exception):
    """The page has as many files as it takes."""


class Ended(Exception):
    """The page's time was over, or the kiosk closed it, before the file had come."""


def open_page(session: Session, request: PhoneUploadRequest, kiosk: str, now: datetime) -> PhoneUpload:
    """A new page. Its token is told this once."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = PhoneUploadRow(
        id=uuid4().hex,
        token_digest=_digest(token),
        kiosk_id=kiosk,
        title=request.title,
        language=request.language,
        expires_at=now + OPEN_FOR,
    )
    session.add(row)
    return PhoneUpload(id=row.id, token=token, expires_at=row.expires_at)


def files_of(session: Session, upload: str, kiosk: str, now: datetime) -> PhoneFiles:
    """What came so far. Raises Refusal 404 where it is not this kiosk's page, 409 phone-upload-ended."""
    row = _of_kiosk(session, upload, kiosk)
    if not _is_open(row, now):
        raise Refusal(409, "phone-upload-ended", "This page for a telephone is over; open another one.")
    return PhoneFiles(opened=row.opened_at is not None, files=listed(session, row))


def close_page(session: Session, upload: str, kiosk: str, now: datetime) -> None:
    """It takes nothing any more; twice is harmless. Raises Refusal 404."""
    row = _of_kiosk(session, upload, kiosk)
    row.closed_at = row.closed_at or now


def by_token(session: Session, token: str, now: datetime) -> PhoneUploadRow | None:
    """The open page of a token."""
    row = session.scalar(select(PhoneUploadRow).where(PhoneUploadRow.token_digest == _digest(token)))
    return row if row is not None and _is_open(row, now) else None


def mark_opened(session: Session, upload: str, now: datetime) -> None:
    """A telephone has opened the page: the kiosk may say so."""
    row = session.get(PhoneUploadRow, upload)
    if row is not None and row.opened_at is None:
        row.opened_at = now


def listed(session: Session, row: PhoneUploadRow) -> tuple[PhoneFile, ...]:
    """Its files in the order in which they came."""
    own = select(FileRow).join(PhoneFileRow).where(PhoneFileRow.upload_id == row.id).order_by(PhoneFileRow.place)
    return tuple(_wire(file) for file in session.scalars(own))


def take(intake: Intake, upload: str, file: Path) -> None:
    """Take a file from a telephone; it is gone afterwards, whether it was good or not. The same file twice is one.

    Raises Bad, Full, Ended, and OSError where it cannot be kept."""
    made = jpeg_of(file)
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise Bad(Fault.TOO_LARGE)
        verdict = intake.examiner.examine(file, TAKEN)
        _keep(intake, upload, made if verdict.converted else file, verdict)
    finally:
        file.unlink(missing_ok=True)
        made.unlink(missing_ok=True)


def _keep(intake: Intake, upload: str, file: Path, verdict: Verdict) -> None:
    digest = digest_of(file)
    intake.keep(file, digest, verdict)
    intake.database.write(lambda session: _add(session, upload, digest, intake.clock()))


def _add(session: Session, upload: str, digest: str, now: datetime) -> None:
    row = session.get(PhoneUploadRow, upload)
    if row is None or not _is_open(row, now):
        raise Ended
    if session.get(PhoneFileRow, (upload, digest)) is not None:
        return
    count = session.scalar(select(func.count()).where(PhoneFileRow.upload_id == upload)) or 0
    if count >= MOST_FILES:
        raise Full
    session.add(PhoneFileRow(upload_id=upload, digest=digest, place=count + 1))


def _wire(file: FileRow) -> PhoneFile:
    return PhoneFile(digest=file.digest, media_type=MediaType(file.media_type), size=file.size, pages=file.pages or 1)


def _of_kiosk(session: Session, upload: str, kiosk: str) -> PhoneUploadRow:
    row = session.get(PhoneUploadRow, upload)
    if row is None or row.kiosk_id != kiosk:
        raise Refusal(404, "no-such-phone-upload", "There is no such page for a telephone.")
    return row


def _is_open(row: PhoneUploadRow, now: datetime) -> bool:
    return row.closed_at is None and now < row.expires_at


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
