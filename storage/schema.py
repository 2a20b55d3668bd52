"""The schema's versions: where the database stands, how to bring it up to date, whether models drifted."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import SQLModel

import storage.models  # noqa: F401 - the tables must be known

_LOCK = 4_707_215
"""An arbitrary key: two processes that start at once migrate one after the other."""


async def migrate(engine: AsyncEngine) -> None:
    """Bring the database up to the newest version."""
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade)


async def is_current(engine: AsyncEngine) -> bool:
    """Whether the database stands at the newest version."""
    async with engine.connect() as connection:
        return await connection.run_sync(_current) == newest()


async def drift(engine: AsyncEngine) -> list[Any]:
    """The differences between the models and a migrated database."""
    async with engine.connect() as connection:
        return await connection.run_sync(_compare)


def newest() -> str | None:
    """The newest version that the code knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    if _current(connection) != newest():
        command.upgrade(_config(connection), "head")


def _compare(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True, "render_as_batch": True}
    )
    return list(compare_metadata(context, SQLModel.metadata))
