"""Many rows in one statement: they travel as one JSON array and the database takes them apart.

One statement a row costs the driver's work for each; in a sale that would be most of an order's cost.
The same text runs on SQLite (json_each) and on PostgreSQL (jsonb_array_elements).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Column, Dialect, TextClause, bindparam, text
from sqlalchemy.dialects import sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.columns import UtcDateTime
from storage.tables import table
from storage.writer import WriterConnection

# As SQLAlchemy writes moments, so that those of both ways compare as the words that SQLite keeps.
_MOMENT: Any = UtcDateTime().dialect_impl(sqlite.dialect()).bind_processor(sqlite.dialect())


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def packed(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as the `rows` of a bulk statement; values are numbers, words, None, or documents."""
    return _ENCODE(list(rows))


async def run(session: AsyncSession, statement: TextClause, values: Mapping[str, Any]) -> Sequence[Any]:
    """Run a bulk statement and return its rows.

    On the connection that writes SQLite it goes straight to the driver: a statement takes the
    database tens of microseconds, and SQLAlchemy several times that to hand it over.
    """
    writer: WriterConnection | None = session.info.get(WriterConnection)
    if writer is not None:
        return writer.rows(statement.text, {name: _stored(value) for name, value in values.items()})
    result = await (await session.connection()).execute(statement, values)
    return result.all() if result.returns_rows else ()


def moment(value: datetime | str) -> datetime:
    """A moment as `run` returns it, which may be as SQLite keeps it."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value


def _stored(value: Any) -> Any:
    return _MOMENT(value) if isinstance(value, datetime) else value


def dialect_of(session: AsyncSession) -> Dialect:
    """The dialect of the session's database."""
    return session.get_bind().dialect


@cache
def bulk_insert(
    dialect: Dialect, model: type[SQLModel], columns: tuple[str, ...], shared: tuple[str, ...], tail: str = ""
) -> TextClause:
    """INSERT of packed rows; `shared` columns have one value for all, `tail` ends the statement."""
    of = table(model).c
    values = [f"r.{name}" for name in columns] + [_shared(dialect, of[name]) for name in shared]
    # Without WHERE, SQLite would take ON CONFLICT for the ON of a join.
    statement = (
        f"INSERT INTO {table(model).name} ({', '.join((*columns, *shared))}) "
        f"SELECT {', '.join(values)} FROM {source(dialect, model, columns)} WHERE true {tail}"
    )
    return text(statement).bindparams(*(bindparam(name, type_=of[name].type) for name in shared))


@cache
def source(dialect: Dialect, model: type[SQLModel], columns: Sequence[str]) -> str:
    """Packed rows as a table named `r`, its columns those of a model."""
    of = table(model).c
    if dialect.name == "sqlite":
        fields = ", ".join(f"value ->> {at} AS {name}" for at, name in enumerate(columns))
        return f"(SELECT {fields} FROM json_each(:rows)) AS r"
    fields = ", ".join(_field(dialect, of[name], at) for at, name in enumerate(columns))
    return f"(SELECT {fields} FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS v) AS r"


def _field(dialect: Dialect, column: Column[Any], at: int) -> str:
    kind = column.type.compile(dialect=dialect)
    return f"CAST(v {'->' if kind == 'JSONB' else '->>'} {at} AS {kind}) AS {column.name}"


def _shared(dialect: Dialect, column: Column[Any]) -> str:
    # SQLite would turn a date into a number; PostgreSQL must be told what a bare parameter is.
    if dialect.name == "sqlite":
        return f":{column.name}"
    return f"CAST(:{column.name} AS {column.type.compile(dialect=dialect)})"
