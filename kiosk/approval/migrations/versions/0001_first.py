"""Kiosks, heartbeats, tickets, idempotency keys."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table of the first version."""
    _centre_and_kiosks()
    _tickets()
    _idempotency_keys()


def downgrade() -> None:
    """Drop them; the database is empty afterwards."""
    for table in ("idempotency_keys", "tickets", "heartbeats", "kiosks", "enrolment_codes", "centre_facts"):
        op.drop_table(table)


def _moment(name: str, *, nullable: bool = False, index: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, index=index)


def _centre_and_kiosks() -> None:
    facts = op.create_table(
        "centre_facts",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.bulk_insert(facts, [{"name": "hall_lock", "value": ""}])
    op.create_table(
        "enrolment_codes",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("station", sa.String(64)),
        _moment("expires_at"),
        _moment("used_at", nullable=True),
    )
    op.create_table(
        "kiosks",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("station", sa.String(64), nullable=False),
        sa.Column("credential_digest", sa.String(64), nullable=False),
        _moment("enrolled_at"),
        _moment("revoked_at", nullable=True),
    )
    op.create_table(
        "heartbeats",
        sa.Column("kiosk_id", sa.String(64), sa.ForeignKey("kiosks.id"), primary_key=True),
        _moment("received_at"),
        sa.Column("body", sa.Text, nullable=False),
    )


def _tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("queue", sa.String(64), nullable=False),
        sa.Column("letter", sa.String(1), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("holder", sa.String(64), index=True),
        sa.Column("token", sa.String(64), nullable=False, unique=True),
        sa.Column("kiosk_id", sa.String(64), sa.ForeignKey("kiosks.id"), nullable=False),
        sa.Column("window", sa.Integer),
        _moment("taken_at"),
        _moment("called_at", nullable=True),
        _moment("finished_at", nullable=True),
        sa.UniqueConstraint("letter", "day", "serial"),
    )
    _unique_where("one_open", ["holder", "queue", "day"], "state IN ('waiting', 'called') AND holder IS NOT NULL")
    _unique_where("one_called", ["window", "day"], "state = 'called'")
    op.create_index("by_state", "tickets", ["state", "day"])
    op.create_index("by_finish", "tickets", ["queue", "state", "finished_at"])


def _unique_where(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "tickets", columns, unique=True, sqlite_where=where, postgresql_where=where)


def _idempotency_keys() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("kiosk_id", sa.String(64), sa.ForeignKey("kiosks.id"), primary_key=True),
        sa.Column("key", sa.String(128), primary_key=True),
        sa.Column("request_digest", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        _moment("created_at", index=True),
    )
