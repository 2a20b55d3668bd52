"""Everything of one database in another, empty one: from SQLite to PostgreSQL, or the other way round."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from sqlite3 import Error as SqliteError
from typing import Any, Final

from sqlalchemy import (
    Column,
    Connection,
    RowMapping,
    Select,
    Table,
    bindparam,
    func,
    insert,
    inspect,
    literal,
    make_url,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from storage.engine import Database, opened
from storage.occupancy import is_open_elsewhere
from storage.repositories.ledger_checks.faults import LedgerCheck
from storage.schema import VersionUnknown, is_current, migrate
from storage.unit_of_work import Session, UnitOfWork

_PORTION: Final = 1_000
_VERSIONS: Final = "alembic_version"
_POSTGRES_PORT: Final = 5432


class TransferRefused(Exception):
    """Nothing was transferred: the source is as it was, and the target holds no rows."""


class SameDatabase(TransferRefused):
    """Source and target are the same."""


@dataclass(eq=False)
class SourceUnreachable(TransferRefused):
    """The source does not answer."""

    reason: str


class SourceInUse(TransferRefused):
    """Somebody else has the source open, who could write what the copy would lack."""


class SourceOutdated(TransferRefused):
    """The source does not stand at the newest version."""


@dataclass(eq=False)
class TargetUnreachable(TransferRefused):
    """The target does not answer, or takes no tables."""

    reason: str


@dataclass(eq=False)
class TargetNotEmpty(TransferRefused):
    """The target holds something already, in this table."""

    table: str


@dataclass(eq=False)
class TransferFailed(TransferRefused):
    """The copy could not be finished, and was taken back."""

    reason: str
    table: str | None = None


@dataclass(eq=False)
class CopyDiffers(TransferRefused):
    """The copy is not like the source in this, and was taken back."""

    about: str


@dataclass(frozen=True, kw_only=True)
class Transferred:
    """What was copied and proven."""

    #: How many rows each table holds, in both databases.
    rows: Mapping[str, int]
    #: What did not balance in the source, and so does not in the target.
    ledger_faults: int


async def transfer(
    source_url: str, target_url: str, *, late_before: datetime, portion: int = _PORTION
) -> Transferred:
    """Copy every row into an empty database and prove it, all or nothing. Raises TransferRefused.

    Reckonings asked for before `late_before` count as faults of the ledger; `portion` rows are held in
    memory at a time.
    """
    if _place(source_url) == _place(target_url):
        raise SameDatabase
    with _refusing(SourceUnreachable):
        await _examine_source(source_url)
    with _refusing(TargetUnreachable):
        await _prepare_target(target_url)
    with _refusing(TransferFailed):
        async with (
            opened(source_url) as source,
            opened(target_url) as target,
            _one_look(source) as original,
            target.write.begin() as copy,
        ):
            pair = _Pair(original=original, copy=copy, portion=portion)
            rows = {of.name: await pair.transfer(of) for of in _tables()}
            faults = await _faults(copy, late_before)
            if faults != await _faults(original, late_before):
                raise CopyDiffers("the ledger")
            return Transferred(rows=rows, ledger_faults=sum(faults.values()))


def _tables() -> list[Table]:
    """Every table, those that others refer to first."""
    return SQLModel.metadata.sorted_tables


def _place(url: str) -> tuple[object, ...]:
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return (Path(address.database or "").resolve(),)
    host = address.host or address.query.get("host")
    return (host, address.port or _POSTGRES_PORT, address.database)


@contextmanager
def _refusing(refusal: Callable[[str], TransferRefused]) -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, SqliteError, OSError) as exc:
        raise refusal(type(exc).__name__) from exc


async def _examine_source(url: str) -> None:
    # First, as our own connections would count.
    if await is_open_elsewhere(url):
        raise SourceInUse
    async with opened(url) as source:
        if not await is_current(source.read):
            raise SourceOutdated


async def _prepare_target(url: str) -> None:
    async with opened(url) as target:
        async with target.read.connect() as connection:
            occupied = await connection.run_sync(_occupied)
        if occupied is not None:
            raise TargetNotEmpty(occupied)
        try:
            await migrate(target.write)
        except VersionUnknown:
            raise TargetNotEmpty(_VERSIONS) from None


def _occupied(connection: Connection) -> str | None:
    """A table of somebody else's, or one that holds rows."""
    there = set(inspect(connection).get_table_names())
    strange = there - SQLModel.metadata.tables.keys() - {_VERSIONS}
    if strange:
        return min(strange)
    ours = (of for of in _tables() if of.name in there)
    return next((of.name for of in ours if connection.execute(_any_row(of)).first()), None)


