"""The tables of cases. Times are UTC; `..._on` are the hall's calendar days.

What must hold under concurrency is a constraint: one number per case and sub-case, one token per case, one open request per
sub-case and material. A case for one item carries the number of its only sub-case. Rows go by these numbers, so that a case
is written without asking the database for keys.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.approval.tables import Base

_IS_OPEN = text("handed_at IS NULL")


class CaseDayRow(Base):
    """The last serial that was given on a day; locked while numbers are given."""

    __tablename__ = "case_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int]


class CaseRow(Base):
    """A case. `holder` is a keyed digest. `fields`, `delivery`: JSON of the wire models. `phone4`: the last four digits of the
    telephone, "" without one. `document`: how the applicant identified."""

    __tablename__ = "cases"

    number: Mapped[str] = mapped_column(String(14), primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    holder: Mapped[str] = mapped_column(String(64), index=True)
    document: Mapped[str] = mapped_column(String(64))
    applicant_name: Mapped[str]
    applicant_number: Mapped[str]
    phone: Mapped[str]
    phone4: Mapped[str] = mapped_column(String(4))
    package: Mapped[str | None] = mapped_column(String(64))
    fields: Mapped[str]
    delivery: Mapped[str]
    consent: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str | None] = mapped_column(ForeignKey("files.digest"))
    kiosk_id: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    made_at: Mapped[datetime]
    received_at: Mapped[datetime]


class SubCaseRow(Base):
    """One item of a case, and its days for the yearly report.

    `statutory_days`, `promised_days`: the limits when it was handed in. `used_days`: working days from acceptance to the
    decision, without those on which the applicant was asked; with the decision. `on_time`: within the statutory limit;
    `early`: before its last day. `changed_at`: of the last transition. `delivery`: how this item's result comes.
    """

    __tablename__ = "sub_cases"

    number: Mapped[str] = mapped_column(String(14), primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey("cases.number"))
    place: Mapped[int]
    item: Mapped[str] = mapped_column(String(64))
    variant: Mapped[str] = mapped_column(String(64))
    office: Mapped[str] = mapped_column(String(64))
    delivery: Mapped[str] = mapped_column(String(20))
    parcel: Mapped[str] = mapped_column(String(40), default="")
    state: Mapped[str] = mapped_column(String(16))
    changed_at: Mapped[datetime]
    statutory_days: Mapped[int]
    promised_days: Mapped[int]
    applied_on: Mapped[date] = mapped_column(index=True)
    accepted_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    used_days: Mapped[int | None]
    on_time: Mapped[bool | None]
    early: Mapped[bool | None]

    __table_args__ = (UniqueConstraint("case_number", "place"), Index("sub_cases_by_state", "state", "changed_at"))


class TransitionRow(Base):
    """What a sub-case became, when, at which office, and by whom: a kiosk's id, `clerk`, `practice-clerk`."""

    __tablename__ = "case_transitions"

    id: Mapped[int] = mapped_column(primary_key=True)
    sub_case: Mapped[str] = mapped_column(ForeignKey("sub_cases.number"), index=True)
    state: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    office: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(String(64))
    note: Mapped[str]


class CaseMaterialRow(Base):
    """A material that was handed in (or is `on_file`). `turn`: 0 with the case, then one for every supplement; `place` counts
    from 0 in each."""

    __tablename__ = "case_materials"

    case_number: Mapped[str] = mapped_column(ForeignKey("cases.number"), primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True)
    material: Mapped[str] = mapped_column(String(64), primary_key=True)
    place: Mapped[int]
    on_file: Mapped[bool]
    handed_at: Mapped[datetime]


class CaseFileRow(Base):
    """A file of a material that was handed in; `place` counts from 0."""

    __tablename__ = "case_files"

    case_number: Mapped[str] = mapped_column(String(14), primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True)
    material: Mapped[str] = mapped_column(String(64), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("files.digest"), index=True)

    __table_args__ = (
        ForeignKeyConstraint(
            ["case_number", "turn", "material"],
            ["case_materials.case_number", "case_materials.turn", "case_materials.material"],
        ),
    )


class AskedRow(Base):
    """A material asked of the applicant; `handed_at` None while it still is."""

    __tablename__ = "asked_materials"

    id: Mapped[int] = mapped_column(primary_key=True)
    sub_case: Mapped[str] = mapped_column(ForeignKey("sub_cases.number"))
    material: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    handed_at: Mapped[datetime | None]

    __table_args__ = (
        Index("one_asked", "sub_case", "material", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    )
