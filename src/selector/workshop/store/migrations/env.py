"""Run by Alembic: migrations act on the connection that `upgrading` gives."""

from alembic import context

from selector.workshop.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
