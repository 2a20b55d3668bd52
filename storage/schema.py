"""The schema's versions: where the database stands, how to bring it up to date, whether models drifted."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import SQLModel

import storage.models  # noqa: F401 - the tables must be known

# Alembic is imported where it works: a start that finds the database up to date does without it, which
# saves a tenth of the time and of the memory.
_MIGRATIONS = Path(__file__).parent / "migrations"

_LOCK = 4_707_215
"""An arbitrary key: two processes that start at once migrate one after the other."""


class VersionUnknown(Exception):
    """The database stands at a version that this code does not know: it comes from newer code."""


async def migrate(engine: AsyncEngine) -> None:
    """Bring the database up to the newest version. Raises VersionUnknown."""
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
    return max(_versions(), default=None)


def _versions() -> set[str]:
    # A file's name begins with its version, and versions follow one another as they sort.
    return {path.name.split("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py")}


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    current = _current(connection)
    if current is not None and current not in _versions():
        raise VersionUnknown(current)
    if current != newest():
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _compare(connection: Connection) -> list[Any]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True, "render_as_batch": True}
    )
    return list(compare_metadata(context, SQLModel.metadata))
