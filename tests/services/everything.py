"""Rows of every table in which somebody stands in every column that can name her, and a search for her."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Enum,
    Integer,
    String,
    Table,
    insert,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import AutoString, SQLModel

from storage.columns import Document, UtcDateTime
from storage.engine import Database
from storage.personal import HOLDINGS, Holding
from storage.repositories.members import Seen
from storage.tables import table

_HOLDINGS: Mapping[str, Holding] = {table(holding.model).name: holding for holding in HOLDINGS}

POSTED = ("account", "ledger_transaction", "ledger_entry")
"""Only the ledger itself writes these, in pairs."""

_FITTING: Mapping[str, Mapping[str, Any]] = {
    "commission": {"level": 1, "return_days": 7},
    "plan": {"first_bps": 1, "second_bps": 1},
    "promotion": {"used_count": 0, "used_quantity": 0, "spent_amount": 0},
    "coupon": {"used_count": 0},
    "variant": {"sold": 0},
    "review": {"stars": 5},
    "listing": {"share_bps": 800},
    "carrying": {"share_bps": 800},
    "carried_order": {"goods_amount": 0, "share_amount": 0},
}
"""What the database would not take otherwise."""


@dataclass(kw_only=True)
class Everywhere:
    """Writes rows in which somebody stands; what is needed beside them is made up."""

    connection: AsyncConnection
    person: Seen
    now: datetime
    #: What she says wherever words of hers are kept.
    secret: str
    _numbers: Iterator[int] = field(default_factory=lambda: count(100_000))

    async def fill(self) -> None:
        """A row for each column of each table that can name her."""
        for of in SQLModel.metadata.sorted_tables:
            if of.name in POSTED or of.name == "person":
                continue
            holding = _HOLDINGS[of.name]
            columns = [column.name for column in of.columns if _names_people(column)]
            others = [*holding.cursors, *(name for name in holding.hers if name not in columns)]
            for name in (*columns, *others):
                await self.row(of, {name: self.person.id})
            if holding.documents and not columns:
                await self.row(of, {})
            if holding.part_of is not None and table(holding.part_of.parent).name not in POSTED:
                await self._part(of, holding)

    async def _part(self, of: Table, holding: Holding) -> None:
        """A row that belongs to one of hers."""
        assert holding.part_of is not None
        parent = table(holding.part_of.parent)
        whose = _HOLDINGS[parent.name].hers[0]
        made = await self.row(parent, {whose: self.person.id})
        said = {name: self._said(of.c[name]) for name in holding.words}
        key = {holding.part_of.column: made[holding.part_of.parent_column]}
        await self.row(of, {**key, **{name: value for name, value in said.items() if value is not None}})

    async def row(self, of: Table, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """One row with these values; returns its key."""
        said = _HOLDINGS[of.name]
        values: dict[str, Any] = {**_FITTING.get(of.name, {}), **given}
        is_hers = any(given.get(name) == self.person.id for name in (*said.hers, *said.goes))
        for column in of.columns:
            if column.name in values or _counts_up(column):
                continue
            speaks = (is_hers and column.name in said.words) or any(
                given.get(by) == self.person.id
                for name, (by, _) in said.words_by.items()
                if name == column.name
            )
            if speaks and not _names_people(column):
                values[column.name] = self._said(column)
            elif column.name in said.documents and (is_hers or column.name not in said.shown):
                values[column.name] = self._document(column)
            elif not column.nullable:
                values[column.name] = await self._needed(column)
        written = await self.connection.execute(
            insert(of).values(**values).returning(*of.primary_key.columns)
        )
        return dict(written.mappings().one())

    def _said(self, column: Column[Any]) -> Any:
        match column.type:
            case JSON() | Document():
                return [self.secret]
            case String() | AutoString():
                return self.secret
        # The number of a message of hers.
        return next(self._numbers)

    def _document(self, column: Column[Any]) -> Any:
        number, name = self.person.id, self.person.name
        if isinstance(column.type, JSON | Document):
            return {"person_id": number, "people": [1, number], "words": f"{name} wrote: {self.secret}"}
        return f"{next(self._numbers)}:{number}:{name}"

    async def _needed(self, column: Column[Any]) -> Any:
        for key in column.foreign_keys:
            made = await self.row(key.column.table, {})
            return made[key.column.name]
        match column.type:
            case JSON() | Document():
                return {}
            case Enum() as words:
                return words.enums[0] if words.enum_class is None else next(iter(words.enum_class))
            case String() | AutoString():
                return f"w{next(self._numbers)}"
            case Boolean():
                return False
            case UtcDateTime() | DateTime():
                return self.now
            case Integer() | BigInteger():
                return next(self._numbers)
        raise LookupError(f"{column} is of a new type")


def _names_people(column: Column[Any]) -> bool:
    return any(key.column.table.name == "person" for key in column.foreign_keys)


def _counts_up(column: Column[Any]) -> bool:
    return column is column.table.autoincrement_column


@dataclass(frozen=True, kw_only=True)
class Search:
    """Looks for a number and for words through everything that is stored."""

    number: int
    words: tuple[str, ...]

    async def tables(self, database: Database) -> list[str]:
        """Where they stand: `table.column`."""
        found = set()
        async with database.read.connect() as connection:
            for of in SQLModel.metadata.sorted_tables:
                for row in (await connection.execute(select(of))).mappings():
                    found |= {f"{of.name}.{name}" for name, value in row.items() if self._is_in(value)}
        return sorted(found)

    def files(self, folder: Path) -> list[str]:
        """Which files of a folder hold them, in whatever form SQLite writes them."""
        written = [
            str(self.number).encode(),
            # As SQLite writes a number that needs more than 32 bits, and as others would.
            self.number.to_bytes(6, "big"),
            self.number.to_bytes(8, "little"),
            *(form.encode() for word in self.words for form in (word, json.dumps(word)[1:-1])),
        ]
        return sorted(
            f"{path.name}: {form!r}"
            for path in folder.rglob("*")
            if path.is_file()
            for form in written
            if form in path.read_bytes()
        )

    def _is_in(self, value: Any) -> bool:
        if isinstance(value, int | str | list | dict) and not isinstance(value, bool):
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            is_named = re.search(rf"(?<!\d){self.number}(?!\d)", text) is not None
            return is_named or any(word in text for word in self.words)
        return False
