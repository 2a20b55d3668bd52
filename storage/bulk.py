"""Many rows in one statement: they travel as one JSON array and the database takes them apart.

One statement a row costs the driver's work for each; in a sale that would be most of an order's cost.
The same text runs on SQLite (json_each) and on PostgreSQL (jsonb_to_recordset).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column, Dialect, TextClause, bindparam, text
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import table


def packed(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as the `rows` of a bulk statement; values are numbers, words, None, or documents."""
    return json.dumps(list(rows), ensure_ascii=False, separators=(",", ":"))


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
        fields = ", ".join(f"value ->> '$.{name}' AS {name}" for name in columns)
        return f"(SELECT {fields} FROM json_each(:rows)) AS r"
    fields = ", ".join(f"{name} {of[name].type.compile(dialect=dialect)}" for name in columns)
    return f"jsonb_to_recordset(CAST(:rows AS jsonb)) AS r({fields})"


def _shared(dialect: Dialect, column: Column[Any]) -> str:
    # SQLite would turn a date into a number; PostgreSQL must be told what a bare parameter is.
    if dialect.name == "sqlite":
        return f":{column.name}"
    return f"CAST(:{column.name} AS {column.type.compile(dialect=dialect)})"
