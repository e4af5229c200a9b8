"""Complaints."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "complaints",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sub_case", sa.String(14), sa.ForeignKey("sub_cases.number"), nullable=False, index=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("justified", sa.Boolean, nullable=True),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("complaints")
