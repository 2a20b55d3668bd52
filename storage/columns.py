"""Column types that mean the same on SQLite and on PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Enum, Integer, TypeDecorator, false, text
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel

# Pydantic never validates a table's rows: building what would do it takes a twentieth of the start.
SQLModel.model_config["defer_build"] = True


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored and returned in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


BigId = BigInteger()
"""An id that Telegram gave."""

Key = BigInteger().with_variant(Integer(), "sqlite")
"""A key of our own; SQLite counts up only INTEGER primary keys."""


class Document(TypeDecorator[Any]):
    """A small JSON document."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name != "postgresql":
            return dialect.type_descriptor(JSON(none_as_null=True))
        # Only here: PostgreSQL's dialect is a fiftieth of what a bot on SQLite would hold.
        from sqlalchemy.dialects.postgresql import JSONB

        return dialect.type_descriptor(JSONB(none_as_null=True))

    def coerce_compared_value(self, op: OperatorType | None, value: Any) -> TypeEngine[Any]:
        return self.impl_instance.coerce_compared_value(op, value)


AT_FIRST_NO: Any = {"server_default": false()}
"""Column arguments of a yes-or-no that rows from before the column have as no."""


def word(states: type[StrEnum]) -> Any:
    """A stored word of one enum: a plain string in the database, so that adding a word migrates nothing."""
    return Enum(
        states,
        native_enum=False,
        create_constraint=False,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )


def only_where(condition: str) -> Any:
    """Arguments of an index that holds only the rows for which this is true.

    PostgreSQL's indexes are made by migrations, which say it for themselves: its option named here would
    load its whole dialect at every start.
    """
    return {"sqlite_where": text(condition)}
