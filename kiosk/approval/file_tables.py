"""The tables of files: what is stored by the SHA-256 of its bytes, and what telephones hand in."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.approval.tables import Base


class FileRow(Base):
    """A file. `complete`: all of it is there and was found right. `size` in bytes. `pages`: known once it is complete.
    `touched_at`: when it was last announced or completed; a file that nobody refers to is kept for some days from then.

    Whoever refers to a file does so by a foreign key to `digest`: that keeps it (see kiosk.approval.file_care)."""

    __tablename__ = "files"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    complete: Mapped[bool]
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    pages: Mapped[int | None]
    touched_at: Mapped[datetime | None] = mapped_column(index=True)


class PhoneUploadRow(Base):
    """A one-time page for a telephone. The token is kept as a digest: only the QR code has it."""

    __tablename__ = "phone_uploads"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    kiosk_id: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    title: Mapped[str]
    language: Mapped[str] = mapped_column(String(10))
    opened_at: Mapped[datetime | None]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]


class PhoneFileRow(Base):
    """A file that came from a telephone; `place` counts from 1."""

    __tablename__ = "phone_files"

    upload_id: Mapped[str] = mapped_column(ForeignKey("phone_uploads.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("files.digest"), primary_key=True, index=True)
    place: Mapped[int]
