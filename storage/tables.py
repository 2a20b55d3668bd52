"""The tables behind the models, for the bulk statements of hot paths."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession


def table(model: type[SQLModel]) -> Table:
    """The Core table of a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def upsert(session: AsyncSession, model: type[SQLModel]) -> Any:
    """An INSERT that knows ON CONFLICT, in the dialect of the session's database."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table(model))
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table(model))
