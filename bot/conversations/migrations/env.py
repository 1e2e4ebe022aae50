"""Run by alembic with the connection that `conversations.database.migrate` hands over."""

from alembic import context

import bot.desk.tables  # noqa: F401 - they are part of the metadata
from bot.conversations.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    version_table="chat_schema_version",  # on PostgreSQL the bot and the backend may share a database
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
