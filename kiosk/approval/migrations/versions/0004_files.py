"""Files, uploads by telephone, results and their prints."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    _files()
    _phone_uploads()
    _results()


def downgrade() -> None:
    """Drop them."""
    for table in ("prints", "results", "phone_files", "phone_uploads"):
        op.drop_table(table)
    with op.batch_alter_table("files") as files:
        files.drop_index("ix_files_touched_at")
        files.drop_column("touched_at")
        files.drop_column("pages")


def _moment(name: str, *, nullable: bool = False, index: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, index=index)


def _short(name: str, length: int = 64, *, primary_key: bool = False, unique: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length), primary_key=primary_key, nullable=False, unique=unique)


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=False)


def _files() -> None:
    with op.batch_alter_table("files") as files:
        files.add_column(sa.Column("pages", sa.Integer))
        files.add_column(_moment("touched_at", nullable=True))
        files.create_index("ix_files_touched_at", ["touched_at"])


def _phone_uploads() -> None:
    op.create_table(
        "phone_uploads",
        _short("id", primary_key=True),
        _short("token_digest", unique=True),
        sa.Column("kiosk_id", sa.String(64), sa.ForeignKey("kiosks.id"), nullable=False),
        _text("title"),
        _short("language", 10),
        _moment("opened_at", nullable=True),
        _moment("expires_at", index=True),
        _moment("closed_at", nullable=True),
    )
    upload = sa.ForeignKey("phone_uploads.id", ondelete="CASCADE")
    op.create_table(
        "phone_files",
        sa.Column("upload_id", sa.String(64), upload, primary_key=True),
        sa.Column("digest", sa.String(64), sa.ForeignKey("files.digest"), primary_key=True, index=True),
        sa.Column("place", sa.Integer, nullable=False),
    )


def _results() -> None:
    op.create_table(
        "results",
        _short("id", primary_key=True),
        _short("sub_case", 14, unique=True),
        _short("item"),
        *(_text(name) for name in ("title", "office", "holder_name")),
        _short("code", 32, unique=True),
        sa.Column("printable", sa.Boolean, nullable=False),
        _moment("made_at"),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date),
        _moment("withdrawn_at", nullable=True),
        sa.Column("digest", sa.String(64), sa.ForeignKey("files.digest"), index=True),
    )
    op.create_table(
        "prints",
        _short("id", primary_key=True),
        sa.Column("result_id", sa.String(64), sa.ForeignKey("results.id"), nullable=False, index=True),
        sa.Column("kiosk_id", sa.String(64), sa.ForeignKey("kiosks.id"), nullable=False),
        _moment("granted_at"),
        sa.Column("end", sa.String(10)),
        _moment("ended_at", nullable=True),
    )
