"""Looks straight into the tables, and breaks them on purpose."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Table, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Database

GUARDED = ("account", "ledger_transaction", "ledger_entry")
"""The tables whose rows nobody changes or deletes."""


async def rows_of(database: Database, table: Table) -> Sequence[Any]:
    """Every row of a table, by its key."""
    async with database.read.connect() as connection:
        return (await connection.execute(select(table).order_by(table.c.id))).all()


@asynccontextmanager
async def unguarded(database: Database) -> AsyncIterator[AsyncConnection]:
    """A transaction in which neither triggers nor foreign keys hold; on PostgreSQL for its length alone."""
    if database.is_sqlite:
        async with database.write.connect() as connection:
            # Inside a transaction, SQLite would not hear it.
            await connection.exec_driver_sql("COMMIT")
            await connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            for table in GUARDED:
                for deed in ("update", "delete", "replace"):
                    await connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_{deed}")
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            await connection.commit()
            await connection.exec_driver_sql("COMMIT")
            await connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        return
    async with database.write.begin() as connection:
        await connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield connection
