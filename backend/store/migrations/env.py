"""Run by backend.store.migrate only, on the connection it hands over."""

from alembic import context

from backend.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite can't alter most things in place
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
