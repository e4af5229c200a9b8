"""Alembic's environment: migrations run on the connection that `kiosk.approval.migrate` hands over."""

from alembic import context

from kiosk.approval.tables import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
