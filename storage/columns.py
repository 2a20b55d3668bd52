"""Column types that mean the same on SQLite and on PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Enum, Integer, TypeDecorator, false
from sqlalchemy.dialects.postgresql import JSONB
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

Document = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""A small JSON document."""


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