def _any_row(of: Table) -> Any:
    # Its columns may be those of an older version.
    return select(literal(True)).select_from(of).limit(1)


@asynccontextmanager
async def _one_look(database: Database) -> AsyncIterator[AsyncConnection]:
    """A connection that sees all tables as they are at one moment."""
    async with database.read.connect() as connection:
        if not database.is_sqlite:
            await connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@dataclass(frozen=True, kw_only=True)
class _Pair:
    """The two databases, each in one transaction, while tables go from the one to the other."""

    original: AsyncConnection
    copy: AsyncConnection
    portion: int

    async def transfer(self, of: Table) -> int:
        """Copy a table and prove that it is whole; returns how many rows it has."""
        try:
            await self._copy_rows(of)
            for column in _own_references(of):
                await self._copy_references(column)
            if self.copy.dialect.name == "postgresql":
                await _settle_in(self.copy, of)
            count = await _count(self.copy, of)
            if count != await _count(self.original, of):
                raise CopyDiffers(of.name)
            return count
        except (SQLAlchemyError, OSError) as exc:
            raise TransferFailed(type(exc).__name__, of.name) from exc

    async def _copy_rows(self, of: Table) -> None:
        # A row may refer to one of the same table that comes later: such references follow.
        not_yet = {column.name: None for column in _own_references(of)}
        async for rows in self._portions(select(of)):
            await self.copy.execute(insert(of), [{**row, **not_yet} for row in rows])

    async def _copy_references(self, column: Column[Any]) -> None:
        [key] = column.table.primary_key.columns
        refer = update(column.table).where(key == bindparam("referring"))
        refer = refer.values({column: bindparam("referred")})
        found = select(key.label("referring"), column.label("referred")).where(column.is_not(None))
        async for rows in self._portions(found):
            await self.copy.execute(refer, [dict(row) for row in rows])

    async def _portions(self, query: Select[Any]) -> AsyncIterator[Sequence[RowMapping]]:
        found = await self.original.stream(query.execution_options(yield_per=self.portion))
        async for rows in found.mappings().partitions():
            yield rows


def _own_references(of: Table) -> list[Column[Any]]:
    return [key.parent for key in of.foreign_keys if key.column.table is of]


async def _settle_in(copy: AsyncConnection, of: Table) -> None:
    """Let PostgreSQL count on from the last key, and know how much there is."""
    counted = of.autoincrement_column
    if counted is not None:
        last = func.max(counted)
        sequence = func.pg_get_serial_sequence(of.name, counted.name)
        await copy.execute(select(func.setval(sequence, func.coalesce(last, 1), last.is_not(None))))
    # Else the checks of the ledger would be planned as if all tables were small.
    await copy.exec_driver_sql(f"ANALYZE {of.name}")


async def _count(connection: AsyncConnection, of: Table) -> int:
    return int((await connection.execute(select(func.count()).select_from(of))).scalar_one())


async def _faults(connection: AsyncConnection, late_before: datetime) -> Mapping[LedgerCheck, int]:
    async with Session(connection) as session:
        found = await UnitOfWork(session).ledger_checks.find_faults(late_before=late_before, limit=1)
    return {faults.check: faults.count for faults in found}
