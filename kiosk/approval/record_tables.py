"""The tables around cases: drafts, ratings, what is held about people, used codes of the citizens' app."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.approval.tables import Base


class LetterKeyRow(Base):
    """The answer given to a letter of whichever kiosk, word for word, by the letter's key. `request_digest` "": a draft that
    is not taken any more, since its case was handed in."""

    __tablename__ = "letter_keys"

    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    request_digest: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(index=True)


class DraftRow(Base):
    """A draft; `body` is the request as JSON. Deleted when it expires. `submitted_at`: when its case was handed in; then
    nothing is left of it but that."""

    __tablename__ = "drafts"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    holder: Mapped[str] = mapped_column(String(64), index=True)
    body: Mapped[str]
    saved_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    submitted_at: Mapped[datetime | None]


class DraftFileRow(Base):
    """A file that a draft names; it is kept as long as the draft is."""

    __tablename__ = "draft_files"

    code: Mapped[str] = mapped_column(ForeignKey("drafts.code", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("files.digest"), primary_key=True, index=True)


class RatingRow(Base):
    """A rating: one per case; any number of visits without a case. `reasons`: a JSON list."""

    __tablename__ = "ratings"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_number: Mapped[str | None] = mapped_column(ForeignKey("cases.number"), unique=True)
    level: Mapped[int]
    reasons: Mapped[str]
    words: Mapped[str]
    kiosk_id: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    made_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(index=True)


class FollowUpRow(Base):
    """Somebody was not satisfied, and is to be heard. `outcome`: what staff wrote when they closed it."""

    __tablename__ = "follow_ups"

    rating_id: Mapped[int] = mapped_column(ForeignKey("ratings.id"), primary_key=True)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")


class HeldFieldRow(Base):
    """An answer of a granted case, which is not asked for again."""

    __tablename__ = "held_fields"

    holder: Mapped[str] = mapped_column(String(64), primary_key=True)
    field: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str]
    learnt_at: Mapped[datetime]


class HeldMaterialRow(Base):
    """A material of a granted case, which need not be handed in again."""

    __tablename__ = "held_materials"

    holder: Mapped[str] = mapped_column(String(64), primary_key=True)
    material: Mapped[str] = mapped_column(String(64), primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey("cases.number"))
    learnt_at: Mapped[datetime]


class UsedCodeRow(Base):
    """A code of the citizens' app that was taken, as a digest; kept until it could not be taken anyway."""

    __tablename__ = "used_app_codes"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime]
