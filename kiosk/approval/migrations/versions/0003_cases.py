"""Files, cases, drafts, ratings, held records."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    "files", "case_days", "cases", "sub_cases", "case_transitions", "case_materials", "case_files", "asked_materials",
    "drafts", "draft_files", "ratings", "follow_ups", "held_fields", "held_materials", "used_app_codes",
)  # fmt: skip


def upgrade() -> None:
    """Create the tables."""
    _files()
    _cases()
    _sub_cases()
    _history()
    _materials()
    _asked()
    _drafts()
    _ratings()
    _held()


def downgrade() -> None:
    """Drop them."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _moment(name: str, *, nullable: bool = False, index: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, index=index)


def _short(name: str, length: int = 64, **options: Any) -> "sa.Column[object]":
    return sa.Column(name, sa.String(length), nullable=False, **options)


def _text(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.Text, nullable=False)


def _number(name: str, *, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.Integer, nullable=nullable)


def _to(name: str, target: str, **options: Any) -> "sa.Column[object]":
    kind = sa.Integer() if target == "ratings.id" else sa.String(14 if target.endswith(".number") else 64)
    return sa.Column(name, kind, sa.ForeignKey(target), **{"nullable": False, **options})


def _key() -> "sa.Column[object]":
    return sa.Column("id", sa.Integer, primary_key=True)


def _files() -> None:
    op.create_table(
        "files",
        _short("digest", primary_key=True),
        sa.Column("complete", sa.Boolean, nullable=False),
        _short("media_type", 40),
        _number("size"),
    )


def _cases() -> None:
    op.create_table("case_days", sa.Column("day", sa.Date, primary_key=True), _number("last"))
    op.create_table(
        "cases",
        _short("number", 14, primary_key=True),
        _short("token", unique=True),
        _short("holder", index=True),
        _short("document"),
        *(_text(name) for name in ("applicant_name", "applicant_number", "phone")),
        _short("phone4", 4),
        sa.Column("package", sa.String(64)),
        _text("fields"),
        _text("delivery"),
        _short("consent"),
        _to("signature", "files.digest", nullable=True),
        _to("kiosk_id", "kiosks.id"),
        _moment("made_at"),
        _moment("received_at"),
    )


def _sub_cases() -> None:
    op.create_table(
        "sub_cases",
        _short("number", 14, primary_key=True),
        _to("case_number", "cases.number"),
        _number("place"),
        *(_short(name) for name in ("item", "variant", "office")),
        _short("delivery", 20),
        _short("parcel", 40),
        _short("state", 16),
        _moment("changed_at"),
        _number("statutory_days"),
        _number("promised_days"),
        sa.Column("applied_on", sa.Date, nullable=False, index=True),
        *(sa.Column(name, sa.Date) for name in ("accepted_on", "decided_on", "closed_on")),
        _number("used_days", nullable=True),
        *(sa.Column(name, sa.Boolean) for name in ("on_time", "early")),
        sa.UniqueConstraint("case_number", "place"),
    )
    op.create_index("sub_cases_by_state", "sub_cases", ["state", "changed_at"])


def _history() -> None:
    op.create_table(
        "case_transitions",
        _key(),
        _to("sub_case", "sub_cases.number", index=True),
        _short("state", 16),
        _moment("at"),
        _short("office"),
        _short("by"),
        _text("note"),
    )


def _materials() -> None:
    op.create_table(
        "case_materials",
        _to("case_number", "cases.number", primary_key=True),
        sa.Column("turn", sa.Integer, primary_key=True),
        _short("material", primary_key=True),
        _number("place"),
        sa.Column("on_file", sa.Boolean, nullable=False),
        _moment("handed_at"),
    )
    keys = ("case_number", "turn", "material")
    op.create_table(
        "case_files",
        _short("case_number", 14, primary_key=True),
        sa.Column("turn", sa.Integer, primary_key=True),
        _short("material", primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        _to("digest", "files.digest", index=True),
        sa.ForeignKeyConstraint(keys, [f"case_materials.{key}" for key in keys]),
    )


def _asked() -> None:
    op.create_table(
        "asked_materials",
        _key(),
        _to("sub_case", "sub_cases.number"),
        _short("material"),
        _text("reason"),
        _moment("asked_at"),
        _moment("handed_at", nullable=True),
    )
    where = sa.text("handed_at IS NULL")
    columns = ["sub_case", "material"]
    op.create_index("one_asked", "asked_materials", columns, unique=True, sqlite_where=where, postgresql_where=where)


def _drafts() -> None:
    op.create_table(
        "drafts",
        _short("code", 8, primary_key=True),
        _short("holder", index=True),
        _text("body"),
        _moment("saved_at"),
        _moment("expires_at", index=True),
    )
    op.create_table(
        "draft_files",
        sa.Column("code", sa.String(8), sa.ForeignKey("drafts.code", ondelete="CASCADE"), primary_key=True),
        _to("digest", "files.digest", primary_key=True, index=True),
    )


def _ratings() -> None:
    op.create_table(
        "ratings",
        _key(),
        _to("case_number", "cases.number", nullable=True, unique=True),
        _number("level"),
        _text("reasons"),
        _text("words"),
        _to("kiosk_id", "kiosks.id"),
        _moment("made_at"),
        _moment("received_at", index=True),
    )
    op.create_table(
        "follow_ups",
        _to("rating_id", "ratings.id", primary_key=True),
        _moment("opened_at"),
        _moment("closed_at", nullable=True),
        _text("outcome"),
    )


def _held() -> None:
    op.create_table(
        "held_fields",
        _short("holder", primary_key=True),
        _short("field", primary_key=True),
        _text("value"),
        _moment("learnt_at"),
    )
    op.create_table(
        "held_materials",
        _short("holder", primary_key=True),
        _short("material", primary_key=True),
        _to("case_number", "cases.number"),
        _moment("learnt_at"),
    )
    op.create_table("used_app_codes", _short("digest", primary_key=True), _moment("used_at"))
