"""How Alembic reaches the database: over a connection that the caller gives."""

from alembic import context
from sqlmodel import SQLModel

import storage.models  # noqa: F401 - the tables must be known

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
