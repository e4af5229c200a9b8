"""Alembic's environment: migrations run on the connection that `kiosk.approval.migrate` hands over."""

from alembic import context

# All tables, so that what a new migration is compared with is whole.
from kiosk.approval import case_tables, complaint_tables, file_tables, record_tables, result_tables  # noqa: F401
from kiosk.approval.tables import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
